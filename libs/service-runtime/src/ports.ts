import type { ServiceName } from '#contracts/services';
import type { WorkCalendar } from '#domain/work-calendar';
import type { EvidenceCrypto, Signer } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import type { dataSourceFor } from '#persistence/data-source';
import type { Environment } from './environment.js';
import type { Log } from './log.js';

/** The connections of one service to its schema. */
export type Database = ReturnType<typeof dataSourceFor>;

/** What the shell lends use cases, controllers and sweeps. */
export interface ServicePorts {
  readonly service: ServiceName;
  readonly db: Database;
  readonly signer: Signer;
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
  /** The days the office works, as far as notices are loaded. */
  readonly calendar: WorkCalendar;
  /** The life of the database, as this process found it at its start. */
  readonly epoch: string;
  readonly environment: Environment;
  readonly log: Log;
}

/** Why a service does not do its work though it runs, and the way out; `code` is that of the alarm. */
export interface Unfit {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Injection token of the service's ports. */
export const PORTS = Symbol('PORTS');

/** Work that looks at rows again and again; what it does must be safe to repeat and to run twice at once. */
export interface Sweep {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}
