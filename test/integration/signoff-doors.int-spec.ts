import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StandardSchemaValidationPipe, type Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { CallerStatement, Leg } from '#evidence/statements';
import { NO_REPORT } from '#ledger/record-entry';
import { rows } from '#persistence/sql';
import { CALLER_HEADER, signCaller } from '#service-runtime/caller-assertion';
import { Log } from '#service-runtime/log';
import type { ServicePorts } from '#service-runtime/ports';
import type { Readiness } from '#service-runtime/readiness';
import { ServiceModule } from '#service-runtime/service.module';
import { approvalActs, legActs } from '#signoff/leg-acts';
import { ApprovalController } from '../../apps/approval/src/approval.controller.js';
import { ReviewController } from '../../apps/review/src/review.controller.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import {
  callerOf,
  gatewaySigner,
  PEOPLE,
  type Person,
  SignoffWorld,
  type Submitted,
} from '../support/signoff-world.js';

let database: TestDatabase;
let world: SignoffWorld;
let doors: Readonly<Record<Leg, NestFastifyApplication>>;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
  doors = { review: await doorOf('review', ReviewController), approval: await doorOf('approval', ApprovalController) };
}, 60_000);
afterAll(async () => {
  await Promise.all([doors?.review.close(), doors?.approval.close()]);
  await world?.close();
  await database?.drop();
});

/** The private door of a leg's service, as it starts it. */
async function doorOf(leg: Leg, controller: Type): Promise<NestFastifyApplication> {
  const ports: ServicePorts = {
    ...world.portsOf(leg),
    service: leg,
    db: world.legs[leg],
    epoch: randomUUID(),
    environment: {} as ServicePorts['environment'],
    log: new Log(leg, 'error'),
  };
  const parts = { ports, readiness: {} as Readiness, controllers: [controller], providers: [], imports: [] };
  const module = await Test.createTestingModule({ imports: [ServiceModule.of(parts)] }).compile();
  const door = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
    rawBody: true,
    logger: ports.log,
  });
  door.useGlobalPipes(new StandardSchemaValidationPipe());
  await door.init();
  return door;
}

interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: Record<string, unknown>;
}

/** Sends a request with the gateway's assertion for it; `changes` alter the assertion. */
async function ask(
  path: string,
  person: Person,
  body?: object,
  changes: Partial<CallerStatement> = {},
  leg: Leg = 'review',
): Promise<Answered> {
  const payload = body === undefined ? '' : JSON.stringify(body);
  const method = body === undefined ? 'GET' : 'POST';
  const statement = callerOf(leg, path, person, Buffer.from(payload), { method, ...changes });
  const headers = {
    [CALLER_HEADER]: signCaller(gatewaySigner, statement),
    ...(body ? { 'content-type': 'application/json' } : {}),
  };
  const reply = await doors[leg].inject({ method, url: path, headers, ...(body ? { payload } : {}) });
  return { status: reply.statusCode, type: String(reply.headers['content-type']), body: reply.json() };
}

const pathOf = (submitted: Submitted, act = ''): string => `/review-cases/${submitted.case}${act}`;

describe('the review leg over HTTP', () => {
  it('shows what the person would sign, takes the signature once, and answers a repetition alike', async () => {
    const submitted = await world.submit();
    const seen = await ask(pathOf(submitted), 'reviewer');
    expect(seen).toMatchObject({ status: 200, body: { state: 'in-review', stage: 'first-review', round: 1 } });
    const [signable] = seen.body['signable'] as { seat: string; digest: string }[];
    const body = { seat: signable?.seat, statement: signable?.digest };
    expect(await ask(pathOf(submitted, '/signatures'), 'reviewer', body)).toMatchObject({
      body: { code: 'not_viewed' },
    });
    const content = { content: submitted.content };
    expect(await ask(pathOf(submitted, '/views'), 'reviewer', content)).toMatchObject({ status: 200 });
    const key = randomUUID();
    const first = await ask(pathOf(submitted, '/signatures'), 'reviewer', body, { key });
    expect(first).toMatchObject({ status: 200, body: { leg: 'review', state: 'cleared', stage: null } });
    expect(await ask(pathOf(submitted, '/signatures'), 'reviewer', body, { key })).toEqual(first);
    expect(await ask(pathOf(submitted, '/signatures'), 'reviewer', body)).toMatchObject({
      status: 409,
      type: expect.stringContaining('application/problem+json'),
      body: { code: 'passed_on' },
    });
  });

  it('shows the drafter the state and nothing to sign', async () => {
    const submitted = await world.submit();
    expect(await ask(pathOf(submitted), 'drafter')).toMatchObject({ status: 200, body: { signable: [], ended: null } });
  });

  it('takes a return with its reason and a withdrawal by the submitter', async () => {
    const first = await world.submit();
    const { seat } = await world.signable('review', first, 'reviewer');
    const back = { seat, content: first.content, reason: '表二有误', place: 't2' };
    expect(await ask(pathOf(first, '/returns'), 'reviewer', back)).toMatchObject({ body: { state: 'returned' } });
    expect((await ask(pathOf(first), 'drafter')).body['ended']).toMatchObject({
      kind: 'returned',
      place: 't2',
      reason: '表二有误',
    });
    const second = await world.submit();
    const end = { content: second.content, reason: '另有安排' };
    expect(await ask(pathOf(second, '/withdrawal'), 'reviewer', end)).toMatchObject({
      body: { code: 'not_submitter' },
    });
    expect(await ask(pathOf(second, '/withdrawal'), 'drafter', end)).toMatchObject({ body: { state: 'withdrawn' } });
  });

  it.each<[string, number, string, Partial<CallerStatement>]>([
    ['an old step-up', 403, 'step_up_required', { stepUpAt: null }],
    ['no idempotency key', 400, 'key_required', { key: null }],
    ['an assertion for another body', 401, 'caller_not_proved', { body: 'a'.repeat(64) as CallerStatement['body'] }],
    ['an assertion for another path', 401, 'caller_not_proved', { path: `/review-cases/${randomUUID()}/signatures` }],
    ['an assertion for another service', 401, 'caller_not_proved', { audience: 'approval' }],
  ])('refuses a signature with %s', async (_what, status, code, changes) => {
    const submitted = await world.submit();
    const shown = await world.signable('review', submitted, 'reviewer');
    expect(await ask(pathOf(submitted, '/signatures'), 'reviewer', shown, changes)).toMatchObject({
      status,
      body: { code },
    });
    expect(await world.state('review', submitted)).toMatchObject({ state: 'in-review' });
  });

  it('refuses unknown fields, and knows no case the person may not see or that has no id', async () => {
    const submitted = await world.submit();
    const shown = await world.signable('review', submitted, 'reviewer');
    const odd = { ...shown, force: true };
    expect(await ask(pathOf(submitted, '/signatures'), 'reviewer', odd)).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
    const hidden = [
      await ask(pathOf(submitted), 'stranger'),
      await ask(pathOf(submitted, '/signatures'), 'stranger', shown),
      await ask(`/review-cases/${randomUUID()}`, 'reviewer'),
      await ask('/review-cases/no-case', 'reviewer'),
      await ask(pathOf(submitted).toUpperCase().replace('/REVIEW-CASES', '/review-cases'), 'reviewer'),
    ];
    for (const answer of hidden) expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

describe('whoever names a principal he does not act for', () => {
  it.each(['signatures', 'returns'])('learns by %s of no case, no seat and no person', async (act) => {
    const submitted = await world.submit();
    const { seat, statement } = await world.signable('review', submitted, 'reviewer');
    const what = act === 'returns' ? { content: submitted.content, reason: '表二有误', place: null, to: null } : {};
    const guess = async (
      of: Pick<Submitted, 'case'>,
      guessed: string,
      onBehalfOf: string | null,
    ): Promise<Omit<Answered, 'type'>> => {
      const path = `/review-cases/${of.case}/${act}`;
      const signed = act === 'returns' ? {} : { statement };
      const { status, body } = await ask(path, 'stranger', { seat: guessed, ...signed, ...what, onBehalfOf });
      const { correlationId: _request, ...told } = body;
      return { status, body: told };
    };
    const nowhere = await guess({ case: randomUUID() }, randomUUID(), randomUUID());
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'not_found' } });
    for (const guessed of [seat, randomUUID()])
      for (const principal of [PEOPLE.reviewer, PEOPLE.drafter, PEOPLE.counsel, randomUUID(), null])
        expect(await guess(submitted, guessed, principal)).toEqual(nowhere);
    expect(await world.state('review', submitted)).toMatchObject({ state: 'in-review' });
  });
});

describe.each<Leg>(['review', 'approval'])('a command refused at the door of the %s leg', (leg) => {
  interface Left {
    readonly entry: Readonly<Record<string, unknown>>;
    readonly body: unknown;
  }

  /** The entries under no report, with what stands beside each. */
  const entries = async (): Promise<Left[]> => {
    const found = await rows<{ entry: string; body: string | null }>(
      world.legs[leg],
      `SELECT convert_from(e.bytes, 'UTF8') AS entry, convert_from(b.bytes, 'UTF8') AS body FROM ledger_entry e
       LEFT JOIN ledger_body b ON b.digest = convert_from(e.bytes, 'UTF8')::json->'digests'->>'events'
       WHERE report = $1 ORDER BY seq`,
      [NO_REPORT],
    );
    return found.map(({ entry, body }) => ({
      entry: JSON.parse(entry) as Left['entry'],
      body: JSON.parse(body ?? 'null') as unknown,
    }));
  };
  const leftBy = async (act: () => Promise<Answered>): Promise<{ answer: Answered; left: Left[] }> => {
    const before = (await entries()).length;
    return { answer: await act(), left: (await entries()).slice(before) };
  };
  const acting = leg === 'review' ? 'reviewer' : 'principalOne';
  const path = (submitted: Submitted, act: string): string => `/${leg}-cases/${submitted.case}/${act}`;

  it.each(Object.entries(leg === 'review' ? legActs : approvalActs))(
    '%s: leaves one entry with person, code, case and path when the form does not fit, and changes nothing',
    async (act) => {
      const submitted = await world.inApproval();
      const before = await world.state(leg, submitted);
      const { answer, left } = await leftBy(() => ask(path(submitted, act), acting, { odd: '手机号码' }, {}, leg));
      expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } });
      expect(left).toEqual([
        {
          entry: expect.objectContaining({
            actor: PEOPLE[acting],
            action: `${leg}.command`,
            outcome: 'malformed',
            report: NO_REPORT,
            case: submitted.case,
            requestId: answer.body['correlationId'],
          }),
          body: { request: { method: 'POST', path: path(submitted, act) } },
        },
      ]);
      expect(await world.state(leg, submitted)).toEqual(before);
    },
  );

  it('leaves one entry when its key was used for something else', async () => {
    const submitted = await world.inApproval();
    const key = randomUUID();
    const view = { content: submitted.content };
    expect((await ask(path(submitted, 'views'), acting, view, { key }, leg)).status).toBe(200);
    const other = { content: 'b'.repeat(64) };
    const { answer, left } = await leftBy(() => ask(path(submitted, 'views'), acting, other, { key }, leg));
    expect(answer).toMatchObject({ status: 422, body: { code: 'key_reused' } });
    expect(left).toMatchObject([{ entry: { actor: PEOPLE[acting], outcome: 'key_reused', case: submitted.case } }]);
  });

  it('leaves one entry without a key, and none when nobody is proved to have sent it', async () => {
    const submitted = await world.inApproval();
    const view = { content: submitted.content };
    const keyless = await leftBy(() => ask(path(submitted, 'views'), acting, view, { key: null }, leg));
    expect(keyless.left).toMatchObject([{ entry: { outcome: 'key_required' } }]);
    const unproved = await leftBy(() => ask(path(submitted, 'views'), acting, {}, { path: '/elsewhere' }, leg));
    expect(unproved.answer.status).toBe(401);
    expect(unproved.left).toEqual([]);
  });

  it('is looked at no more after sixty of one person in a minute; what fits still is', async () => {
    const submitted = await world.inApproval();
    const view = { content: submitted.content };
    const answers = new Map<string, number>();
    const { left } = await leftBy(async () => {
      let last = await ask(path(submitted, 'views'), 'principalThree', {}, {}, leg);
      for (let n = 1; n < 70; n += 1) {
        answers.set(String(last.body['code']), (answers.get(String(last.body['code'])) ?? 0) + 1);
        last = await ask(path(submitted, 'views'), 'principalThree', {}, {}, leg);
      }
      return last;
    });
    expect(Object.fromEntries(answers)).toEqual({ malformed: 60, too_many_attempts: 9 });
    expect(left).toHaveLength(60);
    const fits = await ask(path(submitted, 'views'), 'principalThree', view, {}, leg);
    expect(fits.status).toBe(200);
  });
});
