import { randomUUID } from 'node:crypto';
import { type Refusal, isRefusal, refuse } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import { type Erasure, sealErasure } from '#evidence/erasure';
import { type LedgerEntry, readEntry } from '#evidence/ledger-entry';
import { databaseNow, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { EVENTS } from './events-digest.js';
import { ACCEPTED, type LedgerPorts, recordEntry } from './record-entry.js';

/** Which entry's body is to go, and why it may. */
export interface WantedErasure {
  readonly report: string;
  readonly seq: number;
  readonly reason: string;
  readonly ground: string;
}

/** An entry and what is kept beside it. */
export interface ErasableEntry {
  readonly entry: LedgerEntry;
  readonly digest: Digest;
  readonly body: Uint8Array;
}

/** The entry with what would be erased. Refuses no_entry, nothing_to_erase (the entry has no body), erased_already (it is gone). */
export async function erasable(
  tx: Tx,
  { report, seq }: Pick<WantedErasure, 'report' | 'seq'>,
): Promise<ErasableEntry | Refusal> {
  const found = await row<{ bytes: Buffer }>(tx, 'SELECT bytes FROM ledger_entry WHERE report = $1 AND seq = $2', [
    report,
    seq,
  ]);
  const entry = found && readEntry(found.bytes);
  if (entry === undefined || isDefect(entry)) return refuse('no_entry');
  const digest = entry.digests['events'];
  if (digest === undefined) return refuse('nothing_to_erase');
  const kept = await row<{ bytes: Buffer }>(tx, 'SELECT bytes FROM ledger_body WHERE digest = $1', [digest]);
  return kept === undefined ? refuse('erased_already') : { entry, digest, body: kept.bytes };
}

/**
 * Erases what an entry of a service's ledger says happened, with the agreement of both administrators, and leaves an entry that says so in the chain
 * of every report whose entry had it. Hashes stay as they are: only the body goes. Run as the owner of the tables, with the service's search path; the
 * trigger that keeps bodies is off for this one statement. Refuses as `erasable`.
 */
export async function eraseBody(
  tx: Tx,
  ports: LedgerPorts,
  wanted: WantedErasure,
  administrators: readonly Signer[],
): Promise<Erasure | Refusal> {
  // First, while nothing else is locked: whoever is writing an entry now ends before.
  await tx.query('LOCK TABLE ledger_body IN SHARE ROW EXCLUSIVE MODE');
  const found = await erasable(tx, wanted);
  if (isRefusal(found)) return found;
  const { digest } = found;
  const { service } = ports;
  const at = await databaseNow(tx);
  const statement: Erasure = { schema: 'sunward.erasure/1', service, ...wanted, erased: digest, at };
  const envelope = sealErasure(statement, administrators);
  const holders = await rows<{ report: string }>(
    tx,
    `SELECT DISTINCT report FROM ledger_entry WHERE ${EVENTS} = $1 ORDER BY report`,
    [digest],
  );
  await tx.query('ALTER TABLE ledger_body DISABLE TRIGGER ledger_body_append_only');
  await tx.query('DELETE FROM ledger_body WHERE digest = $1', [digest]);
  await tx.query('ALTER TABLE ledger_body ENABLE TRIGGER ledger_body_append_only');
  for (const { report } of holders)
    await recordEntry(tx, ports, {
      report,
      case: null,
      actor: `service:${service}`,
      action: `${service}.erase`,
      outcome: ACCEPTED,
      digests: { erased: digest, statement: ports.crypto.sha256(canonicalBytes(envelope)) },
      body: { erasure: envelope },
      requestId: randomUUID(),
    });
  return statement;
}
