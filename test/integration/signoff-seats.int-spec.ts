import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getContent } from '#content-store/content-store';
import { isRefusal, type Refusal } from '#domain/decision';
import { instant, plusSeconds } from '#domain/instant';
import { nodeCrypto } from '#evidence/node-crypto';
import type { DirectoryDocument, Leg, RouteDocument } from '#evidence/statements';
import { verifyBundle } from '#evidence/verify-bundle';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { escalateNextOverdue } from '#signoff/use-cases/escalate-stage.use-case';
import { judgeNextCase } from '#signoff/use-cases/judge-case.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { PEOPLE, type Person, SignoffWorld, type Submitted } from '../support/signoff-world.js';

let database: TestDatabase;
let world: SignoffWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
  await world.agree(0, false, fullRoute);
}, 60_000);
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

/** Two stages of review, the first with a checklist; the last stage asks its superior once it is overdue. */
function fullRoute(route: RouteDocument): RouteDocument {
  const [first, ...rest] = route.stages;
  const grown = { checklist: [], duty: null, escalation: null };
  const slots = (stage: RouteDocument['stages'][number]) => stage.slots.map((slot) => ({ ...slot, person: null }));
  const review = { ...first!, ...grown, slots: slots(first!) };
  const checklist = [{ id: 'figures', text: '数据已核' }];
  const superior = { role: 'chief', organ: 'self' };
  return {
    ...route,
    schema: 'sunward.route/2',
    stages: [
      { ...review, duty: 'secrecy', checklist },
      { ...review, id: 'second-review', name: '复审', meaning: '已复审' },
      ...rest.map((stage) => ({ ...stage, ...grown, escalation: superior, slots: slots(stage) })),
    ],
  };
}

const codeOf = (outcome: unknown): string => (isRefusal(outcome) ? outcome.refused : 'done');
const CHIEF = { person: PEOPLE.chief, role: 'chief', organ: 'xiangyang' };

async function detailFor(leg: Leg, submitted: Submitted, person: Person) {
  const detail = await viewLeg(world.legs[leg], submitted.case, PEOPLE[person], nodeCrypto);
  if (isRefusal(detail)) throw new Error(detail.refused);
  return detail;
}

const signAs = async (leg: Leg, submitted: Submitted, person: Person): Promise<string> =>
  codeOf(await world.sign(leg, submitted, person, await world.signable(leg, submitted, person)));
const does = (submitted: Submitted, person: Person, name: string, body: object): Promise<object | Refusal> =>
  world.act('approval', submitted, person, name, { content: submitted.content, ...body });

/** A case in the approval leg: two persons have reviewed it, in two stages. */
async function inApproval(): Promise<Submitted> {
  const submitted = await world.submit();
  for (const person of ['reviewer', 'reviewerTwo'] as const) expect(await signAs('review', submitted, person)).toBe('done');
  await world.deliver();
  return submitted;
} // prettier-ignore

async function verdictOf(submitted: Submitted) {
  expect(await world.state('approval', submitted)).toMatchObject({ state: 'released' });
  const bundle = (await world.state('approval', submitted))?.bundle ?? '';
  return verifyBundle(await getContent(world.legs.approval, bundle), world.trust, nodeCrypto);
}

describe('a seat handed over', () => {
  it('is signed by whom it was given to, and by nobody else', async () => {
    const submitted = await inApproval();
    const own = await world.signable('approval', submitted, 'principalOne');
    expect(codeOf(await does(submitted, 'principalOne', 'hand-overs', { seat: own.seat, to: PEOPLE.counsel }))).toBe('target_lacks_role'); // prettier-ignore
    expect(codeOf(await does(submitted, 'principalOne', 'hand-overs', { seat: own.seat, to: PEOPLE.drafter }))).toBe('target_not_allowed'); // prettier-ignore
    expect(codeOf(await does(submitted, 'principalOne', 'hand-overs', { seat: own.seat, to: PEOPLE.principalThree }))).toBe('done'); // prettier-ignore
    const given = (await detailFor('approval', submitted, 'principalThree')).seats.find(
      ({ person }) => person !== null,
    );
    expect(given).toMatchObject({ person: PEOPLE.principalThree, state: 'open' });
    expect(given?.seat).not.toBe(own.seat);
    expect(codeOf(await world.sign('approval', submitted, 'principalOne', own))).toBe('slot_not_open');
    expect(codeOf(await does(submitted, 'principalTwo', 'hand-overs', { seat: given?.seat, to: PEOPLE.principalTwo }))).toBe('not_eligible'); // prettier-ignore
    for (const person of ['principalThree', 'principalTwo'] as const) expect(await signAs('approval', submitted, person)).toBe('done'); // prettier-ignore
    expect(await verdictOf(submitted)).toMatchObject({ ok: true });
  });
});

describe('one more signer', () => {
  const added = async (submitted: Submitted): Promise<string> => {
    const { seat } = await world.signable('approval', submitted, 'principalOne');
    expect(codeOf(await does(submitted, 'principalOne', 'added-signers', { seat, ...CHIEF }))).toBe('done');
    expect(codeOf(await does(submitted, 'principalOne', 'added-signers', { seat, ...CHIEF }))).toBe('already_asked');
    for (const person of ['principalOne', 'principalTwo'] as const) expect(await signAs('approval', submitted, person)).toBe('done'); // prettier-ignore
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'in-review', bundle: null });
    const [removable] = (await detailFor('approval', submitted, 'principalOne')).removable;
    return removable ?? '';
  };

  it('is waited for, and the bundle holds the signature beside those of the route', async () => {
    const submitted = await inApproval();
    await added(submitted);
    expect(await signAs('approval', submitted, 'chief')).toBe('done');
    const verdict = await verdictOf(submitted);
    expect(verdict).toMatchObject({ ok: true, summary: { seats: expect.arrayContaining([expect.objectContaining({ actor: PEOPLE.chief, added: true })]) } }); // prettier-ignore
  });

  it('is removed by who asked for it and by nobody else, which completes the leg', async () => {
    const submitted = await inApproval();
    const seat = await added(submitted);
    expect(codeOf(await does(submitted, 'principalTwo', 'removed-signers', { seat }))).toBe('not_removable');
    expect(codeOf(await does(submitted, 'principalOne', 'removed-signers', { seat }))).toBe('done');
    const verdict = await verdictOf(submitted);
    expect(verdict).toMatchObject({ ok: true });
    expect(JSON.stringify(verdict)).not.toContain(PEOPLE.chief);
  });
});

describe('sent back from the approval leg to a stage of review', () => {
  it('signs again from there in the same round, and the bundle of the second pass verifies', async () => {
    const submitted = await inApproval();
    expect(await signAs('approval', submitted, 'principalOne')).toBe('done');
    const { seat } = await world.signable('approval', submitted, 'principalTwo');
    expect(codeOf(await world.return('approval', submitted, 'principalTwo', seat, undefined, 'second-review'))).toBe('done');
    expect(await detailFor('approval', submitted, 'drafter')).toMatchObject({ state: 'sent-back', ended: { to: 'second-review' } }); // prettier-ignore
    await world.deliver();
    const review = await detailFor('review', submitted, 'drafter');
    expect(review).toMatchObject({ state: 'in-review', stage: 'second-review', round: 1, pass: 2 });
    expect(review.seats.filter(({ signedBy }) => signedBy !== null)).toHaveLength(1);
    expect(await signAs('review', submitted, 'reviewerTwo')).toBe('done');
    await world.deliver();
    expect(await detailFor('approval', submitted, 'drafter')).toMatchObject({ state: 'in-review', pass: 2 });
    for (const person of ['principalOne', 'principalTwo'] as const) expect(await signAs('approval', submitted, person)).toBe('done'); // prettier-ignore
    expect(await verdictOf(submitted)).toMatchObject({ ok: true, summary: { round: 1 } });
    expect(await world.announced(submitted, 'publication')).toMatchObject({ 'approval.granted': 1, 'approval.released': 1 });
  }); // prettier-ignore
});

describe('a stage that is overdue', () => {
  it('may be signed by its superior as well, once the sweep has asked him, and the bundle says by which office', async () => {
    const submitted = await inApproval();
    const escalate = () => runInTransaction(world.legs.approval, (tx) => escalateNextOverdue(tx, world.portsOf('approval')));
    expect(await escalate()).toBe(false);
    expect((await detailFor('approval', submitted, 'chief')).signable).toEqual([]);
    await rows(world.legs.approval, `UPDATE leg_case SET due_at = now() - interval '1 s' WHERE case_id = $1`, [submitted.case]); // prettier-ignore
    expect([await escalate(), await escalate()]).toEqual([true, false]);
    expect(await detailFor('approval', submitted, 'chief')).toMatchObject({ clock: { escalated: true } });
    expect(await signAs('approval', submitted, 'chief')).toBe('done');
    expect(await signAs('approval', submitted, 'principalTwo')).toBe('done');
    expect(await verdictOf(submitted)).toMatchObject({
      ok: true,
      summary: { seats: expect.arrayContaining([expect.objectContaining({ actor: PEOPLE.chief, as: { role: 'chief', organ: 'xiangyang' } })]) },
    });
  }); // prettier-ignore
});

describe('people who leave', () => {
  const gone = (...people: readonly Person[]) => ({ grants, persons }: DirectoryDocument) => {
    const ids: readonly string[] = people.map((person) => PEOPLE[person]);
    const until = plusSeconds(instant(new Date()), 60);
    return {
      grants: grants.map((one) => (ids.includes(one.person) ? { ...one, until } : one)),
      persons: persons.map((one) => ({ ...one, active: !ids.includes(one.id) })),
    };
  }; // prettier-ignore
  const judge = async (): Promise<void> => {
    while (await runInTransaction(world.legs.approval, (tx) => judgeNextCase(tx, world.portsOf('approval'))));
  };
  const progressed = async (submitted: Submitted): Promise<{ blocked: unknown }> => {
    const [last] = await rows<{ body: string }>(
      world.legs.approval,
      `SELECT body FROM outbox WHERE stream = $1 AND type = 'approval.progressed' ORDER BY position DESC LIMIT 1`,
      [submitted.document],
    );
    return JSON.parse(last?.body ?? '{}') as { blocked: unknown };
  };

  it('leave the seats they were given to their office again', async () => {
    const submitted = await inApproval();
    const { seat } = await world.signable('approval', submitted, 'principalOne');
    expect(codeOf(await does(submitted, 'principalOne', 'hand-overs', { seat, to: PEOPLE.principalThree }))).toBe('done'); // prettier-ignore
    await world.changeDirectory(gone('principalThree'));
    await judge();
    const { seats, blocked } = await detailFor('approval', submitted, 'drafter');
    expect(seats.map(({ person }) => person)).toEqual([null, null]);
    expect(blocked).toBeNull();
    for (const person of ['principalOne', 'principalTwo'] as const) expect(await signAs('approval', submitted, person)).toBe('done'); // prettier-ignore
    expect(await verdictOf(submitted)).toMatchObject({ ok: true });
  });

  it('block what nobody else can sign: view and message name stage and office, and an alarm is raised', async () => {
    const submitted = await inApproval();
    await world.changeDirectory(gone('principalOne', 'principalThree'));
    await judge();
    const blocked = { stage: 'issue', seats: ['principal@xiangyang', 'principal@xiangyang'] };
    expect(await detailFor('approval', submitted, 'drafter')).toMatchObject({ blocked });
    expect(await progressed(submitted)).toMatchObject({ blocked });
    const alarms = await rows(world.legs.approval, `SELECT 1 FROM alarm WHERE kind = 'case_blocked' AND detail->>'case' = $1`, [submitted.case]); // prettier-ignore
    expect(alarms).toHaveLength(1);
    await world.agree(0, false, fullRoute);
    await judge();
    expect(await detailFor('approval', submitted, 'drafter')).toMatchObject({ blocked: null });
    expect(await progressed(submitted)).toMatchObject({ blocked: null });
    for (const person of ['principalOne', 'principalTwo'] as const) expect(await signAs('approval', submitted, person)).toBe('done'); // prettier-ignore
    expect(await verdictOf(submitted)).toMatchObject({ ok: true });
  });
});

describe('a person signs', () => {
  it('only what he has opened, with every item of the checklist', async () => {
    const submitted = await world.submit();
    const [first] = (await detailFor('review', submitted, 'reviewer')).signable;
    const signing = { seat: first?.seat, statement: first?.digest };
    expect(codeOf(await world.act('review', submitted, 'reviewer', 'signatures', signing))).toBe('not_viewed');
    expect(codeOf(await world.act('review', submitted, 'reviewer', 'views', { content: 'a'.repeat(64) }))).toBe('content_changed'); // prettier-ignore
    expect(codeOf(await world.act('review', submitted, 'reviewer', 'views', { content: submitted.content }))).toBe(
      'done',
    );
    const unchecked = await world.act('review', submitted, 'reviewer', 'signatures', signing);
    expect(unchecked).toMatchObject({ refused: 'checklist_incomplete', data: { missing: '数据已核' } });
    expect(codeOf(await world.act('review', submitted, 'reviewer', 'signatures', { ...signing, checked: ['figures'] }))).toBe('done'); // prettier-ignore
    expect((await detailFor('review', submitted, 'drafter')).views).toMatchObject([{ person: PEOPLE.reviewer, content: submitted.content }]); // prettier-ignore
  });
});

describe('a case is cancelled', () => {
  const cancel = (leg: Leg, submitted: Submitted, person: Person) => world.end('cancel', leg, submitted, person);

  it('under sign-off by the submitter or the office, in either leg, and by nobody else', async () => {
    const first = await world.submit();
    expect(codeOf(await cancel('review', first, 'reviewer'))).toBe('not_submitter_or_office');
    expect(codeOf(await cancel('review', first, 'drafter'))).toBe('done');
    expect(await world.state('review', first)).toMatchObject({ state: 'cancelled' });
    expect(codeOf(await cancel('review', first, 'drafter'))).toBe('not_in_review');

    const second = await inApproval();
    expect(codeOf(await cancel('review', second, 'head'))).toBe('passed_on');
    expect(codeOf(await cancel('approval', second, 'head'))).toBe('done');
    await world.deliver();
    expect(await world.state('review', second)).toMatchObject({ state: 'cancelled' });
  });

  it('while it is back with the drafter: no later round of it opens, even one that was on its way', async () => {
    const submitted = await inApproval();
    const { seat } = await world.signable('approval', submitted, 'principalOne');
    expect(codeOf(await world.return('approval', submitted, 'principalOne', seat))).toBe('done');
    expect(codeOf(await cancel('approval', submitted, 'head'))).toBe('done');
    const next = await world.submit(submitted);
    expect(await world.state('review', next)).toMatchObject({ round: 2, state: 'in-review' });
    await world.deliver();
    expect(await world.state('review', next)).toMatchObject({ round: 2, state: 'cancelled' });
    await world.submit(next);
    expect(await world.state('review', next)).toMatchObject({ round: 2, state: 'cancelled' });
  });

  it('never once it is approved: a recall comes first, and after the release nothing', async () => {
    await world.agree(3600, false, fullRoute);
    const approved = await inApproval();
    for (const person of ['principalOne', 'principalTwo'] as const) expect(await signAs('approval', approved, person)).toBe('done'); // prettier-ignore
    expect(codeOf(await cancel('approval', approved, 'drafter'))).toBe('recall_first');
    expect(codeOf(await world.end('recall', 'approval', approved, 'reviewer'))).toBe('done');
    expect(codeOf(await cancel('approval', approved, 'drafter'))).toBe('done');
    await world.agree(0, false, fullRoute);
    const released = await inApproval();
    for (const person of ['principalOne', 'principalTwo'] as const) expect(await signAs('approval', released, person)).toBe('done'); // prettier-ignore
    expect(codeOf(await cancel('approval', released, 'drafter'))).toBe('too_late');
    expect(codeOf(await cancel('approval', { ...released, case: randomUUID() }, 'drafter'))).toBe('not_found');
  });
});
