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
  /** What keeps failing though the service does its work, with the way out. */
  readonly warnings: readonly Unfit[];
  readonly queueBackend: 'postgres' | 'redis';
  readonly oldestMessageSeconds: number;
  readonly clockSkewMs: number;
}

/** What a service says of itself. */
export interface OwnHealth {
  /** Why it does not do its work. */
  fitness(): Unfit | null;
  warnings(): Promise<readonly Unfit[]>;
}

/** Collects what readiness depends on as the service boots and drains. */
export class Readiness {
  started = false;
  draining = false;

  constructor(
    readonly db: Database,
    readonly outbox: OutboxRuntime,
    readonly clock: ClockWatch,
    readonly own: OwnHealth,
  ) {}

  async report(): Promise<ReadinessReport> {
    const database = await row(this.db, 'select 1').then(
      () => true,
      () => false, // the database is away: that is the report
    );
    const oldestMessageSeconds = database ? await oldestOpenSeconds(this.db) : Number.NaN;
    const unfit = this.own.fitness();
    const warnings = database ? await this.own.warnings() : [];
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
    return { ready, checks, unfit, warnings, queueBackend, oldestMessageSeconds, clockSkewMs: this.clock.skewMs };
  }
}
