import type { DataSource } from 'typeorm';
import type { EvidenceCrypto } from '#evidence/crypto';
import { raiseAlarm } from '#outbox/alarm';
import { readAtOnce } from '#persistence/transaction';
import { auditChains, lookAt } from './audit-chains.js';
import type { LedgerFault } from './fault.js';
import { readServiceLedger } from './ledger-contents.queries.js';

/** An alarm is for people: after so many faults they have been told. */
const MOST_ALARMS = 20;

/** Looks at every chain of a service's own ledger, and raises `ledger_altered` for what is not as it was written. */
export async function sweepChains(
  db: DataSource,
  service: string,
  crypto: Pick<EvidenceCrypto, 'sha256'>,
): Promise<void> {
  const ledger = await readAtOnce(db, (tx) => readServiceLedger(tx, service));
  await raiseFaults(db, auditChains(ledger, lookAt(ledger, crypto), crypto));
}

/** One alarm for each fault, the first twenty. */
export async function raiseFaults(db: DataSource, faults: readonly LedgerFault[]): Promise<void> {
  for (const { code, where, in: place } of faults.slice(0, MOST_ALARMS))
    await raiseAlarm(db, 'ledger_altered', { code, where, in: place });
}
