import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import * as review from '../../apps/review/src/data-source.js';
import { grantDeputy } from '../../apps/gateway/src/directory/grant-deputy.use-case.js';
import { tellRevocations } from '../../apps/gateway/src/directory/revoke-deputy.use-case.js';
import { Client, type Reply } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { barrier } from '../support/gate.js';
import { GatewayWorld, SETUP_TOKEN } from '../support/gateway-world.js';
import { getContent, putContent } from '#content-store/content-store';
import type { MessageBody } from '#contracts/catalogue';
import { isRefusal } from '#domain/decision';
import { instant, plusSeconds } from '#domain/instant';
import type { Sent } from '#evidence/bundle';
import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { nodeCrypto } from '#evidence/node-crypto';
import type { DeputyStatement } from '#evidence/statements';
import { dataSourceFor, migrateSchema } from '#persistence/data-source';
import { databaseNow, row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { adoptDeputy, endDeputy } from '#signoff/use-cases/adopt-deputy.use-case';
import { adoptDirectory } from '#signoff/use-cases/adopt-directory.use-case';

// One test that runs on past its time would change the directory under the next.
jest.setTimeout(60_000);

const OFFICE = 'test-office';
const district = testDistrict(1);
const people = district.people.map((person) =>
  person.login === 'outsider' ? { ...person, grants: [{ role: 'archivist', organ: OFFICE }] } : person,
);

let world: GatewayWorld;
let leg: DataSource;
let one: Client;
let two: Client;
let passwords: Map<string, string>;
const ids = new Map<string, string>();

const signedIn = (login: string): Promise<Client> => new Client(world.url, login, passwords.get(login)).signIn();
const inDays = (n: number): string => plusSeconds(instant(new Date()), n * 86_400);
const wish = (agent: string, over: object = {}): object => ({
  agent: ids.get(agent) ?? agent,
  role: 'principal',
  organ: OFFICE,
  from: inDays(0),
  until: inDays(10),
  ...over,
});
const grant = (by: Client, body: object): Promise<Reply> => by.command('/deputies', body);

beforeAll(async () => {
  world = await GatewayWorld.open();
  const reply = await new Client(world.url).send('POST', '/api/v1/setup', {
    token: SETUP_TOKEN,
    district: { ...district, people },
  });
  passwords = new Map(
    (reply.body.accounts as { login: string; password: string }[]).map(({ login, password }) => [login, password]),
  );
  for (const { login, person } of await rows<{ login: string; person: string }>(
    world.db,
    'SELECT login, person FROM account',
  ))
    ids.set(login, person);
  one = await (await signedIn('admin.one')).stepUp();
  two = await (await signedIn('admin.two')).stepUp();
  leg = dataSourceFor({ service: 'review', url: world.ports.environment.databaseUrl, ...review });
  await leg.initialize();
  await migrateSchema(leg, 'review');
}, 60_000);
afterAll(async () => {
  await leg?.destroy();
  await world?.close();
});

/** Carries what the gateway announced to the review leg, in order, each in its own transaction. */
async function deliver(): Promise<void> {
  const waiting = await rows<{ id: string; type: string; body: string }>(
    world.db,
    `SELECT id, type, body FROM outbox WHERE subscriber = 'review' AND acked_at IS NULL ORDER BY position`,
  );
  const ports = { service: 'review', epoch: world.ports.epoch, trust: world.trust, crypto: nodeCrypto } as const;
  for (const { id, type, body } of waiting) {
    const message = { id, type, stream: id, seq: 1, occurredAt: '', correlationId: id, body: JSON.parse(body) };
    await runInTransaction(leg, async (tx) => {
      // oxlint-disable-next-line typescript/no-explicit-any -- the handler of the type takes the message of the type
      const any = message as any;
      if (type === 'gateway.directory-published') await adoptDirectory(tx, any, ports);
      if (type === 'gateway.deputy-granted') await adoptDeputy(tx, any, ports);
      if (type === 'gateway.deputy-revoked') await endDeputy(tx, any);
    });
    await rows(world.db, 'UPDATE outbox SET acked_at = now() WHERE id = $1', [id]);
  }
}
const copies = (): Promise<Record<string, unknown>[]> =>
  rows(leg, 'SELECT id, principal, agent, role, organ, revoked_at FROM deputy_copy ORDER BY since');
const announced = async (): Promise<MessageBody<'gateway.deputy-granted'>> => {
  const found = await row<{ body: string }>(
    world.db,
    `SELECT body FROM outbox WHERE type = 'gateway.deputy-granted' AND subscriber = 'review' ORDER BY position DESC LIMIT 1`,
  );
  return JSON.parse(found!.body) as MessageBody<'gateway.deputy-granted'>;
};

describe('a principal', () => {
  it('entrusts his office for a time, with the password entered again, and sees what he gave', async () => {
    const principal = await signedIn('principal');
    expect(await grant(principal, wish('outsider'))).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
    await principal.stepUp();
    const reply = await grant(principal, wish('outsider'));
    expect(reply).toMatchObject({
      status: 200,
      body: { state: 'in-force', agentName: '无关人员', principal: ids.get('principal') },
    });
    expect((await principal.get('/deputies')).body).toMatchObject({
      given: [{ deputy: reply.body.deputy }],
      received: [],
    });
    const agent = await signedIn('outsider');
    expect((await agent.get('/deputies')).body).toMatchObject({
      given: [],
      received: [{ deputy: reply.body.deputy, state: 'in-force' }],
    });
    expect((await one.get('/directory/deputies')).body.items).toHaveLength(1);
    expect((await agent.get('/directory/deputies')).status).toBe(403);
  });

  it.each([
    ['deputy_self', () => wish('principal')],
    ['deputy_unavailable', () => wish('admin.one')],
    ['deputy_unavailable', () => wish(randomUUID())],
    ['deputy_drafts', () => wish('drafter', { from: inDays(20), until: inDays(30) })],
    ['deputy_exists', () => wish('deputy-leader')],
    ['deputy_no_office', () => wish('outsider', { role: 'deputy-leader' })],
    ['deputy_period', () => wish('outsider', { until: inDays(400) })],
    ['malformed', () => ({ ...wish('outsider'), note: 'x' })],
  ])('is refused %s', async (code, body) => {
    const principal = await (await signedIn('principal')).stepUp();
    expect((await grant(principal, body())).body.code).toBe(code);
  });

  it('is told whom he may ask where he is in office, and nothing elsewhere', async () => {
    const principal = await signedIn('principal');
    const logins = async (organ: string): Promise<string[]> =>
      (await principal.get(`/deputies/colleagues?organ=${organ}`)).body.items.map(
        ({ login }: { login: string }) => login,
      );
    expect(await logins(OFFICE)).toEqual(expect.arrayContaining(['outsider', 'principal.two']));
    expect(await logins(OFFICE)).not.toContain('principal');
    expect(await logins('organ-0001')).toEqual([]);
  });

  it('has the seats of the office shown to his deputy', async () => {
    await world.db
      .query(`INSERT INTO case_view (case_id, leg, round, version, document, edition, organ, year, state, content, signed, updated_at, kind)
      VALUES (gen_random_uuid(), 'approval', 1, 1, gen_random_uuid(), 1, 'organ-0001', 2025, 'in-review', repeat('a', 64), 0, now(), 'publish')`);
    await world.db.query(
      `INSERT INTO open_seat (seat, case_id, leg, stage, role, organ, since) SELECT gen_random_uuid(), case_id, 'approval', 'principal', 'principal', '${OFFICE}', now() FROM case_view`,
    );
    const seen = async (login: string): Promise<number> =>
      (await (await signedIn(login)).get('/inbox')).body.items.length;
    expect([await seen('outsider'), await seen('principal.two'), await seen('deputy-leader')]).toEqual([1, 1, 0]);
    await world.db.query('DELETE FROM open_seat');
  });
});

describe('a leg', () => {
  it('takes a grant over only after checking the principal’s own request and his office, and keeps its proof', async () => {
    await deliver();
    const body = await announced();
    expect(await copies()).toMatchObject([
      {
        id: body.id,
        principal: ids.get('principal'),
        agent: ids.get('outsider'),
        role: 'principal',
        organ: OFFICE,
        revoked_at: null,
      },
    ]);
    const sent = parseCanonical(await getContent(leg, body.evidence)) as Sent;
    expect(JSON.parse(Buffer.from(sent.body, 'base64').toString('utf8'))).toMatchObject({
      agent: ids.get('outsider'),
      role: 'principal',
    });
  });

  const forged = async (
    change: (sent: Sent, statement: DeputyStatement) => unknown,
  ): Promise<MessageBody<'gateway.deputy-granted'>> => {
    const body = await announced();
    const sent = parseCanonical(await getContent(world.db, body.evidence)) as Sent;
    const statement = JSON.parse(Buffer.from(sent.envelope.payload, 'base64').toString('utf8')) as DeputyStatement;
    const changed = change(sent, statement) as Sent & { announce?: object };
    const { announce = {}, ...kept } = changed;
    const evidence = await runInTransaction(world.db, (tx) => putContent(tx, canonicalBytes(kept), 'application/json'));
    return { ...body, ...announce, evidence };
  };
  const resealed = (statement: DeputyStatement, signer = world.ports.signer) =>
    sealEnvelope(PAYLOAD_TYPES.deputy, statement, [signer]);

  it.each([
    [
      'the message says something else than what is signed',
      /statement_mismatch/,
      (sent: Sent) => ({ ...sent, announce: { agent: randomUUID() } }),
    ],
    [
      'the principal sent another agent',
      /deputy_caller/,
      (sent: Sent, statement: DeputyStatement) => {
        const agent = randomUUID();
        return { ...sent, envelope: resealed({ ...statement, agent }), announce: { agent } };
      },
    ],
    [
      'the period was made longer',
      /deputy_caller/,
      (sent: Sent, statement: DeputyStatement) => {
        const until = inDays(300);
        return { ...sent, envelope: resealed({ ...statement, until: instant(until) }), announce: { until } };
      },
    ],
    [
      'somebody else sent it',
      /deputy_caller/,
      (sent: Sent, statement: DeputyStatement) => {
        const principal = randomUUID();
        return { ...sent, envelope: resealed({ ...statement, principal }), announce: { principal } };
      },
    ],
    [
      'the request is another',
      /deputy_caller/,
      (sent: Sent) => ({ ...sent, body: Buffer.from('{}').toString('base64') }),
    ],
    ['it is no request with its proof', /bad_shape/, (sent: Sent) => ({ ...sent, more: 'x' })],
  ] as [string, RegExp, (sent: Sent, statement: DeputyStatement) => unknown][])(
    'refuses it when %s',
    async (_when, complaint, change) => {
      const body = await forged(change);
      const message = {
        id: randomUUID(),
        type: 'gateway.deputy-granted' as const,
        stream: randomUUID(),
        seq: 1,
        occurredAt: '',
        correlationId: randomUUID(),
        body,
      };
      await expect(
        runInTransaction(leg, (tx) => adoptDeputy(tx, message, { trust: world.trust, crypto: nodeCrypto })),
      ).rejects.toThrow(complaint);
      expect(await copies()).toHaveLength(1);
    },
  );

  it('leaves a grant alone, with an alarm, when its own directory never gave the principal that office', async () => {
    const body = await forged((sent, statement) => {
      const rawBody = Buffer.from(
        JSON.stringify({
          agent: statement.agent,
          role: 'registrar',
          organ: statement.organ,
          from: statement.from,
          until: statement.until,
        }),
      );
      const caller = JSON.parse(Buffer.from(sent.caller.payload, 'base64').toString('utf8')) as object;
      const id = randomUUID();
      return {
        envelope: resealed({ ...statement, id, role: 'registrar' }),
        caller: sealEnvelope(PAYLOAD_TYPES.caller, { ...caller, body: nodeCrypto.sha256(rawBody) }, [
          world.ports.signer,
        ]),
        body: rawBody.toString('base64'),
        announce: { id, role: 'registrar' },
      };
    });
    const message = {
      id: randomUUID(),
      type: 'gateway.deputy-granted' as const,
      stream: randomUUID(),
      seq: 1,
      occurredAt: '',
      correlationId: randomUUID(),
      body,
    };
    await runInTransaction(leg, (tx) => adoptDeputy(tx, message, { trust: world.trust, crypto: nodeCrypto }));
    expect(await copies()).toHaveLength(1);
    expect(await rows(leg, `SELECT 1 FROM alarm WHERE kind = 'deputy_without_office'`)).toHaveLength(1);
    const revoked = { ...message, type: 'gateway.deputy-revoked' as const, body: { id: body.id, at: inDays(0) } };
    await runInTransaction(leg, (tx) => endDeputy(tx, revoked));
  });

  it('waits for the directory that gives the principal his office', async () => {
    const { body } = await one.command('/directory/proposals', {
      changes: [{ type: 'grant', login: 'outsider', role: 'registrar', organ: OFFICE }],
      reason: '新设职务',
    });
    await two.command(`/directory/proposals/${body.proposal}/signatures`, { content: body.content });
    const holder = await (await signedIn('outsider')).stepUp();
    expect((await grant(holder, wish('deputy-leader', { role: 'registrar' }))).status).toBe(200);
    const granted = await announced();
    const message = {
      id: randomUUID(),
      type: 'gateway.deputy-granted' as const,
      stream: randomUUID(),
      seq: 1,
      occurredAt: '',
      correlationId: randomUUID(),
      body: granted,
    };
    await expect(
      runInTransaction(leg, (tx) => adoptDeputy(tx, message, { trust: world.trust, crypto: nodeCrypto })),
    ).rejects.toThrow('goes by directory version');
    await deliver();
    expect(await copies()).toHaveLength(2);
  });
});

describe('a grant ends', () => {
  it('when its principal revokes it, and nobody else may', async () => {
    const principal = await (await signedIn('principal')).stepUp();
    const [{ deputy }] = (await principal.get('/deputies')).body.given;
    const stranger = await (await signedIn('outsider')).stepUp();
    expect((await stranger.command(`/deputies/${deputy}/revocation`, {})).status).toBe(404);
    expect((await principal.command(`/deputies/${deputy}/revocation`, {})).body).toMatchObject({
      deputy,
      revokedAt: expect.any(String),
    });
    expect((await principal.command(`/deputies/${deputy}/revocation`, {})).body.code).toBe('deputy_over');
    expect((await principal.get('/deputies')).body.given).toMatchObject([{ deputy, state: 'revoked' }]);
    await deliver();
    expect((await copies()).find(({ id }) => id === deputy)).toMatchObject({ revoked_at: expect.any(Date) });
  });

  it('when both administrators revoke it', async () => {
    const principal = await (await signedIn('principal')).stepUp();
    const { deputy } = (await grant(principal, wish('outsider'))).body;
    const { body } = await one.command('/directory/proposals', {
      changes: [{ type: 'revoke-deputy', deputy }],
      reason: '委托有误',
    });
    expect((await principal.get('/deputies')).body.given[0]).toMatchObject({ deputy, state: 'in-force' });
    await two.command(`/directory/proposals/${body.proposal}/signatures`, { content: body.content });
    expect((await principal.get('/deputies')).body.given[0]).toMatchObject({ deputy, state: 'revoked' });
    await deliver();
    expect((await copies()).find(({ id }) => id === deputy)).toMatchObject({ revoked_at: expect.any(Date) });
    expect(
      (await one.command('/directory/proposals', { changes: [{ type: 'revoke-deputy', deputy }], reason: '再次' })).body
        .code,
    ).toBe('unknown_deputy');
  });

  it('with whoever leaves, at that time and not before', async () => {
    const principal = await (await signedIn('principal')).stepUp();
    const { deputy } = (await grant(principal, wish('outsider'))).body;
    const at = plusSeconds(await databaseNow(world.db), 120);
    const preview = (await one.get(`/directory/hand-overs?login=outsider&at=${at}`)).body;
    expect(preview).toMatchObject({
      login: 'outsider',
      gaps: [],
      deputies: { received: [{ deputy }] },
      offices: [{ role: 'archivist', others: [] }, { role: 'registrar' }],
    });
    const { body } = await one.command('/directory/hand-overs', {
      login: 'outsider',
      at,
      successors: [{ login: 'deputy-leader', role: 'archivist', organ: OFFICE }],
      reason: '退休',
    });
    const reply = await two.command(`/directory/proposals/${body.proposal}/signatures`, { content: body.content });
    expect(reply.body).toMatchObject({ state: 'published' });
    expect((await principal.get('/deputies')).body.given[0]).toMatchObject({
      deputy,
      state: 'in-force',
      revokedAt: at,
    });
    const told = async (): Promise<number> =>
      (
        await rows(
          world.db,
          `SELECT 1 FROM outbox WHERE type = 'gateway.deputy-revoked' AND subscriber = 'review' AND body::json->>'id' = $1`,
          [deputy],
        )
      ).length;
    await runInTransaction(world.db, tellRevocations);
    expect(await told()).toBe(0);
    await world.db.query(`UPDATE deputy SET revoked_at = now() WHERE id = '${deputy}'`);
    await Promise.all([runInTransaction(world.db, tellRevocations), runInTransaction(world.db, tellRevocations)]);
    expect(await told()).toBe(1);
  });
});

describe('the hand-over of somebody who signs', () => {
  it('shows what would not be signed off any more, and is refused until the office has a successor', async () => {
    const at = plusSeconds(await databaseNow(world.db), 3600);
    const preview = (await one.get(`/directory/hand-overs?login=countersigner&at=${at}`)).body;
    expect(preview.gaps).toEqual([
      expect.objectContaining({ organ: 'organ-0001', kind: 'publish', stage: 'countersign', at }),
      expect.objectContaining({ organ: 'organ-0001', kind: 'correct', stage: 'countersign', at }),
    ]);
    expect(preview.offices[0].successors.map(({ login }: { login: string }) => login)).not.toContain('drafter');
    const handOver = (successors: object[]): Promise<Reply> =>
      one.command('/directory/hand-overs', { login: 'countersigner', at, successors, reason: '调离' });
    expect((await handOver([])).body).toMatchObject({ code: 'directory_unfillable', data: { stage: 'countersign' } });
    const [successor] = preview.offices[0].successors.filter(
      ({ login }: { login: string }) => login === 'principal.two',
    );
    const proposed = await handOver([{ login: successor.login, role: 'countersigner', organ: OFFICE }]);
    expect(proposed.body).toMatchObject({ state: 'open', awaits: ids.get('admin.two') });
    const view = (await two.get(`/directory/proposals/${proposed.body.proposal}`)).body;
    expect(view.difference.offices).toEqual([`countersigner@${OFFICE}`]);
  });

  it('is nothing for people without both keys: neither seen nor proposed', async () => {
    const drafter = await (await signedIn('drafter')).stepUp();
    const at = inDays(1);
    expect((await drafter.get(`/directory/hand-overs?login=countersigner&at=${at}`)).status).toBe(403);
    expect(
      (await drafter.command('/directory/hand-overs', { login: 'countersigner', at, successors: [], reason: '调离' }))
        .status,
    ).toBe(403);
    expect((await one.get(`/directory/hand-overs?login=admin.two&at=${at}`)).body.code).toBe('administrator_apart');
  });
});

describe('two grants at once', () => {
  it('never make a circle', async () => {
    const until = instant(inDays(30));
    for (let n = 0; n < 10; n += 1) {
      const gate = barrier(2);
      const by = async (principal: string, agent: string): Promise<string> => {
        const caller = {
          person: ids.get(principal)!,
          session: 'x',
          stepUpAt: instant(new Date()),
          key: 'x',
          correlationId: randomUUID(),
          method: 'POST',
          path: '/deputies',
          envelope: sealEnvelope(PAYLOAD_TYPES.caller, {}, [world.ports.signer]),
          rawBody: new Uint8Array(),
        };
        const body = { agent: ids.get(agent)!, role: 'principal', organ: OFFICE, from: inDays(20 + n), until };
        const outcome = await runInTransaction(world.db, async (tx) => {
          await gate();
          return grantDeputy(tx, body, caller, world.ports);
        });
        return isRefusal(outcome) ? outcome.refused : 'granted';
      };
      expect(
        (await Promise.all([by('principal', 'principal.two'), by('principal.two', 'principal')])).toSorted(),
      ).toEqual(['deputy_away', 'granted']);
      await world.db.query('DELETE FROM deputy');
    }
  });
});
