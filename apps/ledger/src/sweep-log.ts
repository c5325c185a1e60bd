import { openErasure } from '#evidence/erasure';
import type { OpenNote } from '#ledger/audit/audit-copies';
import { auditOwnChains } from '#ledger/audit/audit-ledger';
import { auditLog } from '#ledger/audit/audit-log';
import { raiseFaults } from '#ledger/audit/audit-sweep';
import { askIn } from '#ledger/audit/batches';
import { FaultList } from '#ledger/audit/fault-list';
import { databaseNow } from '#persistence/sql';
import { readAtOnce } from '#persistence/transaction';
import type { ServicePorts } from '#service-runtime/ports';
import type { CheckpointFolder } from './checkpoints/checkpoint-folder.js';

/** Reads the whole log anew, holds it against its copies, and raises `ledger_altered` for what does not fit. The copies are read first. */
export async function sweepLog(
  { db, crypto, trust }: Pick<ServicePorts, 'db' | 'crypto' | 'trust'>,
  folder: CheckpointFolder,
  openNote: OpenNote,
): Promise<void> {
  const copies = await folder.all();
  const faults = new FaultList();
  await readAtOnce(db, async (tx) => {
    const ask = await askIn(tx);
    // What is wrong with its own chains the service's other sweep says.
    const proveErasure = (body: Uint8Array): ReturnType<typeof openErasure> => openErasure(body, trust, crypto);
    const { restores } = await auditOwnChains(ask, { crypto, faults: new FaultList(), proveErasure });
    await auditLog(ask, { copies, now: await databaseNow(tx), restores, openNote, crypto }, faults);
  });
  await raiseFaults(db, faults);
}
