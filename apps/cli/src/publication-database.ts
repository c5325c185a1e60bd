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
