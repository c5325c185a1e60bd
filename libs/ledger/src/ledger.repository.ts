import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** The end of one report's chain, locked; `last` is null before its first entry. `now`: database time, never before the last entry's. */
export interface LockedHead {
  readonly last: { readonly seq: number; readonly hash: Digest } | null;
  readonly now: Instant;
}

/** An entry as it is stored. */
export interface StoredEntry {
  readonly report: string;
  readonly seq: number;
  readonly hash: Digest;
  readonly bytes: Uint8Array;
  readonly at: Instant;
}

/** What happened, under its digest. */
export interface StoredBody {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** Locks the chain of a report until the transaction ends, whether it has entries yet or not. */
export async function lockHead(tx: Tx, report: string): Promise<LockedHead> {
  const head = await row<{ seq: number; hash: string | null; now: Date }>(
    tx,
    `INSERT INTO ledger_head (report, seq) VALUES ($1, 0) ON CONFLICT (report) DO UPDATE SET seq = ledger_head.seq
     RETURNING seq, hash, greatest(at, date_trunc('milliseconds', clock_timestamp())) AS now`,
    [report],
  );
  if (head === undefined) throw new Error(`the ledger of report ${report} has no head`);
  const last = head.hash === null ? null : { seq: head.seq, hash: digest(head.hash) };
  return { last, now: instant(head.now) };
}

/** Appends an entry with its body and moves the head on. Run under `lockHead`. */
export async function appendEntry(tx: Tx, entry: StoredEntry, body: StoredBody | null): Promise<void> {
  const { report, seq, hash, bytes, at } = entry;
  const moved = await rows(
    tx,
    `WITH body AS (
       INSERT INTO ledger_body (digest, bytes) SELECT $6::text, $7::bytea WHERE $6::text IS NOT NULL ON CONFLICT DO NOTHING),
     entry AS (INSERT INTO ledger_entry (report, seq, hash, bytes, at) VALUES ($1, $2, $3, $4, $5))
     UPDATE ledger_head SET seq = $2, hash = $3, at = $5 WHERE report = $1 AND seq = $2 - 1 RETURNING report`,
    [report, seq, hash, Buffer.from(bytes), at, body?.digest ?? null, body && Buffer.from(body.bytes)],
  );
  if (moved.length !== 1) throw new Error(`entry ${seq} of report ${report} does not follow the head of its chain`);
}

/** The bytes of the entry with this hash, or undefined. */
export async function findEntry(handle: Handle, hash: string): Promise<Uint8Array | undefined> {
  const found = await row<{ bytes: Buffer }>(handle, 'SELECT bytes FROM ledger_entry WHERE hash = $1', [hash]);
  return found && new Uint8Array(found.bytes);
}

/** Whether what happened under this digest is in the ledger already. Locks the report's chain, so that it is put there once. */
export async function isRecorded(tx: Tx, report: string, body: string): Promise<boolean> {
  await lockHead(tx, report);
  return (await row(tx, 'SELECT 1 FROM ledger_body WHERE digest = $1', [body])) !== undefined;
}
