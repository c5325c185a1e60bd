import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { halfTime } from './half-time.js';

describe('half of the time', () => {
  it('rests at least as long as the work took, whether it succeeded or not', async () => {
    const took: number[] = [];
    const work = async (): Promise<void> => {
      const began = performance.now();
      await sleep(40);
      took.push(performance.now() - began);
    };
    const began = performance.now();
    await halfTime(work);
    await expect(halfTime(() => work().then(() => Promise.reject(new Error('no'))))).rejects.toThrow('no');
    // Timers may fire a millisecond early.
    expect(performance.now() - began).toBeGreaterThanOrEqual(2 * took.reduce((sum, ms) => sum + ms, 0) - 4);
  });

  it('answers what the work answered', async () => {
    expect(await halfTime(() => Promise.resolve(7))).toBe(7);
  });
});
