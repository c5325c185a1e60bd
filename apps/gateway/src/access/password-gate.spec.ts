import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { PasswordGate } from './password-gate.js';

/** A check that ends only when told to. */
function held(): { check: () => Promise<string>; release: () => void } {
  let release = (): void => {};
  const end = new Promise<void>((resolve) => (release = resolve));
  return { check: () => end.then(() => 'checked'), release: () => release() };
}

describe('the password gate', () => {
  it('refuses the thirty-seventh of a crowd, and lets the others through four at a time', async () => {
    const gate = new PasswordGate();
    let running = 0;
    let most = 0;
    const { check, release } = held();
    const counted = async (): Promise<string> => {
      running += 1;
      most = Math.max(most, running);
      const answer = await check();
      running -= 1;
      return answer;
    };
    const crowd = Array.from({ length: 37 }, () => gate.pass(counted));
    expect(isRefusal(await crowd[36])).toBe(true);
    release();
    expect(await Promise.all(crowd.slice(0, 36))).toEqual(Array.from({ length: 36 }, () => 'checked'));
    expect(most).toBe(4);
  });

  it('passes its place on when a check fails', async () => {
    const gate = new PasswordGate();
    const fail = (): Promise<never> => Promise.reject(new Error('no memory'));
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => gate.pass(fail)));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await gate.pass(async () => 'checked')).toBe('checked');
  });
});
