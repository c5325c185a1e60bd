import { oldestOpenSeconds } from '#outbox/outbox-sweeps';
import type { OutboxRuntime } from '#outbox/outbox-runtime';
import { row } from '#persistence/sql';
import type { ClockWatch } from './clock-watch.js';
import type { Database, Unfit } from './ports.js';

/** Injection token of the readiness of this process. */
export const READINESS = Symbol('READINESS');

/** Whether this process should get traffic, and why not. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'started' | 'database' | 'queue' | 'clock' | 'accepting' | 'fit', boolean>>;
  /** Why it does not do its work, with the way out. */
  readonly unfit: Unfit | null;
  readonly queueBackend: 'postgres' | 'redis';
  readonly oldestMessageSeconds: number;
  readonly clockSkewMs: number;
}

/** Collects what readiness depends on as the service boots and drains. */
export class Readiness {
  started = false;
  draining = false;

  constructor(
    readonly db: Database,
    readonly outbox: OutboxRuntime,
    readonly clock: ClockWatch,
    readonly fitness: () => Unfit | null = () => null,
  ) {}

  async report(): Promise<ReadinessReport> {
    const database = await row(this.db, 'select 1').then(
      () => true,
      () => false, // the database is away: that is the report
    );
    const oldestMessageSeconds = database ? await oldestOpenSeconds(this.db) : Number.NaN;
    const unfit = this.fitness();
    const checks = {
      started: this.started,
      database,
      queue: this.outbox.ready,
      clock: this.clock.sound,
      accepting: !this.draining,
      fit: unfit === null,
    };
    const ready = Object.values(checks).every(Boolean);
    const queueBackend = this.outbox.settings.queue.backend;
    return { ready, checks, unfit, queueBackend, oldestMessageSeconds, clockSkewMs: this.clock.skewMs };
  }
}
