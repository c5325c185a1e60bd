import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { barrier } from '../../../../test/support/gate.js';
import { QuietTime } from './quiet-time.js';

const never = new AbortController().signal;

describe('quiet time', () => {
  it('is there at once when nothing urgent was at work', async () => {
    const began = performance.now();
    await new QuietTime({ forMs: 60_000, atMostMs: 60_000, lookMs: 1 }).come(never);
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  it('comes a while after the last of what is urgent', async () => {
    const quiet = new QuietTime({ forMs: 50, atMostMs: 600_000, lookMs: 1 });
    const [first, last] = [barrier(2), barrier(2)];
    const urgent = [quiet.during(first), quiet.during(last)];
    const come = quiet.come(never).then(() => performance.now());
    await Promise.all([first(), urgent[0]]);
    await sleep(60);
    const endedAt = performance.now();
    await Promise.all([last(), urgent[1]]);
    expect((await come) - endedAt).toBeGreaterThanOrEqual(49);
  });

  it('ends for what failed too', async () => {
    const quiet = new QuietTime({ forMs: 0, atMostMs: 600_000, lookMs: 1 });
    await expect(quiet.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await quiet.come(never);
  });

  it('is not waited for while somebody waits for what is made in it', async () => {
    const quiet = new QuietTime({ forMs: 600_000, atMostMs: 600_000, lookMs: 1 });
    const end = barrier(2);
    const urgent = quiet.during(end);
    let isMade = false;
    const make = async (): Promise<void> => {
      await quiet.come(never);
      isMade = true;
    };
    const patient = make();
    await sleep(20);
    expect(isMade).toBe(false);
    await quiet.hurry(async () => {
      await Promise.all([patient, quiet.come(never)]);
    });
    await Promise.all([end(), urgent]);
  });

  it('is not waited for longer than long enough, nor by who is closing', async () => {
    const busy = new QuietTime({ forMs: 0, atMostMs: 20, lookMs: 1 });
    const end = barrier(3);
    const urgent = busy.during(end);
    await busy.come(never);
    const patient = new QuietTime({ forMs: 0, atMostMs: 600_000, lookMs: 1 });
    const other = patient.during(end);
    const closing = new AbortController();
    const come = patient.come(closing.signal);
    closing.abort();
    await come;
    await Promise.all([end(), urgent, other]);
  });
});
