import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Readable, ReadingTurns, worstRounds } from './reading-turns.js';

const one = (key: string, more: Partial<Readable> = {}): Readable => ({
  key,
  place: 'index.html',
  mark: 'as written',
  changedMs: 0,
  ...more,
});
const all = (keys: string): Readable[] => keys.split('').map((key) => one(key));

/** Turns whose newcomers stand in the order they come in. */
function turnsOf(budget: number, everyMs = 1000, clock = (): number => 0): ReadingTurns {
  let drawn = 0;
  return new ReadingTurns(budget, everyMs, clock, () => (drawn += 1) / 1e9);
}

/** One round in which everything that is due is read and proves itself, but for `wrong`. */
function round(turns: ReadingTurns, present: readonly Readable[], wrong = ''): string {
  const due = [...turns.begin(present)];
  for (const key of due) turns.read(key, !wrong.includes(key));
  return due.join('');
}

describe('the turns of reading', () => {
  it('go on where the last round ended, and begin again at the end', () => {
    const turns = turnsOf(2);
    // A new process has proved nothing, so as many again are ahead of their turn.
    expect(round(turns, all('abcdefg'))).toBe('cadb');
    expect(round(turns, all('abcdefg'))).toBe('gef');
    expect(['', '', '', ''].map(() => round(turns, all('abcdefg')))).toEqual(['ca', 'db', 'ge', 'fc']);
  });

  it.each<[string, readonly Readable[], string]>([
    ['the next in turn, when nothing changed', all('abcdef'), 'ab'],
    ['what changed on the disk, ahead of its turn', [...all('abcde'), one('f', { mark: 'other' })], 'fab'],
    [
      'the newest change first, and as many ahead of their turn as in turn',
      [...all('abc'), ...[3, 1, 2].map((changedMs) => one('def'[changedMs - 1]!, { mark: 'other', changedMs }))],
      'faeb',
    ],
    ['a newcomer, ahead of its turn', [...all('abcdef'), one('n', { changedMs: 9 })], 'nab'],
    [
      'everything that stands elsewhere than it was proved, past the budget',
      all('abcdef').map((of) => ({ ...of, place: 'x' })),
      'abcdef',
    ],
    ['what stands there no more', [...all('abcde'), one('f', { place: '' })], 'fab'],
    ['nobody who is gone', all('cdef'), 'cd'],
  ])('give %s', (_, present, due) => {
    const turns = turnsOf(2);
    turns.begin(all('abcdef'));
    for (const key of 'abcdef') turns.read(key, true);
    expect([...turns.begin(present)].join('')).toBe(due);
  });

  it('read again in the next round what did not prove itself', () => {
    const turns = turnsOf(1);
    for (let rounds = 0; rounds < 4; rounds += 1) round(turns, all('abcd'));
    const [wrong = ''] = [...turns.begin(all('abcd'))];
    turns.read(wrong, false);
    expect([...turns.begin(all('abcd'))]).toContain(wrong);
    expect(turns.hasProved(wrong)).toBe(false);
  });

  it('stay with what was due and could not be read', () => {
    const turns = turnsOf(2);
    turns.begin(all('abcd')).forEach((key) => turns.read(key, true));
    const due = [...turns.begin(all('abcd'))];
    expect([...turns.begin(all('abcd'))]).toEqual(due);
  });

  it('reach everything by rounds that are cut short, and say how long that takes', () => {
    let now = 0;
    const turns = turnsOf(4, 1000, () => now);
    const reads: string[] = [];
    for (let rounds = 0; rounds < 8; rounds += 1) {
      // Nothing ever proves itself, so that all of it is ahead of its turn too; two are read, then the time is over.
      for (const key of [...turns.begin(all('abcdefgh'))].slice(0, 2)) {
        turns.read(key, false);
        reads.push(key);
      }
      now += 5000;
      turns.end();
    }
    expect(new Set(reads).size).toBe(8);
    expect(turns.figures()).toMatchObject({ budget: 1, worstSeconds: 9 * 5 });
    round(turns, all('abcdefgh'));
    turns.end();
    expect(turns.figures()).toMatchObject({ budget: 4, worstSeconds: 3 * 5 });
  });

  it('say how long an alteration that leaves no trace may stay unseen, by the time rounds really take', () => {
    let now = 0;
    const turns = turnsOf(2, 1000, () => now);
    round(turns, all('abcde'));
    expect(turns.figures()).toEqual({ total: 5, budget: 2, worstSeconds: 4, oldestSeconds: 0 });
    now = 3000;
    round(turns, all('abcde'));
    expect(turns.figures()).toMatchObject({ worstSeconds: 12, oldestSeconds: 3 });
    expect(turnsOf(2).figures()).toMatchObject({ total: 0, oldestSeconds: 0 });
  });
});

describe('everything is read', () => {
  const names = Array.from({ length: 12 }, (_, n) => `n${n}`);
  const mark = fc.constantFrom('a', 'b');
  const shown = fc.record({
    key: fc.constantFrom(...names),
    place: fc.constantFrom('p', 'q', ''),
    mark,
    changedMs: fc.nat(9),
  });
  const others = fc.uniqueArray(shown, { selector: ({ key }) => key, maxLength: 12 });
  const lasting = fc.integer({ min: 1, max: 15 });
  const world = fc.record({
    budget: fc.integer({ min: 1, max: 5 }),
    lasting,
    seed: fc.nat(),
    rounds: fc.array(fc.record({ others, failing: fc.subarray(names) }), { minLength: 40, maxLength: 40 }),
  });

  it('within the stated number of rounds, whatever else comes, goes, changes or fails meanwhile', () => {
    fc.assert(
      fc.property(world, ({ budget, lasting: count, seed, rounds }) => {
        let drawn = seed;
        const random = (): number => (drawn = (drawn * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;
        const turns = new ReadingTurns(budget, 1000, () => 0, random);
        const stays = Array.from({ length: count }, (_, n) => one(`s${n}`));
        const unread = new Map(stays.map(({ key }) => [key, { rounds: 0, most: 0 }]));
        for (const { others: more, failing } of rounds) {
          const present = [...more, ...stays];
          const due = turns.begin(present);
          for (const key of due) turns.read(key, !failing.includes(key));
          for (const [key, waited] of unread) {
            // Whoever stands before it in the queue was there in the round it was read in.
            waited.most = waited.rounds === 0 ? present.length : waited.most;
            waited.rounds += 1;
            if (due.has(key)) unread.set(key, { rounds: 0, most: 0 });
            else expect(waited.rounds).toBeLessThanOrEqual(worstRounds(waited.most, budget));
          }
        }
      }),
      { seed: 20_261_126, numRuns: 100 },
    );
  });

  it('also by processes that end after a few rounds: each begins with others', () => {
    let drawn = 7;
    const random = (): number => (drawn = (drawn * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;
    const read = new Set<string>();
    for (let process = 0; process < 60; process += 1) {
      const turns = new ReadingTurns(1, 1000, () => 0, random);
      // Only what is in turn: whatever is ahead of its turn is the newest, the same for every process.
      const due = [...turns.begin(names.map((key, changedMs) => one(key, { changedMs })))];
      read.add(due.at(-1) ?? '');
    }
    expect(read.size).toBe(names.length);
  });
});
