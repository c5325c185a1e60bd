import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseOutage, isConnectionError } from './database-outage.js';

const refused = (): Error => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });

describe('an error of a lost connection', () => {
  it.each<[string, unknown, boolean]>([
    ['refused', refused(), true],
    ['within another', new Error('query failed', { cause: refused() }), true],
    ['tried on two addresses', new AggregateError([refused(), refused()]), true],
    ['cut by the server', Object.assign(new Error('terminating connection'), { code: '57P01' }), true],
    ['ended without a code', new Error('Connection terminated unexpectedly'), true],
    ['a broken rule', Object.assign(new Error('duplicate key'), { code: '23505' }), false],
    ['a defect', new TypeError('x is not a function'), false],
    ['no error', 'refused', false],
  ])('%s', (_what, error, verdict) => expect(isConnectionError(error)).toBe(verdict));
});

describe('a database that is away', () => {
  let isAway: boolean;
  const said: string[] = [];
  const note = (what: unknown, fields?: object | string): number =>
    said.push(`${String(what)} ${JSON.stringify(typeof fields === 'object' ? { ...fields, zh: 0, en: 0 } : fields)}`);
  const outage = (): DatabaseOutage =>
    new DatabaseOutage(() => (isAway ? Promise.reject(refused()) : Promise.resolve()), { error: note, warn: note });
  const own = jest.fn();
  const kinds = (): string[] => said.map((line) => line.split(' ')[0]!);

  beforeEach(() => {
    jest.useFakeTimers();
    isAway = true;
    said.length = 0;
    own.mockClear();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is told at once, then once a minute, and when it is back, whatever fails meanwhile', async () => {
    const watch = outage();
    for (let second = 0; second < 150; second += 1) {
      for (let statement = 0; statement < 20; statement += 1) expect(watch.takes(refused(), own)).toBe(true);
      await jest.advanceTimersByTimeAsync(1000);
    }
    expect(kinds()).toEqual(['database_away', 'database_away', 'database_away']);
    expect(said[1]).toContain('"seconds":60');
    isAway = false;
    await jest.advanceTimersByTimeAsync(1000);
    expect(kinds().slice(3)).toEqual(['database_back']);
    expect(said[3]).toContain('"failedMeanwhile":3000');
    expect(own).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(said).toHaveLength(4);
    watch.stop();
  });

  it('is not blamed for what another connection lost', async () => {
    isAway = false;
    const watch = outage();
    expect(watch.takes(refused(), own)).toBe(true);
    await jest.advanceTimersByTimeAsync(0);
    expect(own).toHaveBeenCalledTimes(1);
    expect(said).toEqual([]);
    expect(watch.takes(new TypeError('no'), own)).toBe(false);
    watch.stop();
  });

  it('that does not answer at all is away as well', async () => {
    const watch = new DatabaseOutage(() => new Promise(() => undefined), { error: note, warn: note });
    watch.takes(refused(), own);
    await jest.advanceTimersByTimeAsync(5000);
    expect(kinds()).toEqual(['database_away']);
    watch.stop();
    expect(watch.takes(refused(), own)).toBe(false);
  });
});
