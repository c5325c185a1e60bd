import type { Log } from './log.js';
import type { Sweep } from './ports.js';

/** Runs each sweep at boot and then at its interval, never twice at once in this process. */
export class Sweeper {
  #timers: NodeJS.Timeout[] = [];
  #running = new Set<Promise<void>>();

  constructor(
    readonly sweeps: readonly Sweep[],
    readonly log: Log,
  ) {}

  start(): void {
    for (const sweep of this.sweeps) {
      let busy = false;
      const turn = (): void => {
        if (busy) return;
        busy = true;
        const run = sweep
          .run()
          .catch((error: unknown) => this.log.fault('sweep_failed', error, { sweep: sweep.name }))
          .finally(() => {
            busy = false;
            this.#running.delete(run);
          });
        this.#running.add(run);
      };
      turn();
      this.#timers.push(setInterval(turn, sweep.everyMs));
    }
  }

  /** Starts no more and waits for those that run. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#running);
  }
}
