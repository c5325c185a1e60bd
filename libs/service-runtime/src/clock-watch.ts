import { databaseNow } from '#persistence/sql';
import type { Database } from './ports.js';

const CHECK_MS = 30_000;
/** A process this far from the database's clock takes no jobs: BullMQ's Postgres backend locks by the client's time. */
const MOST_SKEW_MS = 1000;

/** Compares this process's clock with the database's, at start and every 30 seconds. */
export class ClockWatch {
  #timer: NodeJS.Timeout | undefined;
  skewMs = 0;

  constructor(
    readonly db: Database,
    /** Called whenever the verdict changes, and with the first one. */
    readonly onVerdict: (sound: boolean, skewMs: number) => Promise<void>,
    readonly onError: (error: Error) => void,
  ) {}

  get sound(): boolean {
    return Math.abs(this.skewMs) <= MOST_SKEW_MS;
  }

  async start(): Promise<void> {
    await this.#check(true);
    this.#timer = setInterval(() => {
      this.#check(false).catch(this.onError);
    }, CHECK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #check(first: boolean): Promise<void> {
    const was = this.sound;
    const sent = Date.now();
    const database = Date.parse(await databaseNow(this.db));
    const received = Date.now();
    this.skewMs = Math.round((sent + received) / 2 - database);
    if (first || was !== this.sound) await this.onVerdict(this.sound, this.skewMs);
  }
}
