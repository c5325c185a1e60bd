import type { TableClass } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import type { Log } from './log.js';
import type { Database } from './ports.js';

const RETRY_MS = 2000;

/** Waits, for ever, until the database answers and every migration of this service has run; says so every two seconds. */
export async function waitForDatabase(db: Database, migrations: readonly TableClass[], log: Log): Promise<void> {
  for (;;) {
    try {
      if (!db.isInitialized) await db.initialize();
      const done = await rows<{ name: string }>(db, 'select name from schema_migration');
      const missing = migrations.filter(({ name }) => !done.some((one) => one.name === name));
      if (missing.length === 0) return;
      log.warn('waiting_for_migrations', { missing: missing.map(({ name }) => name) });
    } catch (error) {
      log.warn('waiting_for_database', { error: error instanceof Error ? error.message : String(error) });
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
