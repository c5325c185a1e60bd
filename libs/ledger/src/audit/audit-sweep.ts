import type { DataSource } from 'typeorm';
import type { EvidenceCrypto } from '#evidence/crypto';
import { openErasure } from '#evidence/erasure';
import type { Trust } from '#evidence/trust';
import { raiseAlarm } from '#outbox/alarm';
import { readAtOnce } from '#persistence/transaction';
import type { ProveErasure } from './audit-bodies.js';
import { auditChains } from './audit-chains.js';
import { askIn } from './batches.js';
import { FaultList } from './fault-list.js';

/** An alarm is for people: after so many faults they have been told. */
const MOST_ALARMS = 20;

/** Looks at every chain of a service's own ledger, a batch at a time, and raises `ledger_altered` for what is not as it was written. */
export async function sweepChains(
  db: DataSource,
  service: string,
  { crypto, trust }: { readonly crypto: EvidenceCrypto; readonly trust: Trust },
): Promise<void> {
  const faults = new FaultList();
  const proveErasure: ProveErasure = (body) => openErasure(body, trust, crypto);
  await readAtOnce(db, async (tx) => auditChains(await askIn(tx), service, { crypto, faults, proveErasure }));
  await raiseFaults(db, faults);
}

/** One alarm for each fault, the first twenty. */
export async function raiseFaults(db: DataSource, { listed }: FaultList): Promise<void> {
  for (const { code, where, in: place } of listed.slice(0, MOST_ALARMS))
    await raiseAlarm(db, 'ledger_altered', { code, where, in: place });
}
