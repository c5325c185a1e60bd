import type { DataSource } from 'typeorm';
import { rows } from '#persistence/sql';
import { afterCommit, type Tx } from '#persistence/transaction';

/** Channel every gateway process listens on. */
export const CHANGES_CHANNEL = 'gateway_changes';

/** What changed, for the event stream: ids and codes only. */
export interface Change {
  /** Null only where `person` says whom it concerns. */
  readonly document: string | null;
  readonly case: string | null;
  readonly kind: string;
  /** Null: whoever may see the document's organ, which the reader looks up. */
  readonly organ: string | null;
  /** Concerns this person alone, whatever others may see. */
  readonly person?: string;
}

/** Changes that wait while an earlier hint is on its way, by database. */
const waiting = new WeakMap<DataSource, Set<string>>();

/**
 * Tells every gateway process what changed, once it is committed: a NOTIFY inside the transaction would make its commit
 * wait in line for the disk. What one transaction changed, and what changes while a hint is on its way, goes in one statement.
 * A hint that is lost is made good by whatever the reader does next.
 */
export function notifyChange(tx: Tx, change: Change): void {
  const { dataSource } = tx;
  afterCommit(tx, () => {
    const text = JSON.stringify(change);
    const known = waiting.get(dataSource);
    if (known) known.add(text);
    else {
      waiting.set(dataSource, new Set([text]));
      queueMicrotask(() => void hint(dataSource));
    }
  });
}

async function hint(db: DataSource): Promise<void> {
  for (let some = waiting.get(db); some !== undefined && some.size > 0; some = waiting.get(db)) {
    waiting.set(db, new Set());
    try {
      await rows(db, 'SELECT pg_notify($1, change) FROM unnest($2::text[]) AS change', [CHANGES_CHANNEL, [...some]]);
    } catch {
      // No connection: there is nobody to hint to either.
    }
  }
  waiting.delete(db);
}
