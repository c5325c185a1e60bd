import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instant, plusSeconds } from '#domain/instant';
import { row, rows } from '#persistence/sql';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { barrier } from '../support/gate.js';
import { cloneCases, offered } from '../support/signoff-clones.js';
import { codeOf, does, race, RELEASED, signs, standing, template, waiting } from '../support/signoff-pairs.js';
import { PEOPLE, SignoffWorld, type Submitted } from '../support/signoff-world.js';

/** Pairs of each kind. */
const PAIRS = Math.min(100, Number(process.env['PAIRS'] ?? 100));

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

const now = () => instant(new Date());

describe.each(['READ COMMITTED', 'REPEATABLE READ'] as const)(
  'whoever takes the row first is heard, at %s',
  (isolation) => {
    it('handing a seat over and signing it', async () => {
      const { of, last } = await template(world, true);
      const clones = await cloneCases(world, of, PAIRS);
      const over = does(world, 'principalTwo', 'hand-overs', (clone) => ({ seat: clone.seat(last.seat), to: PEOPLE.principalThree })); // prettier-ignore
      const outcomes = await race(clones, over, signs(world, 'principalTwo', last), isolation);
      expect(Object.keys(outcomes).toSorted()).toEqual(['done / slot_not_open', 'not_in_review / done']);
      expect(await standing(world, clones)).toEqual({
        [waiting(1)]: outcomes['done / slot_not_open'],
        [RELEASED]: outcomes['not_in_review / done'],
      });
    }, 120_000);

    it('two hand a seat over: it has gone to one', async () => {
      const { of, last } = await template(world, true);
      const clones = await cloneCases(world, of, PAIRS);
      const to = (person: 'principalTwo' | 'principalThree', other: 'principalTwo' | 'principalThree') =>
        does(world, person, 'hand-overs', (clone) => ({ seat: clone.seat(last.seat), to: PEOPLE[other] }));
      const outcomes = await race(clones, to('principalTwo', 'principalThree'), to('principalThree', 'principalTwo'), isolation); // prettier-ignore
      expect(Object.keys(outcomes).toSorted()).toEqual(['done / slot_not_open', 'slot_not_open / done']);
      expect(await standing(world, clones)).toEqual({ [waiting(1)]: PAIRS });
    }, 120_000);

    it('removing the added signer and the last signature of the route: whichever is second completes, once', async () => {
      const of = await world.inApproval();
      const own = await world.signable('approval', of, 'principalOne');
      const office = { person: PEOPLE.chief, role: 'chief', organ: 'xiangyang' };
      const content = { content: of.content };
      expect(codeOf(await world.act('approval', of, 'principalOne', 'added-signers', { seat: own.seat, ...content, ...office }))).toBe('done'); // prettier-ignore
      expect(codeOf(await world.sign('approval', of, 'principalOne', own))).toBe('done');
      const last = await offered(world, of, 'principalTwo');
      const added = await row<{ id: string }>(
        world.legs.approval,
        'SELECT s.id FROM leg_seat s JOIN leg_case c ON c.id = s.leg_case WHERE c.case_id = $1 AND s.added_by IS NOT NULL',
        [of.case],
      );
      const clones = await cloneCases(world, of, PAIRS);
      const removes = does(world, 'principalOne', 'removed-signers', (clone) => ({
        seat: clone.seat(added?.id ?? ''),
      }));
      const outcomes = await race(clones, removes, signs(world, 'principalTwo', last), isolation);
      expect(outcomes).toEqual({ 'done / done': PAIRS });
      expect(await standing(world, clones)).toEqual({ [RELEASED]: PAIRS });
    }, 120_000);

    it('taking back and the last signature', async () => {
      const of = await world.inApproval();
      const own = await world.signable('approval', of, 'principalOne');
      expect(codeOf(await world.sign('approval', of, 'principalOne', own))).toBe('done');
      const last = await offered(world, of, 'principalTwo');
      const clones = await cloneCases(world, of, PAIRS);
      const takes = does(world, 'principalOne', 'take-backs', (clone) => ({ seat: clone.seat(own.seat) }));
      const outcomes = await race(clones, takes, signs(world, 'principalTwo', last), isolation);
      expect(Object.keys(outcomes).toSorted()).toEqual(['done / done', 'not_in_review / done']);
      expect(await standing(world, clones)).toEqual({
        [waiting(1)]: outcomes['done / done'],
        [RELEASED]: outcomes['not_in_review / done'],
      });
    }, 120_000);
  },
);

/** One pair after the other: what changes beside the case concerns every case of the world. */
async function oneByOne(pair: (of: Submitted, gate: () => Promise<void>, turn: number) => Promise<string>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const { of } = await template(world, true);
  for (const [turn, clone] of (await cloneCases(world, of, PAIRS)).entries()) {
    const outcome = await pair(clone, barrier(2), turn);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
} // prettier-ignore

/** Revoking is one statement, signing reads the grant with its tenth: the other side is held up by as many as let either be first. */
const after = (gate: () => Promise<void>, turn: number) => async (): Promise<void> => {
  await gate();
  for (let n = 0; n < turn % 24; n += 1) await rows(world.legs.review, 'SELECT 1');
};

describe('who loses the right to sign while he signs has signed before, or is refused', () => {
  it('a deputy whose grant is revoked', async () => {
    const outcomes = await oneByOne(async (of, gate, turn) => {
      const grant = await world.entrust('principalTwo', 'stranger', 'principal');
      const shown = await world.signable('approval', of, 'stranger');
      const sign = () => world.sign('approval', of, 'stranger', shown, gate);
      const revoke = () =>
        world.handle('approval', 'gateway.deputy-revoked', { id: grant, at: now() }, after(gate, turn));
      const [signed] = turn % 2 === 0 ? await Promise.all([sign(), revoke()]) : (await Promise.all([revoke(), sign()])).toReversed(); // prettier-ignore
      const code = codeOf(signed);
      expect((await world.state('approval', of))?.state).toBe(code === 'done' ? 'released' : 'in-review');
      return code;
    });
    expectBothWin(outcomes);
  }, 120_000);

  it('a person who leaves', async () => {
    const outcomes = await oneByOne(async (of, gate, turn) => {
      const shown = await world.signable('approval', of, 'principalTwo');
      const sign = () => world.sign('approval', of, 'principalTwo', shown, gate);
      // As the gateway has it: an office ends when every service has heard of it, and whoever left is gone at once.
      const left = plusSeconds(now(), 30);
      const leave = () =>
        world.changeDirectory(
          ({ grants, persons }) => ({
            grants: grants.map((one) => (one.person === PEOPLE.principalTwo ? { ...one, until: left } : one)),
            persons: persons.map((one) => (one.id === PEOPLE.principalTwo ? { ...one, active: false } : one)),
          }),
          after(gate, turn),
        );
      const [signed] = turn % 2 === 0 ? await Promise.all([sign(), leave()]) : (await Promise.all([leave(), sign()])).toReversed(); // prettier-ignore
      await world.changeDirectory(({ grants, persons }) => ({
        grants: [...grants.filter(({ person }) => person !== PEOPLE.principalTwo), { person: PEOPLE.principalTwo, role: 'principal', organ: 'xiangyang', from: instant('2020-01-01T00:00:00.000Z'), until: null }],
        persons: persons.map((one) => ({ ...one, active: true })),
      })); // prettier-ignore
      const code = codeOf(signed);
      expect((await world.state('approval', of))?.state).toBe(code === 'done' ? 'released' : 'in-review');
      return code;
    });
    expectBothWin(outcomes);
  }, 240_000);
});

function expectBothWin({ done = 0, ...refused }: Record<string, number>): void {
  expect(Object.keys(refused).filter((code) => !['not_eligible', 'not_found'].includes(code))).toEqual([]);
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(PAIRS);
}
