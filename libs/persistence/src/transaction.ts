import type { DataSource, EntityManager } from 'typeorm';

declare const inTransaction: unique symbol;

/** A handle inside a transaction. Only `runInTransaction` makes one, so the root manager does not compile where one is due. */
export type Tx = EntityManager & { readonly [inTransaction]: true };

/** What is to happen once a transaction has committed; kept beside it, because a handle carries no state of ours. */
const hooks = new WeakMap<Tx, (() => void)[]>();

/**
 * Runs `hook` right after the commit, never after a rollback. It is not part of the promise: the process may die before.
 * Only for wake-ups that a poll makes good.
 */
export function afterCommit(tx: Tx, hook: () => void): void {
  const known = hooks.get(tx);
  if (known) known.push(hook);
  else hooks.set(tx, [hook]);
}

type Batch = (tx: Tx, items: readonly unknown[]) => Promise<void>;

/** What a transaction writes at its end, by what writes it; in the order in which the first of each came. */
const gathered = new WeakMap<Tx, Map<Batch, unknown[]>>();

/** Has `write` called once at the end of the transaction, inside it, with every item given for it, in order: one statement instead of many. */
export function gather<T>(tx: Tx, write: (tx: Tx, items: readonly T[]) => Promise<void>, item: T): void {
  const known = gathered.get(tx) ?? new Map<Batch, unknown[]>();
  gathered.set(tx, known);
  const batch = write as Batch;
  const items = known.get(batch);
  if (items) items.push(item);
  else known.set(batch, [item]);
}

/** What has been given for `write` in this transaction by now. */
export function gatheredFor<T>(tx: Tx, write: (tx: Tx, items: readonly T[]) => Promise<void>): readonly T[] {
  return (gathered.get(tx)?.get(write as Batch) ?? []) as readonly T[];
}

async function writeGathered(tx: Tx): Promise<void> {
  for (const [write, items] of gathered.get(tx) ?? []) await write(tx, items);
}

/** Serialization failure and deadlock: the whole transaction may be run again. Source: PostgreSQL, Appendix A. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** What a transaction read is no longer so before it ended: like a serialization failure, it is run again from its beginning. */
export class TransactionConflict extends Error {
  readonly code = '40001';

  constructor(readonly what: string) {
    super(`${what} changed while the transaction ran`);
    this.name = 'TransactionConflict';
  }
}

const sqlState = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/**
 * Runs `work` in one READ COMMITTED transaction; what it throws rolls everything back and is thrown on.
 * Serialization failures, deadlocks and a TransactionConflict are run again, up to five times in all, so `work` must not act outside `tx`.
 */
export async function runInTransaction<T>(db: DataSource, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      let committed: Tx | undefined;
      // READ COMMITTED is the connection's own default: to name it would be a statement more.
      const result = await db.transaction(async (manager) => {
        committed = manager as Tx;
        const done = await work(committed);
        await writeGathered(committed);
        return done;
      });
      for (const hook of (committed && hooks.get(committed)) ?? []) hook();
      return result;
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRYABLE.has(sqlState(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}

/** Runs reads that must all see one moment; nothing can be written. */
export function readAtOnce<T>(db: DataSource, look: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction('REPEATABLE READ', async (manager) => {
    await manager.query('SET TRANSACTION READ ONLY');
    return look(manager as Tx);
  });
}
