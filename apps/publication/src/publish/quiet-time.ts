import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds: for how long nothing urgent must have been at work, how long that is waited for at most, how often it is looked. */
export interface QuietLimits {
  readonly forMs: number;
  readonly atMostMs: number;
  readonly lookMs: number;
}

/** A rush of publications leaves a few hundred milliseconds between two; what waits for its end goes on all the same, one piece every few seconds. */
const LIMITS: QuietLimits = { forMs: 300, atMostMs: 5_000, lookMs: 25 };

/** Lets what is merely convenient wait until nothing urgent is at work, so that a rush of urgent work has the processors to itself. */
export class QuietTime {
  #busy = 0;
  #hurried = 0;
  #sinceMs = -Infinity;

  constructor(private readonly limits: QuietLimits = LIMITS) {}

  /** Does something urgent. */
  async during<T>(urgent: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await urgent();
    } finally {
      this.#busy -= 1;
      this.#sinceMs = performance.now();
    }
  }

  /** Does something that makes use of what others let wait: somebody waits for it, so until it is done nothing waits any more. */
  async hurry<T>(work: () => Promise<T>): Promise<T> {
    this.#hurried += 1;
    try {
      return await work();
    } finally {
      this.#hurried -= 1;
    }
  }

  /** Resolves when nothing urgent has been at work for a while; at last when it has waited long enough, and when nobody waits any more. */
  async come(abandoned: AbortSignal): Promise<void> {
    const { forMs, atMostMs, lookMs } = this.limits;
    const lastMs = performance.now() + atMostMs;
    while (!abandoned.aborted && performance.now() < lastMs && !this.isQuiet(forMs))
      await sleep(lookMs, undefined, { ref: false });
  }

  private isQuiet(forMs: number): boolean {
    return this.#hurried > 0 || (this.#busy === 0 && performance.now() - this.#sinceMs >= forMs);
  }
}
