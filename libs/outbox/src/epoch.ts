import { row } from '#persistence/sql';
import type { Handle } from '#persistence/sql';

interface StoredEpoch {
  readonly id: string;
  readonly place: string | null;
  readonly here: string;
}

/**
 * The server's write-ahead log goes on from another point than this installation knows: a backup was restored, or a standby promoted, and
 * nobody has said so. Queues may hold messages about things that, for this database, never happened.
 */
export class UnknownTimeline extends Error {
  constructor(known: string, here: string) {
    super(
      `the database is on write-ahead log ${here}, this installation knows ${known}: a backup was restored or a standby promoted. ` +
        'An operator must confirm it and give the installation a new epoch: npm start -- --new-epoch (containers: node scripts/migrate.mjs --new-epoch)',
    );
    this.name = 'UnknownTimeline';
  }
}

/**
 * The epoch of this installation, renewed when a backup is restored: messages of another one describe
 * things that, for this database, never happened. Throws when the installation was never migrated, and
 * UnknownTimeline when the database has moved on without a new epoch.
 */
export async function readEpoch(handle: Handle): Promise<string> {
  const found = await row<StoredEpoch>(handle, 'select id, place, system.wal_place() as here from system.epoch');
  if (!found) throw new Error('system.epoch is empty: run the migration step');
  if (found.place !== found.here) throw new UnknownTimeline(found.place ?? 'none', found.here);
  return found.id;
}
