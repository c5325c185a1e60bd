import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getContent } from '#content-store/content-store';
import { isRefusal } from '#domain/decision';
import { nodeCrypto } from '#evidence/node-crypto';
import { verifyBundle } from '#evidence/verify-bundle';
import { row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { latestDirectory } from '#signoff/directory-copy.repository';
import { legContext } from '#signoff/enter-leg';
import { decide } from '#signoff/leg-case';
import { findLegCase, saveLegEvents } from '#signoff/leg-case.repository';
import { signatureBy, statementFor } from '#signoff/statement';
import { releaseNextDue } from '#signoff/use-cases/release-case.use-case';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { barrier } from '../support/gate.js';
import { PEOPLE, SignoffWorld, type Submitted } from '../support/signoff-world.js';

let database: TestDatabase;
let world: SignoffWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = await SignoffWorld.open((service) => database.url(service));
}, 60_000);
afterAll(async () => {
  await world?.close();
  await database?.drop();
});

const codeOf = (outcome: unknown): string => (isRefusal(outcome) ? outcome.refused : 'done');

/** Approved with a release that is due now and that no sweep has taken. */
async function approvedAndDue(): Promise<Submitted> {
  await world.agree(3600);
  const submitted = await world.inApproval();
  for (const person of ['principalOne', 'principalTwo'] as const)
    await world.sign('approval', submitted, person, await world.signable('approval', submitted, person));
  await rows(world.legs.approval, `UPDATE leg_case SET release_at = now() - interval '1 s' WHERE case_id = $1`, [
    submitted.case,
  ]);
  return submitted;
}

describe('two last signers at one instant', () => {
  const PAIRS = 30;

  it(`approve once, with one seal and one message, ${PAIRS} times of ${PAIRS}`, async () => {
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const submitted = await world.inApproval();
      const one = await world.signable('approval', submitted, 'principalOne');
      const two = await world.signable('approval', submitted, 'principalTwo', one.seat);
      const gate = barrier(2);
      const outcomes = await Promise.all([
        world.sign('approval', submitted, 'principalOne', one, gate),
        world.sign('approval', submitted, 'principalTwo', two, gate),
      ]);
      expect(outcomes.map(codeOf)).toEqual(['done', 'done']);
      await expectPublishedOnce(submitted);
    }
  }, 240_000);

  it('both want the same seat: one has it, the other is told so', async () => {
    for (let pair = 0; pair < 30; pair += 1) {
      const submitted = await world.inApproval();
      const one = await world.signable('approval', submitted, 'principalOne');
      const two = await world.signable('approval', submitted, 'principalTwo');
      const gate = barrier(2);
      const outcomes = await Promise.all([
        world.sign('approval', submitted, 'principalOne', one, gate),
        world.sign('approval', submitted, 'principalTwo', two, gate),
      ]);
      expect(outcomes.map(codeOf).toSorted()).toEqual(['done', 'slot_not_open']);
    }
  }, 60_000);

  it('stall when the row is not locked: the lock is what holds this up', async () => {
    const submitted = await world.inApproval();
    const gate = barrier(2);
    await Promise.all([
      signWithoutLock(submitted, 'principalOne', 0, gate),
      signWithoutLock(submitted, 'principalTwo', 1, gate),
    ]);
    const seats = await rows(
      world.legs.approval,
      'SELECT 1 FROM leg_seat s JOIN leg_case c ON c.id = s.leg_case WHERE c.case_id = $1 AND s.signed_by IS NULL',
      [submitted.case],
    );
    expect(seats).toEqual([]);
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'in-review', bundle: null });
  });
});

describe('whoever comes first on the locked row wins', () => {
  it('recall and release: exactly one', async () => {
    const winners: string[] = [];
    for (let pair = 0; pair < 40; pair += 1) {
      const submitted = await approvedAndDue();
      const gate = barrier(2);
      const release = (): Promise<boolean> =>
        runInTransaction(world.legs.approval, async (tx) => {
          await gate();
          return releaseNextDue(tx, world.portsOf('approval'));
        });
      const [recalled, released] = await Promise.all([
        world.end('recall', 'approval', submitted, 'drafter', gate),
        release(),
      ]);
      const messages = (await world.announced(submitted, 'publication'))['approval.released'] ?? 0;
      const state = (await world.state('approval', submitted))?.state;
      if (codeOf(recalled) === 'done') expect([released, messages, state]).toEqual([false, 0, 'returned']);
      else expect([codeOf(recalled), released, messages, state]).toEqual(['too_late', true, 1, 'released']);
      winners.push(state ?? '');
    }
    await world.agree(0);
    expect(winners.filter((state) => state === 'released' || state === 'returned')).toHaveLength(40);
  }, 120_000);

  it('the last signature and a return: exactly one', async () => {
    for (let pair = 0; pair < 25; pair += 1) {
      const submitted = await world.inApproval();
      await world.sign(
        'approval',
        submitted,
        'principalOne',
        await world.signable('approval', submitted, 'principalOne'),
      );
      const shown = await world.signable('approval', submitted, 'principalTwo');
      const gate = barrier(2);
      const outcomes = await Promise.all([
        world.sign('approval', submitted, 'principalTwo', shown, gate),
        world.return('approval', submitted, 'principalTwo', shown.seat, gate),
      ]);
      expect(outcomes.map(codeOf).toSorted()).toEqual(['done', 'not_in_review']);
    }
  }, 60_000);

  it('the last signature and a withdrawal: exactly one, and the loser is told why', async () => {
    for (let pair = 0; pair < 25; pair += 1) {
      const submitted = await world.inApproval();
      await world.sign(
        'approval',
        submitted,
        'principalOne',
        await world.signable('approval', submitted, 'principalOne'),
      );
      const shown = await world.signable('approval', submitted, 'principalTwo');
      const gate = barrier(2);
      const [signed, withdrawn] = await Promise.all([
        world.sign('approval', submitted, 'principalTwo', shown, gate),
        world.end('withdraw', 'approval', submitted, 'drafter', gate),
      ]);
      expect([
        ['done', 'too_late'],
        ['not_in_review', 'done'],
      ]).toContainEqual([codeOf(signed), codeOf(withdrawn)]);
    }
  }, 60_000);
});

describe('an edit after signatures', () => {
  it('counts them for nothing: the bundle of the new content has only signatures over it', async () => {
    const first = await world.inApproval();
    const old = await world.signable('approval', first, 'principalOne');
    await world.sign('approval', first, 'principalOne', old);
    const shown = await world.signable('approval', first, 'principalTwo');
    await world.return('approval', first, 'principalTwo', shown.seat);
    await world.deliver();
    expect(await world.state('review', first)).toMatchObject({ state: 'returned', round: 1 });

    const second = await world.submit(first);
    const fresh = await world.signable('review', second, 'reviewer');
    expect(codeOf(await world.sign('review', second, 'reviewer', { ...fresh, statement: old.statement }))).toBe(
      'signed_something_else',
    );
    await world.sign('review', second, 'reviewer', fresh);
    await world.deliver();
    expect(codeOf(await world.sign('approval', second, 'principalOne', old))).toBe('slot_not_open');
    for (const person of ['principalOne', 'principalTwo'] as const)
      await world.sign('approval', second, person, await world.signable('approval', second, person));
    const verdict = await bundleVerdict(second);
    expect(verdict).toMatchObject({ ok: true, summary: { content: second.content } });
    expect(JSON.stringify(verdict)).not.toContain(old.seat);
  });
});

describe('a leg opens', () => {
  it('once, however often the message comes, and never again for a lower round', async () => {
    const first = await world.submit();
    await world.end('withdraw', 'review', first, 'drafter');
    const second = await world.submit(first);
    await world.submit({ ...first, round: 0 });
    expect(await world.state('review', second)).toMatchObject({ round: 2, state: 'in-review' });
    const rounds = await rows(world.legs.review, 'SELECT round FROM leg_case WHERE case_id = $1', [first.case]);
    expect(rounds).toHaveLength(2);
  });

  it('not when the message says other than what drafting signed', async () => {
    const document = randomUUID();
    await expect(world.submit(undefined, { document })).rejects.toThrow('statement_mismatch in submission.document');
    expect(await row(world.legs.review, 'SELECT 1 FROM leg_case WHERE document = $1', [document])).toBeUndefined();
  });

  it('not in approval on the dossier of another case', async () => {
    const cleared = async (): Promise<Record<string, unknown>> => {
      const submitted = await world.submit();
      await world.sign('review', submitted, 'reviewer', await world.signable('review', submitted, 'reviewer'));
      const found = await row<{ body: string }>(
        world.legs.review,
        `SELECT body FROM outbox WHERE stream = $1 AND type = 'review.cleared'`,
        [submitted.document],
      );
      return JSON.parse(found?.body ?? '{}') as Record<string, unknown>;
    };
    const [one, two] = [await cleared(), await cleared()];
    await expect(world.handle('approval', 'review.cleared', { ...one, dossier: two['dossier'] })).rejects.toThrow(
      'dossier_mismatch',
    );
    expect(await row(world.legs.approval, 'SELECT 1 FROM leg_case WHERE case_id = $1', [one['case']])).toBeUndefined();
  });

  it('and nobody who may not see it learns that it exists', async () => {
    const submitted = await world.submit();
    await expect(world.signable('review', submitted, 'stranger')).rejects.toThrow('nothing to sign');
    const shown = await world.signable('review', submitted, 'reviewer');
    expect(codeOf(await world.sign('review', submitted, 'stranger', shown))).toBe('not_found');
    expect(codeOf(await world.sign('review', submitted, 'principalOne', shown))).toBe('not_eligible');
  });
});

describe('beneath the rules', () => {
  it('a decision is never altered and never removed', async () => {
    for (const statement of ['UPDATE approval.leg_decision SET actor = actor', 'DELETE FROM approval.leg_decision']) {
      await expect(database.sql(statement)).rejects.toThrow('append-only');
      await expect(rows(world.legs.approval, statement)).rejects.toThrow();
    }
  });

  it('a seat has one signature and a person one seat that counts, whatever the code believes', async () => {
    const again = rows(
      world.legs.approval,
      `INSERT INTO leg_decision SELECT $1, leg_case, seat, stage, kind, actor, at, digest, envelope, caller, body, reason, place,
         to_stage FROM leg_decision WHERE kind = 'sign' LIMIT 1`,
      [randomUUID()],
    );
    await expect(again).rejects.toThrow('leg_decision_seat');
    const twice = rows(
      world.legs.approval,
      `UPDATE leg_seat SET signed_by = (SELECT min(signed_by::text)::uuid FROM leg_seat one WHERE one.leg_case = leg_seat.leg_case)
       WHERE leg_case = (SELECT leg_case FROM leg_seat WHERE signed_by IS NOT NULL GROUP BY 1 HAVING count(*) > 1 LIMIT 1)`,
    );
    await expect(twice).rejects.toThrow('leg_seat_signer');
  });
});

async function expectPublishedOnce(submitted: Submitted): Promise<void> {
  const announced = await world.announced(submitted, 'publication');
  expect(announced).toEqual({ 'approval.granted': 1, 'approval.released': 1 });
  expect(await world.state('approval', submitted)).toMatchObject({ state: 'released' });
  expect(await bundleVerdict(submitted)).toMatchObject({ ok: true, summary: { content: submitted.content } });
}

async function bundleVerdict(submitted: Submitted): Promise<ReturnType<typeof verifyBundle>> {
  const bundle = (await world.state('approval', submitted))?.bundle;
  return verifyBundle(await getContent(world.legs.approval, bundle ?? ''), world.trust, nodeCrypto);
}

/** The use case with its lock left out: reads, waits until the other has read too, decides and saves. */
async function signWithoutLock(
  submitted: Submitted,
  person: 'principalOne' | 'principalTwo',
  index: number,
  gate: () => Promise<void>,
): Promise<void> {
  const lent = world.portsOf('approval');
  await runInTransaction(world.legs.approval, async (tx) => {
    const leg = await findLegCase(tx, submitted.case);
    const directory = await latestDirectory(tx);
    const seat = leg?.legCase.seats[index];
    if (leg === undefined || directory === undefined || seat === undefined) throw new Error('the case is open');
    await gate();
    const at = leg.legCase.clock?.since ?? directory.document.at;
    const { content } = leg.legCase.round;
    const context = { ...legContext({ at }, directory, lent), viewed: [content] };
    const signature = { actor: PEOPLE[person], onBehalfOf: null };
    const decision = decide(
      leg.legCase,
      {
        type: 'sign',
        seat: seat.id,
        ...signature,
        grade: 'attested',
        unproved: null,
        stepUpAt: at,
        checked: [],
        statement: context.digestOf(statementFor(leg.legCase, seat, signatureBy(PEOPLE[person]))),
      },
      context,
    );
    if (isRefusal(decision)) throw new Error(decision.refused);
    await saveLegEvents(tx, leg, decision.events, { blocked: null });
  });
}
