import { userInfo } from 'node:os';
import { nodeCrypto } from '#evidence/node-crypto';
import { type Operated, recordOperated } from '#ledger/operator-act';
import { readEpoch } from '#outbox/epoch';
import { dataSourceFor } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { withOwner } from './audit/owner.js';

/** Does one piece of work on publication's tables as the owner of the database. Throws CommandFailure `no_database`. */
export function inPublication<T>(url: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const db = dataSourceFor({ service: 'publication', url, tables: [], migrations: [], poolSize: 1 });
  return withOwner(db, () =>
    runInTransaction(db, async (tx) => {
      await rows(tx, 'SET LOCAL search_path = publication');
      return work(tx);
    }),
  );
}

/** Writes the entry of what an operator does to publication, in the transaction that does it: no entry, no action. */
export async function enterOperated(tx: Tx, act: Operated): Promise<void> {
  const ports = { service: 'publication', crypto: nodeCrypto, epoch: await readEpoch(tx) } as const;
  await recordOperated(tx, ports, act);
}

/** Who gives commands on this machine: his name as the operating system has it. */
export const operatorHere = (): string => userInfo().username;
