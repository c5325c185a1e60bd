import type { TableClass } from '#persistence/data-source';
import { rows } from '#persistence/sql';
import type { Log, LogFields } from './log.js';
import type { Database } from './ports.js';

const RETRY_MS = { first: 100, factor: 1.5, most: 2000 };
/** Waiting is ordinary while everything starts together; after this it deserves to be seen. */
const ORDINARY_MS = 10_000;
/** Said again this often while nothing changes. */
const SAID_EVERY_MS = 60_000;

/** Waits, for ever, until the database answers and every migration of this service has run; says what for, and again once a minute. */
export async function waitForDatabase(db: Database, migrations: readonly TableClass[], log: Log): Promise<void> {
  const started = performance.now();
  let said = { what: '', at: 0 };
  const say = (message: string, fields: LogFields): void => {
    const now = performance.now();
    const level = now - started < ORDINARY_MS ? 'info' : 'warn';
    const what = `${level} ${message} ${JSON.stringify(fields)}`;
    if (what === said.what && now - said.at < SAID_EVERY_MS) return;
    said = { what, at: now };
    log[level](message, fields);
  };
  for (let wait = RETRY_MS.first; ; wait = Math.min(RETRY_MS.most, wait * RETRY_MS.factor)) {
    try {
      if (!db.isInitialized) await db.initialize();
      const done = await rows<{ name: string }>(db, 'select name from schema_migration');
      const missing = migrations.filter(({ name }) => !done.some((one) => one.name === name));
      if (missing.length === 0) return;
      say('waiting_for_migrations', { missing: missing.map(({ name }) => name) });
    } catch (error) {
      say('waiting_for_database', { error: error instanceof Error ? error.message : String(error) });
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
