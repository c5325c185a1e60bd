import { nodeCrypto } from '#evidence/node-crypto';
import { auditChains } from '#ledger/audit/audit-chains';
import { askIn } from '#ledger/audit/batches';
import { FaultList } from '#ledger/audit/fault-list';
import { OperatedEntries, type OperatedEntry } from '#ledger/audit/operated-entries';
import { readAtOnce } from '#persistence/transaction';
import type { DataSource } from 'typeorm';

/** What operators had publication do past the API, as the audit of its chains tells it, which must find no fault. */
export function operated({ db }: { readonly db: DataSource }): Promise<readonly OperatedEntry[]> {
  return readAtOnce(db, async (tx) => {
    const [ask, faults, seen] = [await askIn(tx), new FaultList(), new OperatedEntries('publication')];
    const proveErasure = (): never => {
      throw new Error('nothing was erased here');
    };
    const onEntry = seen.see.bind(seen);
    await auditChains(ask, 'publication', { crypto: nodeCrypto, faults, proveErasure, onEntry });
    if (faults.total > 0) throw new Error(JSON.stringify(faults.listed));
    return seen.listed(ask);
  });
}
