import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds of the longest rest: what waited for an answer has taken nothing from anybody. */
const LONGEST_REST = 500;

/** Does `work`, then rests as long as it took, so that a row of it leaves the site and the machine half of the time to others. */
export async function halfTime<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    await sleep(Math.min(performance.now() - began, LONGEST_REST));
  }
}
