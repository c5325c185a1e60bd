import { auditLog } from '#ledger/audit/audit-log';
import { restoresIn } from '#ledger/audit/audit-ledger';
import { lookAt } from '#ledger/audit/audit-chains';
import { raiseFaults } from '#ledger/audit/audit-sweep';
import type { OpenNote } from '#ledger/audit/ledger-contents';
import { readServiceLedger, readStoredLog } from '#ledger/audit/ledger-contents.queries';
import { databaseNow } from '#persistence/sql';
import { readAtOnce } from '#persistence/transaction';
import type { ServicePorts } from '#service-runtime/ports';
import type { CheckpointFolder } from './checkpoints/checkpoint-folder.js';

/** Reads the whole log anew, holds it against its copies, and raises `ledger_altered` for what does not fit. The copies are read first. */
export async function sweepLog(
  { db, crypto }: Pick<ServicePorts, 'db' | 'crypto'>,
  folder: CheckpointFolder,
  openNote: OpenNote,
): Promise<void> {
  const copies = await folder.all();
  const faults = await readAtOnce(db, async (tx) => {
    const log = await readStoredLog(tx);
    const own = lookAt(await readServiceLedger(tx, 'ledger'), crypto);
    return auditLog({ log, copies, now: await databaseNow(tx) }, restoresIn(log, own), openNote, crypto);
  });
  await raiseFaults(db, faults);
}
