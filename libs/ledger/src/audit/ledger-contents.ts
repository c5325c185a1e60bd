import type { Instant } from '#domain/instant';
import type { Checkpoint } from '#evidence/checkpoint';
import type { Defect } from '#evidence/defect';

/** The ledger tables of one service, as they stand. */
export interface ServiceLedger {
  readonly service: string;
  readonly heads: readonly {
    readonly report: string;
    readonly seq: number;
    readonly hash: string | null;
    readonly at: Date | null;
  }[];
  readonly entries: readonly {
    readonly report: string;
    readonly seq: number;
    readonly hash: string;
    readonly bytes: Uint8Array;
    readonly at: Date;
  }[];
  readonly bodies: readonly { readonly digest: string; readonly bytes: Uint8Array }[];
}

/** The tables of the log, as they stand. */
export interface StoredLog {
  readonly leaves: readonly { readonly index: number; readonly hash: string; readonly producer: string }[];
  readonly nodes: readonly { readonly level: number; readonly index: number; readonly hash: string }[];
  readonly checkpoints: readonly {
    readonly epoch: string;
    readonly size: number;
    readonly root: string;
    readonly at: Date;
    readonly note: string;
  }[];
}

/** Everything an audit looks at: every service's ledger and the log from one moment, and the copies read before it. */
export interface LedgerContents {
  readonly services: readonly ServiceLedger[];
  readonly log: StoredLog;
  /** Lines of the checkpoints outside the database, in order; undefined for one that is no JSON string. */
  readonly copies: readonly (string | undefined)[];
  /** Database time. */
  readonly now: Instant;
}

/** Opens a checkpoint by the key the log had then. */
export type OpenNote = (note: string) => Checkpoint | Defect;
