import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NO_REPORT } from '#ledger/record-entry';
import { gateway } from '../../apps/gateway/src/service-definition.js';
import { type People, signable, signInAll, type Submitted, submitReport } from '../support/chain.js';
import { Client, type Reply } from '../support/client.js';
import { changingRoutesOf } from '../support/controller-routes.js';
import { bodyFor, type Components, describedRoutes, type Facts, type Route } from '../support/described-routes.js';
import { testDistrict } from '../support/district.js';
import { settled } from '../support/settled.js';
import { startSystem, type System } from '../support/system.js';

jest.setTimeout(180_000);

// Every route of the gateway that changes something, from its own router: a new one is held to all of this without being named here.
// What is named are the exceptions.

/** Nobody is signed in there yet, or never will be. */
const OPEN = [
  'POST /api/v1/session',
  'POST /api/v1/setup',
  'POST /api/v1/opinions-by-link',
  'POST /api/v1/opinions-by-link/questions',
];
/** What everybody may do, to what is his own alone. */
const OWN = [
  'POST /api/v1/session/step-up',
  'POST /api/v1/session/password',
  'DELETE /api/v1/session',
  'PUT /api/v1/notices/settings',
  'POST /api/v1/notices/read',
  'POST /api/v1/passkeys/options',
  'POST /api/v1/passkeys',
];
/** Several in one request: each is answered by itself. */
const MANY = 'POST /api/v1/signatures';
/** Nothing is sent but the address. */
const WITHOUT_BODY = [
  'DELETE /api/v1/session',
  'DELETE /api/v1/sessions/{session}',
  'POST /api/v1/notices/{notice}/read',
];

/** They take turns at what cannot be read: of one person's, so many in a minute are looked at. */
const SENDERS = ['drafter', 'principal', 'countersigner', 'deputy-leader', 'principal.two'];

let system: System;
let people: People;
let routes: readonly Route[];
let components: Components;
let facts: Facts;
let of: Submitted;

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const guarded = (): Route[] => routes.filter((route) => !OPEN.includes(nameOf(route)));
/** What fits the route. A return names no stage, the other acts a person. */
const sent = ({ body, path }: Route): object =>
  bodyFor(body, components, path.endsWith('/returns') ? { ...facts, to: null } : facts) as object;
const addressed = ({ path }: Route, ids: Facts): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(ids[name] ?? ids['case']));
const ask = (client: Client, route: Route, body: object | undefined, ids: Facts = facts): Promise<Reply> =>
  client.send(route.method, addressed(route, ids), route.body === undefined ? undefined : body, {
    'idempotency-key': randomUUID(),
  });

beforeAll(async () => {
  system = await startSystem({ backend: 'postgres', district: testDistrict(2) });
  people = await signInAll(system.gatewayUrl, system.accounts);
  const described = await describedRoutes(people['outsider']!);
  routes = described.routes.filter(({ method }) => method !== 'GET');
  components = described.components;
  of = await submitReport(people, 'organ-0001');
  const open = await signable(people['first-reviewer']!, 'review', of.case);
  facts = {
    ...of,
    seat: open.seat,
    statement: open.digest,
    checked: [],
    edition: 1,
    revision: 1,
    digest: of.content,
    year: 2020,
    kind: 'correct',
    // What a description of shapes cannot say.
    bytes: Buffer.from('一、总体情况').toString('base64'),
    report: {},
    values: {},
    passkey: undefined,
    to: of.case,
    role: 'principal',
    until: '2027-02-01T00:00:00.000Z',
    login: 'drafter',
    channel: 'site',
    address: 'https://www.example.gov.cn/xxgk/1.html',
    code: 'organ-0009',
    parent: null,
  };
}, 120_000);
afterAll(() => system?.stop(), 60_000);

/** A refusal somebody can do something with. */
function expectTold(reply: Reply, what: string): void {
  const told = { what, code: reply.body.code, detail: reply.body.detail, detailEn: reply.body.detailEn };
  expect(told).toEqual({
    what,
    code: expect.stringMatching(/^[a-z_]+$/),
    detail: expect.stringMatching(/\p{Script=Han}/u),
    detailEn: expect.stringMatching(/^[^\p{Script=Han}]*[a-z]/u),
  });
}

describe('every route of the gateway that changes something', () => {
  it('is in the description the tests below go by', () => {
    const served = gateway.controllers
      .flatMap(changingRoutesOf)
      .map((path) => `/${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(routes.map(({ path }) => path).toSorted()).toEqual(served.toSorted());
    for (const name of [...OPEN, ...OWN, ...WITHOUT_BODY, MANY]) expect(routes.map(nameOf)).toContain(name);
  });

  it('says what is sent to it, but for the addresses that say it all', () => {
    expect(
      routes
        .filter(({ body }) => body === undefined)
        .map(nameOf)
        .toSorted(),
    ).toEqual(WITHOUT_BODY.toSorted());
  });

  it('wants a session: 401 without one, and with one that is none', async () => {
    for (const route of guarded())
      for (const client of [new Client(system.gatewayUrl), new Forged(system.gatewayUrl)]) {
        const reply = await ask(client, route, sent(route));
        expect({ route: nameOf(route), status: reply.status, code: reply.body.code }).toEqual({
          route: nameOf(route),
          status: 401,
          code: 'not_signed_in',
        });
        expectTold(reply, nameOf(route));
      }
  });

  it('takes nothing from somebody without a right to it, changes nothing, and answers as if there were no such thing', async () => {
    await settled(system);
    const before = await everything();
    const outsider = people['outsider']!;
    for (const route of guarded()) {
      if (OWN.includes(nameOf(route)) || nameOf(route) === MANY) continue;
      const reply = await ask(outsider, route, sent(route));
      const refused = { route: nameOf(route), code: reply.body.code, errors: reply.body.errors };
      expect({ ...refused, isRefused: [403, 404].includes(reply.status) }).toEqual({ ...refused, isRefused: true });
      expectTold(reply, nameOf(route));
      if (!route.path.includes('{')) continue;
      const nowhere = await ask(outsider, route, sent(route), { case: randomUUID(), channel: 'site', round: 1 });
      expect({ route: nameOf(route), ...unsaid(reply) }).toEqual({ route: nameOf(route), ...unsaid(nowhere) });
    }
    const item = { leg: 'review', case: of.case, seat: facts['seat'], statement: facts['statement'], checked: [] };
    const many = await outsider.send('POST', '/api/v1/signatures', { items: [item] }, { 'idempotency-key': 'many' });
    expect(many.body).toMatchObject({ results: [{ signed: false, problem: { code: 'not_found', status: 404 } }] });
    await settled(system);
    expect(await everything()).toEqual(before);
  });

  it('takes no form that does not fit and no field it does not know, says so in both languages, and writes it down', async () => {
    const before = await entered();
    const expected: string[] = [];
    for (const [index, route] of routes.entries()) {
      if (route.body === undefined) continue;
      for (const [turn, body] of [{ nonsense: [1] }, { ...sent(route), force: true }].entries()) {
        const sender = SENDERS[(index * 2 + turn) % SENDERS.length]!;
        const reply = await ask(people[sender]!, route, body);
        const what = `${nameOf(route)} ${turn === 0 ? 'with nonsense' : 'with a field more'}`;
        expect({ what, status: reply.status, code: reply.body.code }).toEqual({ what, status: 400, code: 'malformed' });
        expectTold(reply, what);
        expect({ what, errors: JSON.stringify(reply.body.errors) }).toEqual({
          what,
          errors: expect.stringMatching(turn === 0 ? /nonsense/ : /force/),
        });
        if (!OPEN.includes(nameOf(route))) expected.push(nameOf(route));
      }
    }
    const left = (await entered()).slice(before.length);
    expect(left.map(({ outcome }) => outcome)).toEqual(expected.map(() => 'malformed'));
    expect(left.map(({ request: { method, path } }) => `${method} ${path.replaceAll(ID, '{}')}`)).toEqual(
      expected.map((route) => route.replaceAll(/\{\w+\}/g, '{}')),
    );
    expect(JSON.stringify(left)).not.toContain('nonsense');
  });

  it('finds nothing under an id nobody gave', async () => {
    for (const [index, route] of guarded().entries()) {
      if (!route.path.includes('{')) continue;
      const sender = people[/directory|route-templates/.test(route.path) ? 'admin.one' : 'drafter']!;
      const body = sent(route);
      const reply = await ask(sender, route, body, { case: randomUUID() });
      const about = { route: nameOf(route), code: reply.body.code, errors: reply.body.errors };
      expect({ ...about, status: reply.status }).toEqual({ ...about, status: 404 });
      expectTold(reply, nameOf(route));
      const odd = await ask(people[SENDERS[index % SENDERS.length]!]!, route, body, { case: 'no-id' });
      expect({ route: nameOf(route), told: [400, 403, 404].includes(odd.status) }).toEqual({
        route: nameOf(route),
        told: true,
      });
      expectTold(odd, nameOf(route));
    }
  });
});

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Whoever makes a session up. */
class Forged extends Client {
  override send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return super.send(method, path, body, { ...headers, cookie: `sunward=${'x'.repeat(43)}` });
  }
}

/** What an answer says, without what is said of this very request. */
function unsaid({ status, body }: Reply): object {
  const { correlationId: _request, ...rest } = body as Record<string, unknown>;
  return { status, body: rest };
}

/**
 * Every row that people's commands change, in every service; what a refused command leaves is not among it,
 * nor how often a case was locked, nor what sweeps do in their own time.
 */
async function everything(): Promise<unknown> {
  const own =
    /\.(?:ledger_\w+|outbox\w*|inbox\w*|command|session|log_\w+|public_checkpoint|notice\w*|schema_migration\w*|migrations|alarm|sign_in_\w+)$/;
  const tables = await system.sql(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
     WHERE table_schema IN ('gateway', 'drafting', 'review', 'approval', 'publication') AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const names = tables.map(({ name }) => String(name)).filter((name) => !own.test(name));
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => {
        const [row] = await system.sql(
          `SELECT md5(coalesce(string_agg(r, E'\\n' ORDER BY r), '')) AS sum FROM (SELECT (to_jsonb(t) - 'turn')::text AS r FROM ${name} t) q`,
        );
        return [name, row?.['sum']] as const;
      }),
    ),
  );
}

interface Entered {
  readonly outcome: string;
  readonly request: { readonly method: string; readonly path: string };
}

/** What the gateway wrote down of commands refused at its door, in order. */
async function entered(): Promise<Entered[]> {
  const found = await system.sql(
    `SELECT convert_from(e.bytes, 'UTF8')::json->>'outcome' AS outcome, convert_from(b.bytes, 'UTF8') AS body
     FROM gateway.ledger_entry e JOIN gateway.ledger_body b ON b.digest = convert_from(e.bytes, 'UTF8')::json->'digests'->>'events'
     WHERE e.report = $1 AND convert_from(e.bytes, 'UTF8')::json->>'action' = 'gateway.command' ORDER BY e.seq`,
    [NO_REPORT],
  );
  return found.map(({ outcome, body }) => ({
    outcome: String(outcome),
    ...(JSON.parse(String(body)) as Pick<Entered, 'request'>),
  }));
}
