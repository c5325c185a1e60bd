import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inbound } from '../../apps/gateway/src/inbound.js';
import { officeCalendar } from '../../apps/gateway/src/notices/office-calendar.js';
import { nextDeadline } from '../../apps/gateway/src/notices/statutory-reminders.js';
import { ChangeFeed } from '../../apps/gateway/src/read-model/change-feed.js';
import { Client, eventually, type Reply } from '../support/client.js';
import { testDistrict } from '../support/district.js';
import { GatewayWorld, SETUP_TOKEN } from '../support/gateway-world.js';
import { getContent } from '#content-store/content-store';
import type { MessageBody } from '#contracts/catalogue';
import { type Envelope, PAYLOAD_TYPES } from '#evidence/dsse';
import { openStatement } from '#evidence/open-statement';
import { isDefect } from '#evidence/defect';
import { administratorKeys } from '#evidence/trust';
import { raiseAlarm } from '#outbox/alarm';
import { nodeCrypto } from '#evidence/node-crypto';
import { dayAt } from '#domain/work-day';
import { databaseNow, row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';

const district = testDistrict(3);
const AT = '2026-01-31T16:00:00.000Z';

let world: GatewayWorld;
let passwords: Map<string, string>;

const stranger = (): Client => new Client(world.url);
const signedIn = (login: string): Promise<Client> => new Client(world.url, login, passwords.get(login)).signIn();
const setUp = (definition: unknown, token = SETUP_TOKEN): Promise<Reply> =>
  stranger().send('POST', '/api/v1/setup', { token, district: definition });

beforeAll(async () => {
  world = await GatewayWorld.open();
});
afterAll(() => world?.close());

describe('founding a district', () => {
  const without = (login: string): unknown => ({
    ...district,
    people: district.people.filter((person) => person.login !== login),
  });

  it.each([
    ['one administrator only', without('admin.two'), '两名管理员'],
    ['a stage nobody can sign', without('secrecy-reviewer'), 'secrecy-review'],
    [
      'an office at an organ that is not there',
      { ...district, organs: district.organs.filter(({ code }) => code !== 'organ-0002') },
      'organ-0002',
    ],
    ['a name twice', { ...district, people: [...district.people, district.people[2]] }, 'drafter'],
  ])('refuses %s and stores nothing', async (_what, definition, named) => {
    const reply = await setUp(definition);
    expect(reply).toMatchObject({ status: 422, body: { code: 'bad_district' } });
    expect(reply.body.detail).toContain(named);
    expect(await rows(world.db, 'SELECT 1 FROM person')).toEqual([]);
    expect(await rows(world.db, 'SELECT 1 FROM content.blob')).toEqual([]);
  });

  it('refuses a wrong link, and shows a page behind the right one', async () => {
    expect(await setUp(district, 'guess')).toMatchObject({ status: 403, body: { code: 'bad_setup_link' } });
    expect((await stranger().send('GET', '/setup?token=guess')).status).toBe(403);
    const page = await stranger().send('GET', `/setup?token=${SETUP_TOKEN}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('初始设置');
  });

  it('of two at once lets one found it, with passwords shown to that one', async () => {
    const replies = await Promise.all([setUp(district), setUp(district)]);
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const accounts: { login: string; password: string }[] = replies.find(({ status }) => status === 200)?.body.accounts;
    passwords = new Map(accounts.map(({ login, password }) => [login, password]));
    expect(passwords.size).toBe(district.people.length);
    expect(new Set(passwords.values()).size).toBe(passwords.size);
    expect(await setUp(district)).toMatchObject({ status: 409, body: { code: 'already_set_up' } });
  });

  it('leaves a directory and routes both administrators signed, announced to every service', async () => {
    const announced = await rows<{ subscriber: string; body: string }>(
      world.db,
      `SELECT subscriber, body FROM outbox WHERE type = 'gateway.directory-published'`,
    );
    expect(announced.map(({ subscriber }) => subscriber).toSorted()).toEqual([
      'approval',
      'drafting',
      'publication',
      'review',
    ]);
    const { directory: digest } = JSON.parse(announced[0]!.body) as MessageBody<'gateway.directory-published'>;
    const directory = await opened('directory', digest);
    expect(directory).toMatchObject({ version: 1, organs: { length: 4 } });
    expect(JSON.stringify(directory)).not.toContain('起草人');
    const [route] = directory.routes;
    expect(await opened('route', route!.envelope)).toEqual(
      JSON.parse(Buffer.from(await getContent(world.db, route!.digest)).toString('utf8')),
    );
  });

  async function opened<K extends 'directory' | 'route'>(
    kind: K,
    digest: string,
  ): Promise<Exclude<ReturnType<typeof openStatement<K>>, { defect: string }>['statement']> {
    const envelope = JSON.parse(Buffer.from(await getContent(world.db, digest)).toString('utf8')) as Envelope;
    expect(envelope.payloadType).toBe(PAYLOAD_TYPES[kind]);
    const keys = administratorKeys(world.trust, nodeCrypto);
    const statement = openStatement(kind, envelope, keys, nodeCrypto);
    if (isDefect(statement)) throw new Error(statement.detail);
    expect(statement.keyids).toHaveLength(2);
    return statement.statement;
  }

  it('has tables exactly as its entities say', async () => {
    const { upQueries } = await world.db.driver.createSchemaBuilder().log();
    expect(upQueries).toEqual([]);
  });
});

describe('a session', () => {
  it('is a cookie no script and no other site can use', async () => {
    const reply = await stranger().send('POST', '/api/v1/session', {
      login: 'drafter',
      password: passwords.get('drafter'),
    });
    const cookie = reply.headers.getSetCookie()[0] ?? '';
    for (const part of ['__Host-sunward=', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(part);
    const token = /=([\w-]+)/.exec(cookie)?.[1] ?? '';
    expect(token).toHaveLength(43);
    expect(JSON.stringify(await rows(world.db, 'SELECT * FROM session'))).not.toContain(token);
  });

  it('changes its token at step-up; the old one is worth nothing', async () => {
    const password = passwords.get('drafter');
    const cookieOf = ({ headers }: Reply): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const first = cookieOf(await stranger().send('POST', '/api/v1/session', { login: 'drafter', password }));
    const stepUp = await stranger().send('POST', '/api/v1/session/step-up', { password }, { cookie: first });
    const who = (cookie: string): Promise<Reply> => stranger().send('GET', '/api/v1/session', undefined, { cookie });
    expect(await who(first)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
    expect((await who(cookieOf(stepUp))).body.steppedUpUntil).not.toBeNull();
  });

  it.each([
    ['idle for half an hour', "last_seen_at = last_seen_at - interval '31 minutes'"],
    ['twelve hours old', "expires_at = now() - interval '1 second'"],
  ])('ends when %s', async (_when, change) => {
    const client = await signedIn('outsider');
    expect((await client.get('/session')).status).toBe(200);
    await world.db.query(`UPDATE session SET ${change}`);
    expect((await client.get('/session')).status).toBe(401);
  });

  it('says when it ends, used or not', async () => {
    const { body } = await (await signedIn('drafter')).get('/session');
    expect(body.idleSeconds).toBe(1800);
    const hours = (Date.parse(body.endsAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThan(12.1);
  });

  it('says in both languages which field of a form is unfit, and how', async () => {
    const { status, body } = await new Client(world.url).send('POST', '/api/v1/session', { login: '', password: 'x' });
    expect([status, body.code]).toEqual([400, 'malformed']);
    expect(body.errors).toEqual([
      { field: 'login', message: '没有填写', messageEn: expect.stringContaining('expected string to have >=1') },
    ]);
  });

  it('ends at sign-out, and when the person left', async () => {
    const client = await signedIn('outsider');
    const other = await signedIn('outsider');
    expect((await client.send('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await client.get('/session')).status).toBe(401);
    await world.db.query("UPDATE person SET active = false WHERE name = '无关人员'");
    expect((await other.get('/session')).status).toBe(401);
    await expect(signedIn('outsider')).rejects.toThrow('bad_credentials');
    await world.db.query('UPDATE person SET active = true');
  });

  it('is listed to its owner alone, who can end another of his from where he is', async () => {
    const [here, there, stranger_] = [await signedIn('drafter'), await signedIn('drafter'), await signedIn('outsider')];
    const listed = async (client: Client) =>
      (await client.get('/sessions')).body.items as { session: string; isOwn: boolean }[];
    const own = (await listed(there)).find(({ isOwn }) => isOwn)!.session;
    expect((await listed(here)).filter(({ isOwn }) => isOwn)).toHaveLength(1);
    expect((await listed(stranger_)).map(({ session }) => session)).not.toContain(own);
    expect((await stranger_.send('DELETE', `/api/v1/sessions/${own}`)).status).toBe(404);
    expect((await there.get('/session')).status).toBe(200);
    expect((await here.send('DELETE', `/api/v1/sessions/${own}`)).status).toBe(204);
    expect((await there.get('/session')).status).toBe(401);
    expect((await here.get('/session')).status).toBe(200);
  });

  it('the eleventh ends the first', async () => {
    const clients: Client[] = [];
    for (let n = 0; n < 11; n += 1) clients.push(await signedIn('principal'));
    const statuses = await Promise.all(clients.map(async (client) => (await client.get('/session')).status));
    expect(statuses).toEqual([401, ...Array.from({ length: 10 }, () => 200)]);
  });

  it('costs a growing delay after five wrong passwords, also for the right one, and for a name nobody has', async () => {
    for (const login of ['countersigner', 'nobody.here']) {
      const attempt = (password: string): Promise<Reply> =>
        stranger().send('POST', '/api/v1/session', { login, password });
      for (let n = 0; n < 5; n += 1) expect((await attempt('wrong')).body.code).toBe('bad_credentials');
      await world.db.query('UPDATE sign_in_failure SET failures = 9');
      expect((await attempt('wrong')).body.code).toBe('bad_credentials');
      const blocked = await attempt(passwords.get('countersigner')!);
      expect(blocked).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
      expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(20);
    }
    await world.db.query('DELETE FROM sign_in_failure');
  });
});

describe('names', () => {
  it('are told of people, organs and offices to whoever is signed in, of nothing the directory does not know', async () => {
    const [drafter] = await rows<{ id: string }>(
      world.db,
      `SELECT p.id FROM person p JOIN account a ON a.person = p.id WHERE a.login = 'drafter'`,
    );
    const asked = `people=${drafter!.id},${randomUUID()}&organs=organ-0001,nowhere&offices=principal@test-office,clerk@test-office`;
    expect((await stranger().get(`/names?${asked}`)).status).toBe(401);
    const { body } = await (await signedIn('outsider')).get(`/names?${asked}`);
    expect(body.people).toEqual([{ person: drafter!.id, name: '起草人' }]);
    expect(body.organs).toEqual([{ organ: 'organ-0001', name: '测试区organ-0001局' }]);
    expect(body.offices).toMatchObject([
      { office: 'clerk@test-office', organName: '测试区人民政府办公室', holders: [] },
      { office: 'principal@test-office', holders: [{ name: 'principal' }, { name: '第二主要负责人' }] },
    ]);
    expect((await (await signedIn('outsider')).get(`/names?offices=${'a'.repeat(99)}`)).status).toBe(400);
  });
});

describe('the console', () => {
  it('is a page for every address of its router, kept by nobody, with nothing inline', async () => {
    for (const address of ['/m', `/m/r/${randomUUID()}/sign`]) {
      const { status, body, headers } = await stranger().send('GET', address);
      expect([address, status, headers.get('cache-control')]).toEqual([address, 200, 'no-store']);
      expect(headers.get('content-security-policy')).toMatch(
        /default-src 'none';.*script-src 'self'; style-src 'self';/,
      );
      expect(body).not.toMatch(/<script(?![^>]* src=)|<style|style=/);
    }
    expect((await stranger().send('GET', '/mail')).status).toBe(404);
    const policyOf = async (address: string) =>
      (await stranger().send('GET', address)).headers.get('content-security-policy') ?? '';
    // Only the desktop proves what is public, and only it may read from there.
    expect(await policyOf('/app')).toMatch(/connect-src 'self' https?:\/\/[^ ;]+$/);
    expect(await policyOf('/m')).toMatch(/connect-src 'self'$/);
  });

  it('has assets that never change, packed as the browser likes, and no other files', async () => {
    const { body } = await stranger().send('GET', '/m');
    const [script] = /\/console\/assets\/m-[\w-]+\.js/.exec(body) ?? [];
    for (const encoding of ['br', 'gzip', 'identity']) {
      const {
        status,
        headers,
        body: text,
      } = await stranger().send('GET', script!, undefined, { 'accept-encoding': encoding });
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
      expect(headers.get('content-encoding') ?? 'identity').toBe(encoding);
      expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(text.length).toBeGreaterThan(10_000);
    }
    for (const name of ['missing.js', '..%2fm.html', 'm.html'])
      expect((await stranger().send('GET', `/console/assets/${name}`)).status).toBe(404);
  });
});

describe('a command', () => {
  const start = { organ: 'organ-0001', year: 2020 };

  it('reaches its service with proof of who sent exactly what', async () => {
    const client = await (await signedIn('drafter')).stepUp();
    const { person } = (await client.get('/session')).body;
    const { status, body } = await client.command('/reports', start, 'key-1');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      caller: { person, key: 'key-1', method: 'POST', path: '/reports', stepUpAt: expect.any(String) },
      body: start,
      raw: JSON.stringify(start),
    });
  });

  it('is refused without a key, with unknown fields, from another origin, as a form', async () => {
    const client = await signedIn('drafter');
    const refused = async (body: unknown, headers: Record<string, string>): Promise<string> =>
      (await client.send('POST', '/api/v1/reports', body, headers)).body.code;
    const key = { 'idempotency-key': 'k' };
    expect(await refused(start, {})).toBe('key_required');
    expect(await refused({ ...start, state: 'live' }, key)).toBe('malformed');
    expect(await refused(start, { ...key, origin: 'https://evil.example' })).toBe('bad_origin');
    expect(await refused('organ=x', { ...key, 'content-type': 'application/x-www-form-urlencoded' })).toBe('malformed');
  });

  it('says so when its service is away', async () => {
    const client = await signedIn('drafter');
    const body = { seat: randomUUID(), statement: '0'.repeat(64) };
    expect(await client.command(`/review-cases/${randomUUID()}/signatures`, body)).toMatchObject({
      status: 503,
      body: { code: 'unavailable', data: { service: 'review' } },
    });
  });
});

describe('lists', () => {
  const document = randomUUID();
  const caseId = randomUUID();
  const seat = randomUUID();
  type Leg = MessageBody<'review.progressed'>;

  const leg = (over: Partial<Leg>): Leg => ({
    case: caseId,
    round: 1,
    version: 1,
    document,
    edition: 1,
    organ: 'organ-0001',
    year: 2020,
    leg: 'review',
    state: 'in-review',
    content: 'a'.repeat(64),
    stage: 'first-review',
    openSeats: [{ seat, stage: 'first-review', role: 'first-reviewer', organ: 'test-office', person: null }],
    signedSeats: [],
    releaseAt: null,
    ...over,
  });
  const hear = <T extends keyof typeof inbound>(type: T, body: MessageBody<T>): Promise<void> => {
    const message = {
      id: randomUUID(),
      type,
      stream: document,
      seq: 1,
      occurredAt: AT,
      correlationId: randomUUID(),
      body,
    };
    // oxlint-disable-next-line typescript/no-explicit-any -- the handler of the type takes the message of the type
    return runInTransaction(world.db, (tx) => (inbound[type] as any)(tx, message));
  };
  const signed = (count: number): Leg['signedSeats'] =>
    Array.from({ length: count }, () => ({ seat: randomUUID(), stage: 'first-review', at: AT }));

  it('tell of the law’s dates whoever holds office at an organ, and nobody else', async () => {
    const { items } = (await (await signedIn('drafter')).get('/deadlines')).body;
    const today = dayAt(await databaseNow(world.db));
    expect(items).toEqual([nextDeadline('department', officeCalendar(), today)]);
    expect((await (await signedIn('admin.one')).get('/deadlines')).body.items).toEqual([]);
  });

  it('push a notice to whoever may see it, and to nobody else', async () => {
    const reader = await (await signedIn('first-reviewer')).events();
    await world.db.query(
      `INSERT INTO role_grant SELECT person, 'drafter', 'organ-0003' FROM account WHERE login = 'outsider'`,
    );
    const outsider = await (await signedIn('outsider')).events();
    const seen = reader(() => true);
    const firstForOutsider = outsider(() => true);
    const report = {
      organ: 'organ-0001',
      year: 2020,
      state: 'submitted',
      revision: 1,
      errors: 0,
      warnings: 0,
    } as const;
    await hear('drafting.report-changed', { document, ...report });
    await hear('review.progressed', leg({}));
    expect(await seen).toEqual({ document, case: null, kind: 'drafting.report-changed' });

    const elsewhere = randomUUID();
    await hear('publication.held', {
      case: randomUUID(),
      round: 1,
      document,
      edition: 1,
      content: 'a'.repeat(64),
      code: 'x',
    });
    await hear('drafting.report-changed', { document: elsewhere, ...report, organ: 'organ-0003' });
    expect(await firstForOutsider).toMatchObject({ document: elsewhere });
    await world.db.query(`DELETE FROM report_view WHERE document = '${elsewhere}'`);
    await world.db.query(`DELETE FROM role_grant WHERE organ = 'organ-0003' AND person IN
      (SELECT person FROM account WHERE login = 'outsider')`);
  });

  it('show an open seat to the holders of its office only', async () => {
    const inbox = async (login: string): Promise<unknown[]> => (await (await signedIn(login)).get('/inbox')).body.items;
    expect(await inbox('first-reviewer')).toMatchObject([
      { case: caseId, seat, leg: 'review', since: AT, stageName: '初审', errors: 0, warnings: 0 },
    ]);
    expect(await inbox('secrecy-reviewer')).toEqual([]);
    expect(await inbox('drafter')).toEqual([]);
  });

  it('keep the higher (round, version) whatever order messages come in', async () => {
    await hear(
      'review.progressed',
      leg({ round: 2, version: 7, state: 'cleared', openSeats: [], signedSeats: signed(2) }),
    );
    await hear('review.progressed', leg({ round: 1, version: 9 }));
    await hear('review.progressed', leg({ round: 2, version: 6 }));
    const kept = await row(world.db, 'SELECT round, version, state FROM case_view WHERE case_id = $1', [caseId]);
    expect(kept).toEqual({ round: 2, version: 7, state: 'cleared' });
    expect(await rows(world.db, 'SELECT 1 FROM open_seat WHERE case_id = $1', [caseId])).toEqual([]);
  });

  it('show the review leg again while the approval leg has sent the case back to it', async () => {
    const sentBack = { leg: 'approval', round: 2, state: 'sent-back', version: 1 } as const;
    await hear('approval.progressed', leg({ ...sentBack, openSeats: [], signedSeats: signed(1) }));
    const reader = await signedIn('principal');
    expect((await reader.get(`/cases/${caseId}`)).body).toMatchObject({ leg: 'review', signatures: 2 });
  });

  it('show the leg the case is in, with the signatures of both, and where it is public', async () => {
    await hear(
      'approval.progressed',
      leg({ leg: 'approval', round: 2, version: 2, state: 'done', openSeats: [], signedSeats: signed(3) }),
    );
    const live = { case: caseId, round: 2, document, edition: 1, content: 'a'.repeat(64), receipt: 'b'.repeat(64) };
    await hear('publication.live', { ...live, path: '/xxgk/ndbg/organ-0001/2020/' });
    const line = { case: caseId, leg: 'approval', organName: expect.any(String), path: '/xxgk/ndbg/organ-0001/2020/' };
    const url = 'http://localhost:3080/xxgk/ndbg/organ-0001/2020/';
    const reader = await signedIn('principal');
    expect((await reader.get(`/cases/${caseId}`)).body).toMatchObject({ ...line, state: 'done', signatures: 5, url });
    expect((await reader.get('/reports')).body.items).toMatchObject([{ ...line, document, caseState: 'done', url }]);
  });

  it('name nothing to somebody without an office in it', async () => {
    const outsider = await signedIn('outsider');
    expect(await outsider.get(`/cases/${caseId}`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await outsider.get('/reports')).body).toEqual({ items: [], next: null });
  });

  it('show a case to whoever was copied in or asked, that case alone, and tell him of it', async () => {
    const outsider = await signedIn('outsider');
    const { person } = (await outsider.get('/session')).body;
    const other = randomUUID();
    await hear('review.progressed', leg({ case: other, document: randomUUID(), openSeats: [] }));
    const request = {
      round: 2,
      edition: 1,
      content: 'a'.repeat(64),
      organ: 'organ-0001',
      year: 2020,
      stage: 'first-review',
    };
    const asked = { ...request, case: caseId, document, leg: 'review', seat: null, by: randomUUID() } as const;
    await hear('review.notice-requested', { ...asked, kind: 'answered', person });
    await hear('review.notice-requested', { ...asked, kind: 'copied', person: randomUUID() });
    expect((await outsider.get(`/cases/${caseId}`)).status).toBe(404);
    for (const kind of ['copied', 'consulted'] as const) {
      await world.db.query('DELETE FROM notice_request');
      await hear('review.notice-requested', { ...asked, kind, person });
      expect((await outsider.get(`/cases/${caseId}`)).body).toMatchObject({ case: caseId, state: 'done' });
      const { items } = (await outsider.get('/reports')).body;
      expect(items).toMatchObject([{ document, case: caseId, caseState: 'done', state: 'live', caseOnly: true }]);
      expect((await outsider.get(`/cases/${other}`)).status).toBe(404);
    }
    const told = (await outsider.events())(({ document: of }) => of === document);
    await hear('review.progressed', leg({ round: 3, openSeats: [] }));
    expect(await told).toMatchObject({ case: caseId });
    expect((await (await signedIn('principal')).get('/reports')).body.items[0]).toMatchObject({ caseOnly: false });
    // What its drafters do besides stays theirs.
    const draft = { organ: 'organ-0001', year: 2020, state: 'draft', revision: 3, errors: 0, warnings: 0 } as const;
    await hear('drafting.report-changed', { document, ...draft });
    expect((await outsider.get('/reports')).body.items).toMatchObject([{ state: 'submitted' }]);
    await world.db.query('DELETE FROM notice_request');
    await world.db.query('DELETE FROM case_view WHERE case_id = $1', [other]);
    expect((await outsider.get('/reports')).body.items).toEqual([]);
  });

  it('turn pages without losing or repeating a line', async () => {
    const organs = ['organ-0002', 'organ-0003'];
    for (const organ of organs) {
      const body = {
        document: randomUUID(),
        organ,
        year: 2020,
        state: 'draft',
        revision: 0,
        errors: 0,
        warnings: 0,
      } as const;
      await hear('drafting.report-changed', body);
    }
    const reader = await signedIn('drafter');
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await reader.get(`/reports?limit=1${next === '' ? '' : `&cursor=${next}`}`);
      seen.push(...body.items.map((item: { organ: string }) => item.organ));
      next = body.next;
    }
    expect(seen.toSorted()).toEqual(['organ-0001', ...organs]);
    expect((await reader.get('/reports?cursor=x')).body.code).toBe('malformed');
  });

  it('show alarms to administrators only, and which services could not be asked', async () => {
    await raiseAlarm(world.db, 'packet_forged', { job: 'x' });
    const { body } = await (await signedIn('admin.one')).get('/alarms');
    expect(body.items).toContainEqual(expect.objectContaining({ service: 'gateway', kind: 'packet_forged' }));
    expect(body.items).toContainEqual(expect.objectContaining({ service: 'review', kind: 'service_unavailable' }));
    expect((await (await signedIn('drafter')).get('/alarms')).status).toBe(403);
  });
});

describe('who has a report open', () => {
  it('is known to every gateway process, and forgotten by all when he leaves', async () => {
    const feeds = [new ChangeFeed(world.ports), new ChangeFeed(world.ports)] as const;
    const [here, there] = feeds;
    await Promise.all(feeds.map((feed) => feed.onApplicationBootstrap()));
    const document = randomUUID();
    const seenThere = () => there.present({ document, person: 'li', chapter: 1 });
    await here.present({ document, person: 'wang', chapter: 3 });
    await eventually('the other process has heard of it', async () => {
      const others = await seenThere();
      return others.some(({ person, chapter }) => person === 'wang' && chapter === 3) ? true : undefined;
    });
    expect(await there.present({ document: randomUUID(), person: 'li', chapter: 1 })).toEqual([]);
    await here.present({ document, person: 'wang', chapter: null });
    await eventually('he is gone there, too', async () => ((await seenThere()).length === 0 ? true : undefined));
    await Promise.all(feeds.map((feed) => feed.onModuleDestroy()));
  });
});
