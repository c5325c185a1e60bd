import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { instant, plusSeconds } from '#domain/instant';
import { nodeCrypto, signerFromPem, generateKeyPem } from '#evidence/node-crypto';
import { toBase64 } from '#evidence/base64';
import type { FirstTrust } from '#evidence/trust';
import { happenedTo, replay } from '#ledger/replay';
import { NO_REPORT } from '#ledger/record-entry';
import { rows } from '#persistence/sql';
import { CALLER_HEADER, signCaller } from '#service-runtime/caller-assertion';
import { Log } from '#service-runtime/log';
import type { ServicePorts } from '#service-runtime/ports';
import type { Readiness } from '#service-runtime/readiness';
import { ServiceModule } from '#service-runtime/service.module';
import { installationCalendar } from '#signoff/installation-calendar';
import { FileReader } from '../../apps/drafting/src/imports/file-reader.js';
import { PublicActsController } from '../../apps/drafting/src/public-acts.controller.js';
import { ReportsController } from '../../apps/drafting/src/reports.controller.js';
import { explanationsOf } from '../support/chain.js';
import { changingRoutesOf } from '../support/controller-routes.js';
import { DraftingWorld, PEOPLE, sampleWith, type Who } from '../support/drafting-world.js';

const ORGANS = Array.from({ length: 24 }, (_, n) => `organ-${n}`);
const gateway = signerFromPem(generateKeyPem());

let world: DraftingWorld;
let app: NestFastifyApplication;
beforeAll(async () => {
  world = await DraftingWorld.open(ORGANS);
  const known = world.ports.trust as FirstTrust;
  const trust = { ...known, services: { ...known.services, gateway: toBase64(gateway.publicKey.bytes) } };
  const log = new Log('drafting', 'error');
  log.fault = () => undefined; // refused commits are what these tests are about
  const environment = {} as ServicePorts['environment'];
  const ports: ServicePorts = {
    ...world.ports,
    trust,
    db: world.db,
    calendar: installationCalendar(null),
    environment,
    log,
  };
  const parts = {
    ports,
    readiness: {} as Readiness,
    controllers: [ReportsController, PublicActsController],
    providers: [FileReader],
    imports: [],
  };
  const module = await Test.createTestingModule({ imports: [ServiceModule.of(parts)] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ bodyLimit: 8_000_000 }), {
    rawBody: true,
    logger: log,
  });
  app.useGlobalPipes(new StandardSchemaValidationPipe());
  await app.init();
}, 60_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

interface Answered {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are read field by field
  readonly body: any;
}

/** Sends a command as the gateway passes it on. */
async function send(
  path: string,
  who: Who,
  body: object,
  key: string = randomUUID(),
  signedPath = path,
): Promise<Answered> {
  const payload = JSON.stringify(body);
  const now = instant(new Date());
  const statement = {
    person: PEOPLE[who],
    session: randomUUID(),
    stepUpAt: null,
    audience: 'drafting',
    method: 'POST',
    path: signedPath,
    body: nodeCrypto.sha256(Buffer.from(payload)),
    key,
    correlationId: randomUUID(),
    issuedAt: now,
    expiresAt: plusSeconds(now, 30),
  };
  const headers = { [CALLER_HEADER]: signCaller(gateway, statement), 'content-type': 'application/json' };
  const reply = await app.inject({ method: 'POST', url: path, headers, payload });
  return { status: reply.statusCode, body: reply.json() };
}

interface Entry {
  readonly report: string;
  readonly actor: string;
  readonly action: string;
  readonly outcome: string;
  readonly digests: Readonly<Record<string, string>>;
}

const entries = async (): Promise<Entry[]> =>
  (await rows<{ bytes: Buffer }>(world.db, 'SELECT bytes FROM ledger_entry ORDER BY at, seq')).map(
    ({ bytes }) => JSON.parse(bytes.toString('utf8')) as Entry,
  );

/** What stands beside an entry. */
async function kept({ digests }: Entry): Promise<{ bodies: unknown[] }> {
  const found = await rows<{ bytes: Buffer }>(world.db, 'SELECT bytes FROM ledger_body WHERE digest = $1', [
    digests['events'],
  ]);
  return { bodies: found.map(({ bytes }) => JSON.parse(bytes.toString('utf8')) as unknown) };
}

/** The entries an act left. */
async function leftBy(act: () => Promise<Answered>): Promise<{ answer: Answered; left: Entry[] }> {
  const before = new Set((await entries()).map((entry) => JSON.stringify(entry)));
  const answer = await act();
  return { answer, left: (await entries()).filter((entry) => !before.has(JSON.stringify(entry))) };
}

const file = (bytes = sampleWith('', '')): object => ({
  baseRevision: 0,
  fileName: '年度报告.txt',
  bytes: Buffer.from(bytes).toString('base64'),
});

/** A fresh report of an organ nobody used, written once. */
let used = 0;
async function written(): Promise<string> {
  const document = await world.start(ORGANS[used++]!);
  await world.write(document, sampleWith('', ''));
  return document;
}

async function submission(document: string): Promise<object> {
  const { revision, digest, checks } = await world.view(document);
  return { revision, digest, notBefore: null, explanations: explanationsOf(checks), kind: 'publish', reason: null };
}

async function live(): Promise<string> {
  const document = await written();
  const submitted = await world.submit(document);
  if ('refused' in submitted) throw new Error(submitted.refused);
  await world.took('live', submitted);
  return document;
}

/** For every state-changing route an accepted and a refused request: [path, body], given a way to make a report. */
const ACTS: Record<
  string,
  { accepted: () => Promise<[string, object]>; refused: () => Promise<[string, object, Who?]> }
> = {
  reports: {
    accepted: async () => ['/reports', { organ: ORGANS[used++]!, year: 2020 }],
    refused: async () => ['/reports', { organ: ORGANS[0]!, year: 2020 }, 'stranger'],
  },
  'reports/:document/imports': {
    accepted: async () => [`/reports/${await world.start(ORGANS[used++]!)}/imports`, file()],
    refused: async () => [`/reports/${await world.start(ORGANS[used++]!)}/imports`, file(new Uint8Array([1, 2, 3]))],
  },
  'reports/:document/revisions': {
    accepted: async () => {
      const document = await written();
      const { report, revision } = await world.view(document);
      return [`/reports/${document}/revisions`, { baseRevision: revision, report }];
    },
    refused: async () => [`/reports/${randomUUID()}/revisions`, { baseRevision: 0, report: {} }],
  },
  'reports/:document/submissions': {
    accepted: async () => {
      const document = await written();
      return [`/reports/${document}/submissions`, await submission(document)];
    },
    refused: async () => {
      const document = await written();
      return [`/reports/${document}/submissions`, { ...(await submission(document)), digest: 'a'.repeat(64) }];
    },
  },
  'reports/:document/corrections': {
    accepted: async () => [`/reports/${await live()}/corrections`, {}],
    refused: async () => [`/reports/${randomUUID()}/corrections`, {}],
  },
  'reports/:document/corrections/places': {
    accepted: async () => {
      const document = await live();
      await world.correct(document, 'drafter', ['title']);
      return [`/reports/${document}/corrections/places`, { place: 'preface', reason: '前言里的电话也已更换。' }];
    },
    refused: async () => [`/reports/${await live()}/corrections/places`, { place: 'preface', reason: null }],
  },
  'reports/:document/withdrawals': {
    accepted: async () => {
      const document = await live();
      const { public: now } = await world.view(document);
      const seen = { edition: now?.edition, content: now?.content, reason: '误发，予以撤回。' };
      return [`/reports/${document}/withdrawals`, seen];
    },
    refused: async () => [
      `/reports/${randomUUID()}/withdrawals`,
      { edition: 1, content: 'a'.repeat(64), reason: '误发，予以撤回。' },
    ],
  },
};
/** Routes without an accepted request here: what follows from an emergency by itself is accepted elsewhere. */
const REFUSED_ONLY: Record<string, () => Promise<[string, object]>> = {
  'reports/:document/ratifications': async () => [
    `/reports/${randomUUID()}/ratifications`,
    { edition: 1, content: 'a'.repeat(64) },
  ],
};
/** Reads a file and keeps nothing. */
const NO_CHANGE = ['reports/:document/readings'];

describe('every state-changing route of drafting', () => {
  it('is known here', () => {
    const routes = [ReportsController, PublicActsController].flatMap(changingRoutesOf);
    expect(routes.toSorted()).toEqual([...Object.keys(ACTS), ...Object.keys(REFUSED_ONLY), ...NO_CHANGE].toSorted());
  });

  it.each(Object.entries(ACTS))(
    '%s leaves exactly one entry when accepted, and none when repeated',
    async (_route, { accepted }) => {
      const [path, body] = await accepted();
      const key = randomUUID();
      const { answer, left } = await leftBy(() => send(path, 'drafter', body, key));
      expect(answer).toMatchObject({ status: 200 });
      expect(left).toHaveLength(1);
      expect(left[0]).toMatchObject({ actor: PEOPLE.drafter, outcome: 'accepted', report: answer.body.document });
      const again = await leftBy(() => send(path, 'drafter', body, key));
      expect(again.answer).toEqual(answer);
      expect(again.left).toEqual([]);
    },
  );

  it.each([
    ...Object.entries(ACTS).map(([route, { refused }]) => [route, refused] as const),
    ...Object.entries(REFUSED_ONLY),
  ])('%s leaves exactly one entry when refused', async (_route, refused) => {
    const [path, body, who = 'drafter'] = await refused();
    const { answer, left } = await leftBy(() => send(path, who, body));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(left).toHaveLength(1);
    expect(left[0]).toMatchObject({ actor: PEOPLE[who], outcome: answer.body.code });
    if (answer.body.code === 'not_found') expect(left[0]!.report).toBe(NO_REPORT);
  });

  it.each(Object.entries(ACTS))(
    '%s leaves exactly one entry when its form does not fit, with the code and the path and nothing that was sent',
    async (_route, { accepted }) => {
      const [path, body] = await accepted();
      const { answer, left } = await leftBy(() => send(path, 'drafter', { ...body, odd: '手机号码' }));
      expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } });
      expect(left).toMatchObject([
        { actor: PEOPLE.drafter, action: 'drafting.command', outcome: 'malformed', report: NO_REPORT, case: null },
      ]);
      const { bodies } = await kept(left[0]!);
      expect(bodies).toEqual([{ request: { method: 'POST', path } }]);
    },
  );

  it('leaves one entry when another command was sent under the same key, and does nothing', async () => {
    const [path, body] = await ACTS['reports']!.accepted();
    const key = randomUUID();
    expect((await send(path, 'drafter', body, key)).status).toBe(200);
    const [, other] = await ACTS['reports']!.accepted();
    const { answer, left } = await leftBy(() => send(path, 'drafter', other, key));
    expect(answer).toMatchObject({ status: 422, body: { code: 'key_reused' } });
    expect(left).toMatchObject([{ actor: PEOPLE.drafter, action: 'drafting.command', outcome: 'key_reused' }]);
  });

  it('leaves none when nobody is proved to have sent it', async () => {
    const path = '/reports';
    const { answer, left } = await leftBy(() => send(path, 'drafter', { odd: 1 }, randomUUID(), '/reports/other'));
    expect(answer).toMatchObject({ status: 401, body: { code: 'caller_not_proved' } });
    expect(left).toEqual([]);
  });

  it('leaves none, and nothing else, when the transaction rolls back', async () => {
    const [path, body] = await ACTS['reports']!.accepted();
    await world.database.sql(`
      CREATE FUNCTION drafting.not_today() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today'; END $$`);
    await world.database.sql(`
      CREATE CONSTRAINT TRIGGER not_today AFTER INSERT ON drafting.command DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION drafting.not_today()`);
    const { answer, left } = await leftBy(() => send(path, 'drafter', body));
    await world.database.sql('DROP TRIGGER not_today ON drafting.command');
    expect(answer.status).toBe(500);
    expect(left).toEqual([]);
    expect((await send(path, 'drafter', body)).status).toBe(200);
  });

  it('does nothing where its entry cannot be written, and answers no refusal either', async () => {
    const [path, body] = await ACTS['reports']!.accepted();
    await world.database.sql('ALTER TABLE drafting.ledger_entry ADD CONSTRAINT nothing_more CHECK (false) NOT VALID');
    const { answer } = await leftBy(() => send(path, 'drafter', body));
    const unread = await send(path, 'drafter', { odd: 1 });
    await world.database.sql('ALTER TABLE drafting.ledger_entry DROP CONSTRAINT nothing_more');
    expect([answer.status, unread.status]).toEqual([500, 500]);
    expect((await send(path, 'drafter', body)).status).toBe(200);
  });
});

interface Changes {
  readonly changes: readonly { readonly table: string; readonly row: Record<string, unknown> }[];
}

it('what is kept beside the entries makes the report’s rows again, as they are', async () => {
  const { answer } = await leftBy(() => send('/reports', 'drafter', { organ: ORGANS[used++]!, year: 2020 }));
  const document = answer.body.document as string;
  await send(`/reports/${document}/imports`, 'drafter', file());
  const { body: submitted } = await send(`/reports/${document}/submissions`, 'drafter', await submission(document));
  await world.took('live', submitted);
  await send(`/reports/${document}/corrections`, 'drafter', { places: ['title'] });
  const second = { place: 'preface', reason: '前言里的电话也已更换。' };
  await send(`/reports/${document}/corrections/places`, 'drafter', second);
  const keyOf: Record<string, readonly string[]> = {
    report: ['id'],
    revision: ['report_id', 'seq'],
    submission: ['case_id', 'round'],
    public_act: ['id'],
    opened_place: ['report_id', 'edition', 'place'],
  };
  const made = replay(await happenedTo(world.db, document), new Map<string, unknown>(), (tables, { body }) => {
    for (const { table, row } of (body as Changes).changes)
      tables.set([table, ...keyOf[table]!.map((column) => String(row[column]))].join(' '), row);
    return tables;
  });
  const stored = await rows<{ table: string; row: unknown }>(
    world.db,
    `SELECT 'report' AS "table", to_jsonb(r) AS row FROM report r WHERE id = $1
     UNION ALL SELECT 'revision', to_jsonb(v) - 'report' FROM revision v WHERE report_id = $1
     UNION ALL SELECT 'submission', to_jsonb(s) FROM submission s WHERE report_id = $1
     UNION ALL SELECT 'public_act', to_jsonb(a) FROM public_act a WHERE report_id = $1
     UNION ALL SELECT 'opened_place', to_jsonb(o) FROM opened_place o WHERE report_id = $1`,
    [document],
  );
  expect(stored.length).toBeGreaterThanOrEqual(3);
  expect([...made.values()]).toEqual(expect.arrayContaining(stored.map(({ row }) => row)));
  expect(made.size).toBe(stored.length);
});
