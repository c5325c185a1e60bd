import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { CallerStatement } from '#evidence/statements';
import { CALLER_HEADER, signCaller } from '#service-runtime/caller-assertion';
import { Log } from '#service-runtime/log';
import type { ServicePorts } from '#service-runtime/ports';
import type { Readiness } from '#service-runtime/readiness';
import { ServiceModule } from '#service-runtime/service.module';
import { ReviewController } from '../../apps/review/src/review.controller.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { callerOf, gatewaySigner, type Person, SignoffWorld, type Submitted } from '../support/signoff-world.js';

let database: TestDatabase;
let world: SignoffWorld;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
  const ports: ServicePorts = {
    ...world.portsOf('review'),
    service: 'review',
    db: world.legs.review,
    epoch: randomUUID(),
    environment: {} as ServicePorts['environment'],
    log: new Log('review', 'error'),
  };
  const parts = { ports, readiness: {} as Readiness, controllers: [ReviewController], providers: [], imports: [] };
  const module = await Test.createTestingModule({ imports: [ServiceModule.of(parts)] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
    rawBody: true,
    logger: ports.log,
  });
  app.useGlobalPipes(new StandardSchemaValidationPipe());
  await app.init();
}, 60_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
  await database?.drop();
});

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
): Promise<Answered> {
  const payload = body === undefined ? '' : JSON.stringify(body);
  const method = body === undefined ? 'GET' : 'POST';
  const statement = callerOf('review', path, person, Buffer.from(payload), { method, ...changes });
  const headers = {
    [CALLER_HEADER]: signCaller(gatewaySigner, statement),
    ...(body ? { 'content-type': 'application/json' } : {}),
  };
  const reply = await app.inject({ method, url: path, headers, ...(body ? { payload } : {}) });
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
