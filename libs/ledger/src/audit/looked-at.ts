import type { Digest } from '#domain/identifiers';
import type { EvidenceCrypto } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import { type LedgerEntry, readEntry } from '#evidence/ledger-entry';
import { leafHash } from '#evidence/merkle-tree';

/** An entry's row. */
export interface EntryRow {
  readonly report: string;
  readonly seq: number;
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
}

/** An entry's row with what its bytes say, whatever the columns beside them claim. */
export interface LookedAt {
  readonly row: EntryRow;
  /** The hash of the bytes that are there. */
  readonly actual: Digest;
  readonly entry: LedgerEntry | undefined;
}

/** Reads and hashes an entry. */
export function lookAt(row: EntryRow, crypto: Pick<EvidenceCrypto, 'sha256'>): LookedAt {
  const entry = readEntry(row.bytes);
  return { row, actual: leafHash(row.bytes, crypto), entry: isDefect(entry) ? undefined : entry };
}
