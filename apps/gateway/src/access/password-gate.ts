import { refuse, type Refusal } from '#domain/decision';

/** Hashing saturates the cores: this many run at once, this many more wait, the rest is sent away. */
const RUNNING = 4;
const WAITING = 32;
const RETRY_AFTER_SECONDS = 2;

/** Bounds the work strangers can cause by sending passwords. One per process. */
export class PasswordGate {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** Runs the check when its turn comes; refuses `too_many_attempts` when the queue is full. */
  async pass<T>(check: () => Promise<T>): Promise<T | Refusal<'too_many_attempts'>> {
    if (this.#running >= RUNNING) {
      if (this.#waiting.length >= WAITING)
        return refuse('too_many_attempts', { retryAfterSeconds: RETRY_AFTER_SECONDS });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await check();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
