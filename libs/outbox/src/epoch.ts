import { row } from '#persistence/sql';
import type { Handle } from '#persistence/sql';

/**
 * The epoch of this installation, renewed when a backup is restored: messages of another one describe
 * things that, for this database, never happened. Throws when the installation was never migrated.
 */
export async function readEpoch(handle: Handle): Promise<string> {
  const found = await row<{ id: string }>(handle, 'select id from system.epoch');
  if (!found) throw new Error('system.epoch is empty: run the migration step');
  return found.id;
}
