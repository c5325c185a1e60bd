import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getContent } from '#content-store/content-store';
import { isRefusal } from '#domain/decision';
import type { Bundle } from '#evidence/bundle';
import { nodeCrypto } from '#evidence/node-crypto';
import { verifyBundle } from '#evidence/verify-bundle';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { releaseNextDue } from '#signoff/use-cases/release-case.use-case';
import { viewLeg } from '#signoff/use-cases/view-leg.use-case';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { barrier } from '../support/gate.js';
import { PEOPLE, type Person, SignoffWorld, type Submitted } from '../support/signoff-world.js';

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

async function signApproval(submitted: Submitted, person: Person): Promise<string> {
  const shown = await world.signable('approval', submitted, person);
  expect(codeOf(await world.sign('approval', submitted, person, shown))).toBe('done');
  return shown.seat;
}

async function detailFor(submitted: Submitted, person: Person) {
  const detail = await viewLeg(world.legs.approval, submitted.case, PEOPLE[person], nodeCrypto);
  if (isRefusal(detail)) throw new Error(detail.refused);
  return detail;
}

async function bundleOf(submitted: Submitted): Promise<Uint8Array> {
  return getContent(world.legs.approval, (await world.state('approval', submitted))?.bundle ?? '');
}

describe('a signature taken back', () => {
  it('counts no more, its seat opens under a new id, and the bundle holds only what counts', async () => {
    const submitted = await world.inApproval();
    const seat = await signApproval(submitted, 'principalOne');
    expect((await detailFor(submitted, 'principalOne')).takeable).toEqual([seat]);
    expect((await detailFor(submitted, 'principalTwo')).takeable).toEqual([]);
    expect(codeOf(await world.takeBack('approval', submitted, 'principalTwo', seat))).toBe('not_your_signature');
    expect(codeOf(await world.takeBack('approval', submitted, 'principalOne', seat))).toBe('done');
    expect(codeOf(await world.takeBack('approval', submitted, 'principalOne', seat))).toBe('not_your_signature');

    await signApproval(submitted, 'principalTwo');
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'in-review' });
    const again = await signApproval(submitted, 'principalOne');
    expect(again).not.toBe(seat);
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'released' });
    const bytes = await bundleOf(submitted);
    expect(verifyBundle(bytes, world.trust, nodeCrypto)).toMatchObject({ ok: true });
    const bundle = JSON.parse(Buffer.from(bytes).toString('utf8')) as Bundle;
    expect(
      bundle.approval.decisions.map(({ body }) => Buffer.from(body, 'base64').toString('utf8')).join(),
    ).not.toContain(seat);
    const kept = await rows(world.legs.approval, 'SELECT 1 FROM leg_decision WHERE seat = $1', [seat]);
    expect(kept).toHaveLength(1);
  });

  it('and the last signature at one instant: exactly one order, and each is told the truth', async () => {
    const outcomes = new Set<string>();
    for (let pair = 0; pair < 60; pair += 1) {
      const submitted = await world.inApproval();
      const seat = await signApproval(submitted, 'principalOne');
      const shown = await world.signable('approval', submitted, 'principalTwo');
      const gate = barrier(2);
      const [signed, taken] = await Promise.all([
        world.sign('approval', submitted, 'principalTwo', shown, gate),
        world.takeBack('approval', submitted, 'principalOne', seat, gate),
      ]);
      expect(codeOf(signed)).toBe('done');
      const state = (await world.state('approval', submitted))?.state;
      expect([codeOf(taken), state]).toEqual(
        codeOf(taken) === 'done' ? ['done', 'in-review'] : ['not_in_review', 'released'],
      );
      outcomes.add(codeOf(taken));
    }
    expect(outcomes.size).toBeGreaterThan(0);
  }, 120_000);
});

describe('a case sent back to an earlier stage', () => {
  it('is signed again from there on, with its reason kept and shown', async () => {
    await world.agree(0, true);
    const submitted = await world.inApproval();
    const first = await signApproval(submitted, 'principalOne');
    const { seat } = await world.signable('approval', submitted, 'principalTwo');
    const open = (): Promise<void> => Promise.resolve();
    const sendBack = (to: string): Promise<unknown> =>
      world.return('approval', submitted, 'principalTwo', seat, open, to);
    expect(codeOf(await sendBack('issue'))).toBe('bad_target');
    expect(codeOf(await sendBack('no-stage'))).toBe('bad_target');
    expect(codeOf(await sendBack('examine'))).toBe('done');

    const detail = await detailFor(submitted, 'principalOne');
    expect(detail).toMatchObject({ state: 'in-review', stage: 'examine', ended: null });
    expect(detail.sentBack).toEqual([
      expect.objectContaining({ by: PEOPLE.principalTwo, reason: '表二有误', from: 'issue', to: 'examine' }),
    ]);
    expect(detail.seats.map((one) => [one.state, one.signedBy])).toEqual([
      ['open', null],
      ['waiting', null],
    ]);
    expect(detail.seats.map((one) => one.seat)).not.toContain(first);
    // The person who sent it back has decided in this round already, and may still sign.
    await signApproval(submitted, 'principalTwo');
    await signApproval(submitted, 'principalOne');
    expect(await world.state('approval', submitted)).toMatchObject({ state: 'released' });
    expect(verifyBundle(await bundleOf(submitted), world.trust, nodeCrypto)).toMatchObject({ ok: true });
  });
});

describe('a release put off', () => {
  it('and the release at one instant: exactly one, and what was put off does not go out before', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    for (let pair = 0; pair < 30; pair += 1) {
      await world.agree(3600);
      const submitted = await world.inApproval();
      for (const person of ['principalOne', 'principalTwo'] as const) await signApproval(submitted, person);
      await rows(world.legs.approval, `UPDATE leg_case SET release_at = now() - interval '1 s' WHERE case_id = $1`, [
        submitted.case,
      ]);
      const gate = barrier(2);
      const [put] = await Promise.all([
        world.postpone(submitted, 'drafter', until, gate),
        runInTransaction(world.legs.approval, async (tx) => {
          await gate();
          return releaseNextDue(tx, world.portsOf('approval'));
        }),
      ]);
      const state = (await world.state('approval', submitted))?.state;
      expect([codeOf(put), state]).toEqual(codeOf(put) === 'done' ? ['done', 'approved'] : ['too_late', 'released']);
    }
  }, 120_000);

  it('is refused to a stranger to it and to an earlier time', async () => {
    await world.agree(3600);
    const submitted = await world.inApproval();
    for (const person of ['principalOne', 'principalTwo'] as const) await signApproval(submitted, person);
    const later = new Date(Date.now() + 7_200_000).toISOString();
    expect(codeOf(await world.postpone(submitted, 'principalOne', later))).toBe('not_entitled_to_postpone');
    expect(codeOf(await world.postpone(submitted, 'principalTwo', new Date().toISOString()))).toBe(
      'earlier_needs_signatures',
    );
    expect(codeOf(await world.postpone(submitted, 'principalTwo', later))).toBe('done');
  });
});
