import type { EvidenceCrypto } from '#evidence/crypto';
import { auditBodies, type ProveErasure, SeenErasures } from './audit-bodies.js';
import { type Ask, batchesOf } from './batches.js';
import { headFaults } from './chain-sets.queries.js';
import type { FaultList } from './fault-list.js';
import { type EntryRow, lookAt, type LookedAt } from './looked-at.js';

type Sha256 = Pick<EvidenceCrypto, 'sha256'>;

/** What auditing chains needs beside the database. */
export interface ChainAudit {
  readonly crypto: Sha256;
  readonly faults: FaultList;
  readonly proveErasure: ProveErasure;
  readonly onEntry?: (one: LookedAt) => void;
}

/**
 * Finds every fault in one service's chains: each entry by itself, each chain from 1 to its head, each body. Answers how many entries there are;
 * `onEntry` sees each. Columns are held against bytes here, entry by entry; how rows belong together is then asked of the columns.
 */
export async function auditChains(
  ask: Ask,
  service: string,
  { crypto, faults, proveErasure, onEntry }: ChainAudit,
): Promise<number> {
  const erasures = new SeenErasures();
  let count = 0;
  let last: LookedAt | undefined;
  const select = `SELECT report, seq, hash, bytes, at FROM "${service}".ledger_entry ORDER BY report, seq`;
  for await (const batch of batchesOf<EntryRow>(ask, `entries_of_${service}`, select))
    for (const row of batch) {
      const one = lookAt(row, crypto);
      nameOwnFaults(one, service, faults);
      nameLinkFaults(one, last?.row.report === row.report ? last : undefined, service, faults);
      erasures.see(one);
      onEntry?.(one);
      last = one;
      count += 1;
    }
  await auditBodies(ask, service, { crypto, faults, erasures, proveErasure });
  for (const { code, place } of await headFaults(ask, service)) faults.add(code, service, place);
  return count;
}

function nameOwnFaults({ row, actual, entry }: LookedAt, service: string, faults: FaultList): void {
  const where = `${row.report}/${row.seq}`;
  if (entry === undefined) return faults.add('entry_unreadable', service, where);
  if (actual !== row.hash || entry.at !== row.at.toISOString()) faults.add('entry_altered', service, where);
  if (entry.report !== row.report || entry.seq !== row.seq) faults.add('entry_misplaced', service, where);
}

function nameLinkFaults(one: LookedAt, last: LookedAt | undefined, service: string, faults: FaultList): void {
  const { report, seq, at } = one.row;
  const expected = (last?.row.seq ?? 0) + 1;
  if (seq < expected) faults.add('entry_doubled', service, `${report}/${seq}`);
  if (seq > expected) faults.add('entry_missing', service, `${report}/${gapName(expected, seq - 1)}`);
  const breaks = seq === expected && one.entry !== undefined && one.entry.prev !== (last?.actual ?? null);
  if (breaks) faults.add('chain_broken', service, `${report}/${seq}`);
  if (last !== undefined && at < last.row.at) faults.add('time_decreases', service, `${report}/${seq}`);
}

/** What is missing, as one: a place far behind the others would else be a million faults. */
export const gapName = (first: number, last: number): string => (first === last ? `${first}` : `${first}-${last}`);
