import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { signProposal } from '../../apps/gateway/src/directory/sign-proposal.use-case.js';
import { readAdministrators } from '../../apps/gateway/src/directory/administrator-keys.js';
import { Client, type Reply } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { barrier } from '../support/gate.js';
import { GatewayWorld, SETUP_TOKEN } from '../support/gateway-world.js';
import { fillTemplate } from '#contracts/fill-route-template';
import type { DirectoryChange, ProposeChange } from '#contracts/http/directory.api';
import type { RouteTemplate } from '#contracts/http/district.api';
import { isRefusal } from '#domain/decision';
import { instant, plusSeconds } from '#domain/instant';
import { nodeCrypto } from '#evidence/node-crypto';
import { routesFor } from '#evidence/route-law';
import { databaseNow, row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { readDirectory } from '#signoff/directory';
import { agreed } from '#signoff/stored-evidence';

// One test that runs on past its time would change the directory under the next.
jest.setTimeout(60_000);

const district = testDistrict(2);
const OFFICE = 'test-office';

let world: GatewayWorld;
let one: Client;
let two: Client;
let passwords: Map<string, string>;

const signedIn = (login: string): Promise<Client> => new Client(world.url, login, passwords.get(login)).signIn();
const propose = (by: Client, changes: object[], more: object = {}): Promise<Reply> =>
  by.command('/directory/proposals', { changes, reason: '人员调整', ...more });
const sign = (by: Client, { proposal, content }: Reply['body']): Promise<Reply> =>
  by.command(`/directory/proposals/${proposal}/signatures`, { content });
const newest = async () => {
  const version = await row<{ version: number; digest: string }>(
    world.db,
    'SELECT * FROM directory_version ORDER BY version DESC LIMIT 1',
  );
  return {
    version: version!.version,
    ...(await agreed(world.db, 'directory', version!.digest, world.trust, nodeCrypto)),
  };
};
/** Proposes by the first administrator, has the second agree, and expects it to be published. */
async function publish(changes: object[], more: object = {}): Promise<Reply['body']> {
  const proposed = await propose(one, changes, more);
  expect(proposed).toMatchObject({ status: 200, body: { state: 'open', published: null } });
  let reply = await sign(two, proposed.body);
  if (reply.body.state === 'open') reply = await sign(one, reply.body);
  expect(reply).toMatchObject({ status: 200, body: { state: 'published', awaits: null } });
  return reply.body;
}
const person = (login: string): DirectoryChange => ({ type: 'add-person', login, name: `新人${login}` });
const grant = (login: string, role: string, organ = OFFICE): object => ({ type: 'grant', login, role, organ });

beforeAll(async () => {
  world = await GatewayWorld.open();
  const reply = await new Client(world.url).send('POST', '/api/v1/setup', { token: SETUP_TOKEN, district });
  const accounts: { login: string; password: string }[] = reply.body.accounts;
  passwords = new Map(accounts.map(({ login, password }) => [login, password]));
  one = await (await signedIn('admin.one')).stepUp();
  two = await (await signedIn('admin.two')).stepUp();
}, 60_000);
afterAll(() => world?.close());

describe('a change of the directory', () => {
  it('is published only once a second, different administrator has signed the same bytes', async () => {
    const before = await newest();
    const proposed = await propose(one, [person('ma.li'), grant('ma.li', 'first-reviewer')]);
    expect(proposed.body).toMatchObject({ state: 'open', published: null });
    expect(await sign(one, proposed.body)).toMatchObject({ status: 409, body: { code: 'not_your_turn' } });
    expect((await newest()).version).toBe(before.version);
    expect(await sign(two, { ...proposed.body, content: '0'.repeat(64) })).toMatchObject({
      body: { code: 'content_changed' },
    });

    const reply = await sign(two, proposed.body);
    expect(reply).toMatchObject({ status: 200, body: { state: 'published', published: before.version + 1 } });
    const after = await newest();
    expect(after.keyids).toHaveLength(2);
    expect(after.statement.grants).toHaveLength(before.statement.grants.length + 1);
    expect(JSON.stringify(after.statement)).not.toContain('新人');
    const announced = await rows<{ body: string }>(
      world.db,
      `SELECT body FROM outbox WHERE type = 'gateway.directory-published' AND subscriber = 'review' ORDER BY seq DESC LIMIT 1`,
    );
    expect(JSON.parse(announced[0]!.body)).toMatchObject({ version: before.version + 1 });
    expect(await sign(two, proposed.body)).toMatchObject({ body: { code: 'proposal_closed' } });
  });

  it('makes the first signature at the proposal, over exactly the document that is published', async () => {
    const proposed = await propose(two, [{ type: 'rename-organ', organ: 'organ-0001', name: '改名后的机关' }]);
    const kept = await row<{ document: string; signatures: string }>(
      world.db,
      'SELECT document, signatures FROM directory_proposal WHERE id = $1',
      [proposed.body.proposal],
    );
    const [first, ...more] = JSON.parse(kept!.signatures) as { keyid: string }[];
    expect(more).toEqual([]);
    await sign(one, proposed.body);
    const { statement, keyids, bytes } = await newest();
    expect(Buffer.from(bytes).toString('utf8')).toBe(kept!.document);
    expect(keyids[0]).toBe(first!.keyid);
    expect(statement.organs).toContainEqual(expect.objectContaining({ code: 'organ-0001', name: '改名后的机关' }));
  });

  it('needs administrators, and the password entered again', async () => {
    const drafter = await (await signedIn('drafter')).stepUp();
    expect(await propose(drafter, [person('x.y')])).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    for (const path of ['/directory', '/directory/proposals', '/directory/versions', '/directory/password-halves'])
      expect((await drafter.get(path)).status).toBe(403);
    const notSteppedUp = await signedIn('admin.one');
    expect(await propose(notSteppedUp, [person('x.y')])).toMatchObject({
      status: 403,
      body: { code: 'step_up_required' },
    });
  });

  it('made on an older version is refused at the signature, with the difference', async () => {
    const slow = await propose(one, [{ type: 'rename-organ', organ: 'organ-0002', name: '甲局' }]);
    await publish([{ type: 'rename-organ', organ: 'organ-0002', name: '乙局' }]);
    const reply = await sign(two, slow.body);
    expect(reply).toMatchObject({
      status: 409,
      body: { code: 'directory_moved_on', data: { difference: { organs: ['organ-0002'] } } },
    });
    expect((await one.get(`/directory/proposals/${slow.body.proposal}`)).body).toMatchObject({
      state: 'open',
      outdated: true,
    });
    const withdrawn = await one.command(`/directory/proposals/${slow.body.proposal}/withdrawal`, {});
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn' });
  });

  it('is rejected by the other with a reason, withdrawn by its proposer, never the other way round', async () => {
    const { body } = await propose(one, [person('not.wanted')]);
    const path = `/directory/proposals/${body.proposal}`;
    expect((await one.command(`${path}/rejection`, { reason: '理由' })).body.code).toBe('own_proposal');
    expect((await two.command(`${path}/withdrawal`, {})).body.code).toBe('not_proposer');
    expect((await two.command(`${path}/rejection`, { reason: '' })).body.code).toBe('malformed');
    expect((await two.command(`${path}/rejection`, { reason: '没有编制' })).body).toMatchObject({ state: 'rejected' });
    expect((await two.get(path)).body).toMatchObject({ state: 'rejected', decisionReason: '没有编制', awaits: null });
    expect(await sign(two, body)).toMatchObject({ body: { code: 'proposal_closed' } });
  });

  it('leaves one ledger entry for each command, accepted or refused', async () => {
    const count = async (): Promise<number> =>
      (await row<{ n: number }>(world.db, 'SELECT count(*)::int AS n FROM ledger_entry'))!.n;
    const before = await count();
    await propose(one, [{ type: 'rename-organ', organ: 'no-such', name: '无此机关' }]);
    const { body } = await propose(one, [person('for.ledger')]);
    await one.command(`/directory/proposals/${body.proposal}/withdrawal`, {});
    expect(await count()).toBe(before + 3);
  });
});

describe('a change is refused, naming organ, stage and office,', () => {
  const soon = (): string => plusSeconds(instant(new Date()), 7200);
  it.each([
    [
      'when it empties an office',
      [{ type: 'end-grant', login: 'secrecy-reviewer', role: 'secrecy-reviewer', organ: OFFICE }],
      { organ: 'organ-0001', stage: 'secrecy-review', seats: [`secrecy-reviewer@${OFFICE}`] },
    ],
    [
      'when somebody an emergency route names leaves',
      [{ type: 'leave', login: 'principal' }],
      { kind: 'emergency', stage: 'principal' },
    ],
    [
      'when the drafter would be the only one left to sign',
      [
        { type: 'end-grant', login: 'countersigner', role: 'countersigner', organ: OFFICE },
        grant('drafter', 'countersigner'),
      ],
      { stage: 'countersign' },
    ],
  ])('%s', async (_when, changes, data) => {
    const reply = await propose(one, changes, { effectiveAt: soon() });
    expect(reply).toMatchObject({ status: 422, body: { code: 'directory_unfillable', data } });
    expect(reply.body.detail).toContain('先为该职务补人');
  });

  it('and is accepted when a successor takes over at that very time', async () => {
    const effectiveAt = soon();
    await publish(
      [
        person('bao.mi'),
        { type: 'grant', login: 'bao.mi', role: 'secrecy-reviewer', organ: OFFICE, from: effectiveAt },
        { type: 'end-grant', login: 'secrecy-reviewer', role: 'secrecy-reviewer', organ: OFFICE },
        ...(await emergencyBy('bao.mi', 'principal')),
      ],
      { effectiveAt },
    );
    const { statement } = await newest();
    const directory = readDirectory(statement);
    const holders = (at: string) => directory.holders('secrecy-reviewer', OFFICE, instant(at)).length;
    expect([holders(await databaseNow(world.db)), holders(effectiveAt)]).toEqual([1, 1]);
  });
});

/** Changes that replace the emergency route by one that names these two. */
async function emergencyBy(secrecy: string, principal: string): Promise<object[]> {
  const route = district.routes.find(({ kind }) => kind === 'emergency')!;
  const { routes } = (await one.get('/directory')).body;
  const { digest } = routes.find(
    ({ kind, until }: { kind: string; until: string | null }) => kind === 'emergency' && until === null,
  );
  const persons = [secrecy, principal];
  const stages = route.stages.map((stage, n) => ({
    ...stage,
    slots: stage.slots.map((slot) => ({ ...slot, person: persons[n] })),
  }));
  return [{ type: 'replace-route', digest, route: { ...route, stages } }];
}

describe('a new route', () => {
  it('carries both signatures before the directory that names it is signed: three acts, none with another’s key', async () => {
    const route = { ...district.routes[0]!, name: '两级路线', appliesTo: ['organ-0002'] };
    const proposed = await propose(one, [{ type: 'add-route', route }]);
    expect(proposed.body).toMatchObject({ state: 'open', published: null });
    const signers = async (): Promise<unknown[]> => {
      const kept = await row<{ routes: string; signatures: string }>(
        world.db,
        'SELECT routes, signatures FROM directory_proposal WHERE id = $1',
        [proposed.body.proposal],
      );
      const ofRoute = JSON.parse(kept!.routes) as { signatures: unknown[] }[];
      return [ofRoute[0]!.signatures.length, (JSON.parse(kept!.signatures) as unknown[]).length];
    };
    expect(await signers()).toEqual([1, 0]);
    const second = await sign(two, proposed.body);
    expect(second.body).toMatchObject({ state: 'open', published: null });
    expect(await signers()).toEqual([2, 1]);
    expect(second.body.content).not.toBe(proposed.body.content);
    expect((await sign(two, second.body)).body.code).toBe('not_your_turn');
    expect((await sign(one, second.body)).body).toMatchObject({ state: 'published' });

    const { statement } = await newest();
    const listed = statement.routes.at(-1)!;
    expect(await agreed(world.db, 'route', listed.envelope, world.trust, nodeCrypto)).toMatchObject({
      statement: { name: '两级路线', schema: 'sunward.route/2' },
    });
    const [now, later] = [await databaseNow(world.db), plusSeconds(await databaseNow(world.db), 7200)];
    const of = (at: string) => routesFor(statement, 'organ-0002', 'publish', instant(at)).map(({ digest }) => digest);
    expect(of(now)).toEqual([statement.routes[0]!.digest]);
    expect(of(later)).toEqual([listed.digest]);
  });

  it('that is retired stays listed with its end, for the cases begun under it', async () => {
    const { routes } = (await one.get('/directory')).body;
    const { digest } = routes.find(({ name }: { name: string }) => name === '两级路线');
    const effectiveAt = plusSeconds(instant(new Date()), 10_800);
    await publish([{ type: 'retire-route', digest }], { effectiveAt });
    const { statement } = await newest();
    expect(statement.routes.find((route) => route.digest === digest)).toMatchObject({
      until: effectiveAt,
      appliesTo: ['organ-0002'],
    });
    expect(await rows(world.db, 'SELECT 1 FROM organ_route WHERE route = $1', [digest])).toHaveLength(1);
    expect((await propose(one, [{ type: 'retire-route', digest: '0'.repeat(64) }])).body.code).toBe('unknown_route');
  });

  it('without secrecy review, or that is no law, is refused', async () => {
    const [publishing] = district.routes;
    const without = {
      ...publishing!,
      name: '缺保密',
      appliesTo: ['organ-0001'],
      stages: publishing!.stages.filter(({ id }) => id !== 'secrecy-review'),
    };
    const reply = await propose(one, [{ type: 'add-route', route: without }]);
    expect(reply).toMatchObject({ status: 422, body: { code: 'route_unlawful' } });
    expect(reply.body.detail).toContain('保密审查可以移位，不能省去');
    expect((await propose(one, [{ type: 'add-route', route: publishing }])).body.code).toBe('two_routes');
  });
});

describe('a person who joins', () => {
  let member: Client;

  it('enters only with both administrators’ halves, and opens nothing before setting a password', async () => {
    await publish([person('new.comer'), grant('new.comer', 'first-reviewer')]);
    const half = async (by: Client): Promise<{ half: string; part: string }> =>
      (await by.get('/directory/password-halves')).body.items.find(
        ({ login }: { login: string }) => login === 'new.comer',
      );
    const halves = [await half(one), await half(two)].toSorted((a, b) => (a.part < b.part ? -1 : 1));
    expect(halves.map(({ part }) => part)).toEqual(['first', 'second']);
    for (const { half: alone } of halves)
      await expect(new Client(world.url, 'new.comer', alone).signIn()).rejects.toThrow('bad_credentials');
    const password = halves.map(({ half: text }) => text).join('');
    member = await new Client(world.url, 'new.comer', password).signIn();
    expect((await member.get('/inbox')).body.code).toBe('password_must_change');
    expect((await member.send('POST', '/api/v1/session/password', { password, next: 'short' })).body.code).toBe(
      'malformed',
    );
    expect(
      (await member.send('POST', '/api/v1/session/password', { password, next: '一个自己记得住的长口令二〇二六' }))
        .status,
    ).toBe(200);
    expect(
      (await one.get('/directory/password-halves')).body.items.map(({ login }: { login: string }) => login),
    ).not.toContain('new.comer');
    await expect(new Client(world.url, 'new.comer', password).signIn()).rejects.toThrow('bad_credentials');
    expect(
      (await (await new Client(world.url, 'new.comer', '一个自己记得住的长口令二〇二六').signIn()).get('/inbox'))
        .status,
    ).toBe(200);
  });

  it('no longer enters with a one-time password a week old', async () => {
    await publish([{ type: 'new-password', login: 'new.comer' }]);
    await world.db.query(`UPDATE account SET one_time_until = now() - interval '1 second' WHERE login = 'new.comer'`);
    const kept = await rows<{ half: string }>(
      world.db,
      `SELECT half FROM password_half h JOIN account a USING (person) WHERE login = 'new.comer' ORDER BY part`,
    );
    await expect(new Client(world.url, 'new.comer', kept.map(({ half }) => half).join('')).signIn()).rejects.toThrow(
      'bad_credentials',
    );
    expect((await member.get('/session')).status).toBe(401);
  });
});

describe('somebody who leaves', () => {
  it('keeps what was signed, and opens nothing from that time on', async () => {
    const client = await signedIn('outsider');
    const effectiveAt = plusSeconds(instant(new Date()), 300);
    await publish([{ type: 'leave', login: 'outsider' }], { effectiveAt });
    const { statement } = await newest();
    const ended = statement.grants.find(({ role }) => role === 'archivist')!;
    expect(ended.until).toBe(effectiveAt);
    expect(statement.persons.find(({ id }) => id === ended.person)).toEqual({ id: ended.person, active: true });
    expect((await client.get('/session')).status).toBe(200);
    await world.db.query(`UPDATE person SET leaves_at = now() WHERE leaves_at IS NOT NULL`);
    expect((await client.get('/session')).status).toBe(401);
    await expect(signedIn('outsider')).rejects.toThrow('bad_credentials');
    expect((await propose(one, [grant('outsider', 'archivist')])).body.code).toBe('has_left');
    await publish([person('after.leaver')]);
    expect((await newest()).statement.persons).toContainEqual({ id: ended.person, active: false });
  });

  it('is never an administrator, who holds no office either', async () => {
    for (const change of [{ type: 'leave', login: 'admin.two' }, grant('admin.two', 'principal')])
      expect((await propose(one, [change])).body.code).toBe('administrator_apart');
  });
});

describe('what takes effect', () => {
  it('cannot be agreed when that time has come: nobody’s signature loses its ground', async () => {
    const { body } = await propose(
      one,
      [{ type: 'end-grant', login: 'principal.two', role: 'principal', organ: OFFICE }],
      { effectiveAt: plusSeconds(instant(new Date()), 5) },
    );
    expect(await sign(two, body)).toMatchObject({ status: 409, body: { code: 'proposal_too_late' } });
  });

  it('never lies before the proposal', async () => {
    const past = '2020-01-01T00:00:00.000Z';
    expect((await propose(one, [person('p.q')], { effectiveAt: past })).body.code).toBe('back_dated');
    expect((await propose(one, [{ ...grant('drafter', 'archivist'), from: past }])).body.code).toBe('back_dated');
  });
});

describe('two administrators at once', () => {
  let proposals: Reply['body'][];
  beforeEach(() => {
    proposals = [];
  });

  /** Signs as the administrator with this key, in a transaction that begins when `gate` opens. */
  async function signWith(n: 0 | 1, of: Reply['body'], gate: () => Promise<void>): Promise<string> {
    const folder = world.ports.environment.administratorKeys!;
    const administrators = await readAdministrators(folder, world.trust, nodeCrypto);
    const logins = await rows<{ person: string }>(
      world.db,
      `SELECT person FROM account WHERE login IN ('admin.one', 'admin.two') ORDER BY login`,
    );
    const by = administrators.find(({ person: id }) => id === logins[n]!.person)!;
    const command = {
      proposal: of.proposal as string,
      content: of.content as string,
      correlationId: of.proposal as string,
    };
    let entered = false;
    const outcome = await runInTransaction(world.db, async (tx) => {
      if (!entered) await gate();
      entered = true;
      return signProposal(tx, command, by, world.ports, { first: by.person, second: by.person, passwords: [] });
    });
    return isRefusal(outcome) ? outcome.refused : outcome.state;
  }

  it('agreeing to one proposal twice publish it once', async () => {
    for (let n = 0; n < 10; n += 1) {
      const { version } = await newest();
      const { body } = await propose(one, [{ type: 'rename-organ', organ: 'organ-0001', name: `机关第${n}名` }]);
      const gate = barrier(2);
      const outcomes = await Promise.all([signWith(1, body, gate), signWith(1, body, gate)]);
      expect(outcomes.toSorted()).toEqual(['proposal_closed', 'published']);
      expect((await newest()).version).toBe(version + 1);
    }
  });

  it('agreeing to each other’s proposals publish one of them', async () => {
    for (let n = 0; n < 10; n += 1) {
      const { version } = await newest();
      for (const by of [one, two])
        proposals.push(
          (await propose(by, [{ type: 'rename-organ', organ: 'organ-0002', name: `机关${n}${by.login}` }])).body,
        );
      const gate = barrier(2);
      const [ofOne, ofTwo] = proposals.slice(-2);
      const outcomes = await Promise.all([signWith(1, ofOne, gate), signWith(0, ofTwo, gate)]);
      expect(outcomes.toSorted()).toEqual(['directory_moved_on', 'published']);
      expect((await newest()).version).toBe(version + 1);
    }
  });
});

describe('an organ’s routes', () => {
  it('are shown to whoever may see its reports, with their checklists, and to nobody else', async () => {
    const { body } = await (await signedIn('drafter')).get('/organs/organ-0001/routes?kind=publish');
    expect(body.items).toMatchObject([{ kind: 'publish', stages: { length: 5 } }]);
    expect(body.items[0].stages[1]).toMatchObject({ duty: 'secrecy', checklist: [] });
    expect((await (await signedIn('principal.two')).get('/organs/organ-0001/routes')).status).toBe(200);
    const stranger = await new Client(world.url).send('GET', '/api/v1/organs/organ-0001/routes');
    expect(stranger.status).toBe(401);
  });
});

describe('templates of routes', () => {
  const values = { 'superior-office': OFFICE, 'first.person': 'first-reviewer', 'second.person': 'principal' };
  const wish = { values, appliesTo: ['organ-0002'] };
  const from = (template: string, body: object, by = one): Promise<Reply> =>
    by.command(`/route-templates/${template}/proposals`, body);

  it('are listed and read by administrators, with what each placeholder stands for', async () => {
    const { items } = (await one.get('/route-templates')).body as { items: { template: string }[] };
    expect(items.map(({ template }) => template)).toEqual(['city', 'county', 'township-department']);
    const read = await one.get('/route-templates/township-department');
    expect(read.body).toMatchObject({ organs: { 'superior-office': expect.any(String) }, routes: { length: 5 } });
    expect(await one.get('/route-templates/nowhere')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await one.get('/route-templates/..%2Fdistrict')).status).toBe(400);
    const drafter = await signedIn('drafter');
    for (const path of ['/route-templates', '/route-templates/county'])
      expect(await drafter.get(path)).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    expect(await from('county', wish, drafter)).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  });

  it('become a proposal like any other, and say what is not filled in', async () => {
    const open = { body: { code: 'placeholders_open', data: { open: ['first.person', 'second.person'] } } };
    expect(await from('township-department', { ...wish, values: { 'superior-office': OFFICE } })).toMatchObject({ status: 422, ...open });
    const more = { ...values, 'nobody.knows': 'principal' };
    expect(await from('township-department', { ...wish, values: more })).toMatchObject({ status: 422, body: { code: 'placeholder_unknown' } });
    expect(await from('township-department', { ...wish, appliesTo: ['nowhere'] })).toMatchObject({ body: { code: 'unknown_organ' } });
    const filled = fillTemplate((await one.get('/route-templates/township-department')).body as RouteTemplate, { values: new Map(Object.entries(values)), appliesTo: ['organ-0002'] });
    const { changes } = filled as ProposeChange;
    const same = await propose(one, changes);
    if (same.status === 200) await one.command(`/directory/proposals/${same.body.proposal}/withdrawal`, {});
    const made = await from('township-department', wish);
    expect([made.status, made.body.code, made.body.state]).toEqual([same.status, same.body.code, same.body.state]);
    const [entry] = await rows<{ said: string }>(world.db, `SELECT convert_from(bytes, 'UTF8') AS said FROM ledger_entry ORDER BY at DESC, seq DESC LIMIT 1`);
    expect(JSON.parse(entry!.said)).toMatchObject({ action: 'gateway.propose-change' });
  }); // prettier-ignore
});
