import type { EvidenceCrypto } from '#evidence/crypto';
import { auditChains, lookAt, type LookedAt } from './audit-chains.js';
import { auditLog, PATIENCE_MS, type Restore } from './audit-log.js';
import type { LedgerFault } from './fault.js';
import type { LedgerContents, OpenNote, StoredLog } from './ledger-contents.js';

/**
 * Every fault in the whole ledger: each service's chains, the log and its copies, and that the two agree entry by entry. An empty list means that
 * nothing was altered, removed, inserted, swapped or doubled since it was signed for; what is younger than a minute may still be under way.
 */
export function auditLedger(
  contents: LedgerContents,
  openNote: OpenNote,
  crypto: Pick<EvidenceCrypto, 'sha256'>,
): LedgerFault[] {
  const looked = new Map(contents.services.map((ledger) => [ledger.service, lookAt(ledger, crypto)]));
  const chains = contents.services.flatMap((ledger) => auditChains(ledger, looked.get(ledger.service) ?? [], crypto));
  return [
    ...chains,
    ...auditLog(contents, restoresIn(contents.log, looked.get('ledger') ?? []), openNote, crypto),
    ...agreement(contents, looked),
  ];
}

/** Where an operator confirmed a restore: the entry that says so, in its place in the log. */
export function restoresIn(log: StoredLog, own: readonly LookedAt[]): Restore[] {
  const places = new Map(log.leaves.map(({ hash, index }) => [hash, index]));
  return own.flatMap(({ entry, actual }) => {
    const size = places.get(actual);
    const checkpoint = entry?.digests['checkpoint'];
    return entry?.action === 'ledger.restore' && size !== undefined && checkpoint !== undefined
      ? [{ size, checkpoint }]
      : [];
  });
}

function agreement({ log, now }: LedgerContents, looked: ReadonlyMap<string, readonly LookedAt[]>): LedgerFault[] {
  const owners = new Map(
    [...looked].flatMap(([service, entries]) => entries.map(({ actual }) => [actual as string, service])),
  );
  const logged = new Set(log.leaves.map(({ hash }) => hash));
  const faults = log.leaves.flatMap(({ index, hash, producer }): LedgerFault[] => {
    const owner = owners.get(hash);
    if (owner === undefined) return [{ code: 'leaf_without_entry', in: 'ledger', where: `${index}` }];
    return owner === producer ? [] : [{ code: 'leaf_of_another', in: 'ledger', where: `${index}` }];
  });
  for (const [service, entries] of looked)
    for (const { row, actual } of entries)
      if (!logged.has(actual) && Date.parse(now) - row.at.getTime() > PATIENCE_MS)
        faults.push({ code: 'entry_not_logged', in: service, where: `${row.report}/${row.seq}` });
  return faults;
}
