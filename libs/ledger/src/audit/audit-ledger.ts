import { SERVICES } from '#contracts/services';
import { instant, type Instant } from '#domain/instant';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { ProveErasure } from './audit-bodies.js';
import { auditChains, type ChainAudit } from './audit-chains.js';
import type { CopyLines, OpenNote, Restore } from './audit-copies.js';
import { auditLog, PATIENCE_MS } from './audit-log.js';
import type { Ask } from './batches.js';
import { agreementFaults } from './chain-sets.queries.js';
import type { FaultList } from './fault-list.js';
import { OperatedEntries, type OperatedEntry } from './operated-entries.js';

/** What an audit stands on beside the database. `copies` are not newer than the moment `ask` sees; `now`: database time. */
export interface LedgerAudit {
  readonly copies: CopyLines;
  readonly now: Instant;
  readonly openNote: OpenNote;
  readonly proveErasure: ProveErasure;
  readonly crypto: Pick<EvidenceCrypto, 'sha256'>;
}

/** How much there was to look at. */
export interface AuditedSizes {
  readonly entries: number;
  readonly leaves: number;
  readonly copies: number;
  /** What operators had services do past the API. */
  readonly operated: readonly OperatedEntry[];
}

/**
 * Names every fault in the whole ledger: each service's chains, the log and its copies, and that the two agree entry by entry. None means that
 * nothing was altered, removed, inserted, swapped or doubled since it was signed for; what is younger than a minute may still be under way. Reads
 * in batches: memory does not grow with the ledger.
 */
export async function auditLedger(ask: Ask, about: LedgerAudit, faults: FaultList): Promise<AuditedSizes> {
  const { crypto, now, proveErasure } = about;
  let entries = 0;
  const operated: OperatedEntry[] = [];
  for (const service of SERVICES.filter((one) => one !== 'ledger')) {
    const seen = new OperatedEntries(service);
    entries += await auditChains(ask, service, { crypto, faults, proveErasure, onEntry: (one) => seen.see(one) });
    operated.push(...(await seen.listed(ask)));
  }
  const own = await auditOwnChains(ask, { crypto, faults, proveErasure });
  const sizes = await auditLog(ask, { ...about, restores: own.restores }, faults);
  const oldest = instant(new Date(Date.parse(now) - PATIENCE_MS));
  for (const { code, service, place } of await agreementFaults(ask, SERVICES, oldest)) faults.add(code, service, place);
  return { entries: entries + own.entries, ...sizes, operated };
}

/** The chains of the log's own entries, and the restores an operator confirmed in them, where each has its place in the log. */
export async function auditOwnChains(
  ask: Ask,
  about: Omit<ChainAudit, 'onEntry'>,
): Promise<{ readonly entries: number; readonly restores: readonly Restore[] }> {
  const confirmed = new Map<string, string>();
  const entries = await auditChains(ask, 'ledger', {
    ...about,
    onEntry: ({ actual, entry }) => {
      const checkpoint = entry?.digests['checkpoint'];
      if (entry?.action === 'ledger.restore' && checkpoint !== undefined) confirmed.set(actual, checkpoint);
    },
  });
  if (confirmed.size === 0) return { entries, restores: [] };
  const places = await ask<{ index: number; hash: string }>(
    'SELECT index, hash FROM ledger.log_leaf WHERE hash = ANY ($1)',
    [[...confirmed.keys()]],
  );
  return { entries, restores: places.map(({ index, hash }) => ({ size: index, checkpoint: confirmed.get(hash)! })) };
}
