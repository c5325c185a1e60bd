import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import { rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { lockLegCase } from '#signoff/leg-case.repository';
import { actBySystem } from '#signoff/system-act';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type Clone, cloneCases, offered } from '../support/signoff-clones.js';
import { type Act, does, race, RELEASED, signs, standing, template, waiting } from '../support/signoff-pairs.js';
import { PEOPLE, SignoffWorld } from '../support/signoff-world.js';

// Two people act on one case at the same instant: a gate lets both begin when both are inside their transaction. A thousand pairs of each
// kind at each isolation level, four side by side; who comes first is left to the database, and the law holds either way.

/** `PAIRS` says how many of each kind; the figure the law is held to is a thousand. */
const PAIRS = Number(process.env['PAIRS'] ?? 1000);
const LEVELS = ['READ COMMITTED', 'REPEATABLE READ'] as const;

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

describe.each(LEVELS)('a thousand aligned pairs at %s', (isolation) => {
  it('two sign the last two seats: both have signed, and it is approved once', async () => {
    const { of } = await template(world, false);
    const one = await offered(world, of, 'principalOne');
    const two = await offered(world, of, 'principalTwo', 1);
    const clones = await cloneCases(world, of, PAIRS);
    const outcomes = await race(
      clones,
      signs(world, 'principalOne', one),
      signs(world, 'principalTwo', two),
      isolation,
    );
    expect(outcomes).toEqual({ 'done / done': PAIRS });
    expect(await standing(world, clones)).toEqual({ [RELEASED]: PAIRS });
    expectBothFirst(await lastSigners(clones), [PEOPLE.principalOne, PEOPLE.principalTwo]);
  }, 600_000);

  it('the last signature and a return: one of them, and the other is told so', async () => {
    const { of, last } = await template(world, true);
    const clones = await cloneCases(world, of, PAIRS);
    const back = does(world, 'principalThree', 'returns', (clone) => ({
      seat: clone.seat(last.seat),
      reason: '表二有误',
    }));
    const outcomes = await race(clones, signs(world, 'principalTwo', last), back, isolation);
    expectOneWins(outcomes, 'done / not_in_review', 'not_in_review / done');
    expect(await standing(world, clones)).toEqual({
      [RELEASED]: outcomes['done / not_in_review'],
      'returned 1 signed, 0 bundle, 0 granted, 0 released': outcomes['not_in_review / done'],
    });
  }, 600_000);

  it('the last signature and a withdrawal: one of them, and the other is told so', async () => {
    const { of, last } = await template(world, true);
    const clones = await cloneCases(world, of, PAIRS);
    const withdraws = does(world, 'drafter', 'withdrawal', () => ({ reason: '另有安排' }));
    const outcomes = await race(clones, signs(world, 'principalTwo', last), withdraws, isolation);
    expectOneWins(outcomes, 'done / too_late', 'not_in_review / done');
    expect(await standing(world, clones)).toEqual({
      [RELEASED]: outcomes['done / too_late'],
      'withdrawn 1 signed, 0 bundle, 0 granted, 0 released': outcomes['not_in_review / done'],
    });
  }, 600_000);

  it('a recall and the release: one of them, and nothing that was recalled goes out', async () => {
    await world.agree(3600);
    const { of, last } = await template(world, true);
    await world.act('approval', of, 'principalTwo', 'signatures', {
      seat: last.seat,
      statement: nodeCrypto.sha256(canonicalBytes(last.statement)),
    });
    await rows(world.legs.approval, `UPDATE leg_case SET release_at = now() - interval '1 s' WHERE case_id = $1`, [of.case]); // prettier-ignore
    const clones = await cloneCases(world, of, PAIRS);
    await world.agree(0);
    const recalls = does(world, 'drafter', 'recall', () => ({ reason: '另有安排' }));
    const outcomes = await race(clones, recalls, releases, isolation);
    expectOneWins(outcomes, 'done / not_approved', 'too_late / done');
    expect(await standing(world, clones)).toEqual({
      'returned 2 signed, 1 bundle, 0 granted, 0 released': outcomes['done / not_approved'],
      'released 2 signed, 1 bundle, 0 granted, 1 released': outcomes['too_late / done'],
    });
  }, 600_000);

  it('one more signer and the last signature: either comes too late, or the case waits for the added one', async () => {
    const { of, last } = await template(world, true);
    const clones = await cloneCases(world, of, PAIRS);
    const office = { person: PEOPLE.counsel, role: 'counsel', organ: 'xiangyang' };
    const adds = does(world, 'principalThree', 'added-signers', (clone) => ({
      seat: clone.seat(last.seat),
      ...office,
    }));
    const outcomes = await race(clones, adds, signs(world, 'principalTwo', last), isolation);
    expectOneWins(outcomes, 'done / done', 'not_in_review / done');
    expect(await standing(world, clones)).toEqual({
      [waiting(2)]: outcomes['done / done'],
      [RELEASED]: outcomes['not_in_review / done'],
    });
  }, 600_000);
});

/** The release of this very case, as the sweep does it to the one that is due. */
const releases: Act = (clone, { gate }) =>
  runInTransaction(world.legs.approval, async (tx) => {
    await gate?.();
    const leg = await lockLegCase(tx, clone.case);
    if (leg === undefined) throw new Error('the case is there');
    return actBySystem(tx, leg, { type: 'release' }, clone.case, world.portsOf('approval'));
  });

async function lastSigners(clones: readonly Clone[]): Promise<readonly string[]> {
  const found = await rows<{ signed_by: string }>(
    world.legs.approval,
    `SELECT DISTINCT ON (c.id) s.signed_by FROM leg_case c JOIN leg_seat s ON s.leg_case = c.id
     WHERE c.case_id = ANY ($1) AND s.current ORDER BY c.id, s.signed_at DESC`,
    [clones.map((clone) => clone.case)],
  );
  return found.map(({ signed_by }) => signed_by);
}

/** Not always the same one: the gate lets both begin, and it is the row that decides. */
function expectBothFirst(winners: readonly string[], both: readonly string[]): void {
  expect(winners).toHaveLength(PAIRS);
  expect([...new Set(winners)].toSorted()).toEqual(both.toSorted());
}

function expectOneWins(outcomes: Record<string, number>, ...either: readonly [string, string]): void {
  expect(Object.keys(outcomes).toSorted()).toEqual([...either].toSorted());
  expect(outcomes[either[0]]! + outcomes[either[1]]!).toBe(PAIRS);
}
