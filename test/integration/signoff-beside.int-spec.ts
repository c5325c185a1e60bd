import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NestFastifyApplication, FastifyAdapter } from '@nestjs/platform-fastify';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { isRefusal, type Refusal } from '#domain/decision';
import { nodeCrypto } from '#evidence/node-crypto';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { CALLER_HEADER, signCaller } from '#service-runtime/caller-assertion';
import { Log } from '#service-runtime/log';
import type { ServicePorts } from '#service-runtime/ports';
import type { Readiness } from '#service-runtime/readiness';
import { ServiceModule } from '#service-runtime/service.module';
import { giveOpinionByLink } from '#signoff/use-cases/beside-the-case.use-case';
import { viewEdition } from '#signoff/use-cases/view-edition.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { viewQuestion } from '#signoff/use-cases/view-question.use-case';
import { ReviewController } from '../../apps/review/src/review.controller.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { frozenReport } from '../support/notes-world.js';
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
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
  const ports: ServicePorts = {
    ...world.portsOf('review'), service: 'review', db: world.legs.review, epoch: randomUUID(),
    environment: {} as ServicePorts['environment'], log: new Log('review', 'error'),
  }; // prettier-ignore
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

const codeOf = (outcome: unknown): string => (isRefusal(outcome) ? outcome.refused : 'done');
const does = (submitted: Submitted, person: Person, name: string, body: object): Promise<object | Refusal> =>
  world.act('review', submitted, person, name, body);

async function detailFor(submitted: Submitted, person: Person) {
  const detail = await viewLeg(world.legs.review, submitted.case, PEOPLE[person], nodeCrypto);
  if (isRefusal(detail)) throw new Error(detail.refused);
  return detail;
}

describe('an opinion', () => {
  const question = { question: '表二的口径可有不妥？', days: 3 };

  it('is asked of a person, who may then read the case, answers once, and signs nothing by it', async () => {
    const submitted = await world.submit();
    expect(codeOf(await does(submitted, 'counsel', 'consultations', { person: PEOPLE.chief, ...question }))).toBe('not_found'); // prettier-ignore
    const asked = await does(submitted, 'reviewer', 'consultations', { person: PEOPLE.counsel, ...question });
    expect(asked).toMatchObject({ link: null, consultation: expect.any(String) });
    const { consultation } = asked as { consultation: string };
    const [open] = (await detailFor(submitted, 'counsel')).consultations;
    expect(open).toMatchObject({ id: consultation, person: PEOPLE.counsel, opinion: null });
    expect(codeOf(await does(submitted, 'reviewerTwo', 'opinions', { consultation, opinion: '代答。' }))).toBe(
      'not_found',
    );
    expect(codeOf(await does(submitted, 'counsel', 'opinions', { consultation, opinion: '口径无误。' }))).toBe('done');
    expect(codeOf(await does(submitted, 'counsel', 'opinions', { consultation, opinion: '再想。' }))).toBe('consultation_closed'); // prettier-ignore
    const detail = await detailFor(submitted, 'drafter');
    expect(detail.consultations[0]).toMatchObject({ opinion: '口径无误。' });
    expect(detail.seats.every(({ signedBy }) => signedBy === null)).toBe(true);
  });

  it('comes by link from whoever holds it, under his own word for himself, once and in time', async () => {
    const submitted = await world.submit();
    const asked = await does(submitted, 'reviewer', 'consultations', { person: null, ...question });
    const { link, consultation } = asked as { link: string; consultation: string };
    const kept = await rows<{ token: string }>(world.legs.review, 'SELECT token FROM leg_consultation WHERE id = $1', [consultation]); // prettier-ignore
    expect(kept[0]?.token).not.toContain(link);
    const by = { ...proof('stranger'), person: '00000000-0000-0000-0000-000000000000' };
    const give = (secret: string) =>
      runInTransaction(world.legs.review, (tx) =>
        giveOpinionByLink(tx, { link: secret, opinion: '无异议。', name: '王律师' }, by, world.portsOf('review')),
      );
    expect(codeOf(await give('x'.repeat(43)))).toBe('not_found');
    expect(codeOf(await give(link))).toBe('done');
    expect(codeOf(await give(link))).toBe('consultation_closed');
    expect((await detailFor(submitted, 'reviewer')).consultations[0]).toMatchObject({ answeredByName: '王律师' });

    const late = (await does(submitted, 'reviewer', 'consultations', { person: null, ...question })) as { link: string; consultation: string }; // prettier-ignore
    await rows(world.legs.review, `UPDATE leg_consultation SET expires_at = now() WHERE id = $1`, [late.consultation]);
    expect(codeOf(await give(late.link))).toBe('consultation_closed');
  });

  it('by link shows the text until the link expires, and to no other link', async () => {
    const submitted = await world.submit(undefined, {}, null, frozenReport());
    const asked = await does(submitted, 'reviewer', 'consultations', { person: null, ...question });
    const { link, consultation } = asked as { link: string; consultation: string };
    const seen = (secret: string) => viewQuestion(world.legs.review, secret, nodeCrypto);
    expect(await seen(link)).toMatchObject({ question: question.question, answeredAt: null, year: 2020 });
    expect(codeOf(await seen('x'.repeat(43)))).toBe('not_found');
    await rows(world.legs.review, `UPDATE leg_consultation SET expires_at = now() WHERE id = $1`, [consultation]);
    expect(codeOf(await seen(link))).toBe('consultation_closed');
  });
});

describe('a copy', () => {
  it('lets a person read the case and nothing more', async () => {
    const submitted = await world.submit();
    const read = async (): Promise<unknown> => viewLeg(world.legs.review, submitted.case, PEOPLE.stranger, nodeCrypto);
    expect(codeOf(await read())).toBe('not_found');
    expect(codeOf(await does(submitted, 'principalOne', 'copies', { person: PEOPLE.stranger }))).toBe(
      'not_taking_part',
    );
    expect(codeOf(await does(submitted, 'reviewer', 'copies', { person: randomUUID() }))).toBe('target_not_allowed');
    expect(codeOf(await does(submitted, 'reviewer', 'copies', { person: PEOPLE.stranger }))).toBe('done');
    expect(await read()).toMatchObject({ signable: [], copies: [{ person: PEOPLE.stranger, by: PEOPLE.reviewer }] });
    const seat = (await detailFor(submitted, 'reviewer')).seats[0]?.seat ?? '';
    const back = { seat, content: submitted.content, reason: '不妥' };
    expect(codeOf(await does(submitted, 'stranger', 'returns', back))).toBe('not_eligible');
  });
});

describe('whoever is let into a case', () => {
  const reads = async (leg: 'review' | 'approval', submitted: Submitted, person: Person) => [
    codeOf(await viewLeg(world.legs[leg], submitted.case, PEOPLE[person], nodeCrypto)),
    codeOf(await viewEdition(world.legs[leg], submitted.case, PEOPLE[person])),
  ];

  it('in one leg reads the other as well, the text too, and no other case', async () => {
    const other = await world.inApproval();
    const submitted = await world.submit(undefined, {}, null, frozenReport());
    await does(submitted, 'reviewer', 'copies', { person: PEOPLE.stranger });
    await does(submitted, 'drafter', 'urges', { seat: (await detailFor(submitted, 'drafter')).seats[0]?.seat });
    await world.sign('review', submitted, 'reviewer', await world.signable('review', submitted, 'reviewer'));
    await world.deliver();
    expect(await reads('approval', submitted, 'stranger')).toEqual(['done', 'done']);
    expect(await reads('approval', submitted, 'counsel')).toEqual(['not_found', 'not_found']);
    const asked = { person: PEOPLE.counsel, question: '表二的口径可有不妥？', days: 3 };
    expect(codeOf(await world.act('approval', submitted, 'principalOne', 'consultations', asked))).toBe('done');
    await world.deliver();
    expect(await reads('review', submitted, 'counsel')).toEqual(['done', 'done']);
    for (const person of ['stranger', 'counsel'] as const)
      for (const leg of ['review', 'approval'] as const)
        expect(await reads(leg, other, person)).toEqual(['not_found', 'not_found']);
  });

  it('reads the very text under sign-off, and none once the round came to nothing', async () => {
    const submitted = await world.submit(undefined, {}, null, frozenReport());
    await does(submitted, 'reviewer', 'copies', { person: PEOPLE.stranger });
    const text = async (): Promise<unknown> => viewEdition(world.legs.review, submitted.case, PEOPLE.stranger);
    expect(await text()).toMatchObject({ content: submitted.content, report: { year: expect.any(Number) } });
    const { seat } = await world.signable('review', submitted, 'reviewer');
    expect(codeOf(await world.return('review', submitted, 'reviewer', seat))).toBe('done');
    expect(await text()).toMatchObject({ content: submitted.content, report: null });
  });
});

describe('a seat is urged', () => {
  it('by the submitter, once in four hours, and it changes nothing', async () => {
    const submitted = await world.submit();
    const before = await detailFor(submitted, 'drafter');
    const [open] = before.seats;
    const urge = (person: Person): Promise<object | Refusal> => does(submitted, person, 'urges', { seat: open?.seat });
    expect(codeOf(await urge('reviewer'))).toBe('not_submitter');
    expect(codeOf(await urge('drafter'))).toBe('done');
    expect(await urge('drafter')).toMatchObject({ refused: 'too_often', data: { next: expect.any(String) } });
    await rows(world.legs.review, `UPDATE leg_urge SET at = at - interval '4 hours' WHERE seat = $1`, [open?.seat]);
    expect(codeOf(await urge('drafter'))).toBe('done');
    expect(await detailFor(submitted, 'drafter')).toEqual(before);
  });
});

describe('a case with a long history', () => {
  const ENTRIES = 200;

  it(`of ${ENTRIES} seats, returns and signatures taken back opens in under 50 ms at the API`, async () => {
    await world.agree(0, false, (route) => {
      const [first, ...rest] = route.stages;
      return { ...route, stages: [first!, { ...first!, id: 'second-review' }, ...rest] };
    });
    const submitted = await world.submit();
    for (let entries = 0; entries < ENTRIES; entries += 4) {
      const taken = await world.signable('review', submitted, 'reviewer');
      await world.sign('review', submitted, 'reviewer', taken);
      expect(codeOf(await world.takeBack('review', submitted, 'reviewer', taken.seat))).toBe('done');
      await world.sign('review', submitted, 'reviewer', await world.signable('review', submitted, 'reviewer'));
      const { seat } = await world.signable('review', submitted, 'reviewerTwo');
      expect(codeOf(await world.return('review', submitted, 'reviewerTwo', seat, undefined, 'first-review'))).toBe('done');
    }
    const figures: number[] = [];
    for (let n = 0; n < 30; n += 1) {
      const path = `/review-cases/${submitted.case}`;
      const headers = { [CALLER_HEADER]: signCaller(gatewaySigner, callerOf('review', path, 'reviewer', Buffer.from(''), { method: 'GET' })) }; // prettier-ignore
      const from = performance.now();
      const reply = await app.inject({ method: 'GET', url: path, headers });
      figures.push(performance.now() - from);
      expect(reply.statusCode).toBe(200);
      expect((reply.json<{ sentBack: unknown[] }>()).sentBack).toHaveLength(ENTRIES / 4);
    }
    const median = figures.toSorted((a, b) => a - b)[figures.length / 2]!;
    process.stdout.write(`a case with ${ENTRIES} entries opens in ${median.toFixed(1)} ms (median of ${figures.length})\n`);
    expect(median).toBeLessThan(50);
  }, 120_000); // prettier-ignore
});

function proof(person: Person) {
  const rawBody = Buffer.from('{}');
  const statement = callerOf('review', '/review-cases/by-link/opinions', person, rawBody);
  const { stepUpAt, correlationId } = statement;
  return { person: PEOPLE[person], stepUpAt, correlationId, envelope: signCaller(gatewaySigner, statement) as never, rawBody }; // prettier-ignore
}
