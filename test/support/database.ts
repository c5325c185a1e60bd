import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { ServiceName } from '#contracts/services';

const LEFT_OPEN_WITHIN_MS = 2000;

/** A migrated database of one spec file's own. */
export interface TestDatabase {
  readonly name: string;
  /** Address as owner of everything. */
  readonly adminUrl: string;
  /** Address of the role of a service, or of the readers of the public site, with its rights only. */
  url(login: ServiceName | 'site'): string;
  /** Rows of a statement run as owner. */
  sql<R extends Record<string, unknown>>(statement: string, parameters?: unknown[]): Promise<R[]>;
  /** Removes the database. Rejects when a connection to it was left open: that is a leak of the test's. */
  drop(): Promise<void>;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test, which starts their servers`);
  return value;
}

function addressOf(database: string, role?: { user: string; password: string }): string {
  const url = new URL(setting('TEST_DATABASE_URL'));
  url.pathname = `/${database}`;
  if (role) {
    url.username = role.user;
    url.password = encodeURIComponent(role.password);
  }
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf('postgres') });
  await client.connect();
  try {
    // Clones of one template wait for each other: PostgreSQL refuses two at once.
    await client.query(`select pg_advisory_lock(hashtext('sunward:test-clone'))`);
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Clones the migrated template; an empty database when `migrated` is false. */
export async function testDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name} template ${migrated ? setting('TEST_TEMPLATE') : 'template0'}`);
  const passwords = JSON.parse(setting('TEST_ROLES')) as Record<ServiceName | 'site', string>;
  const adminUrl = addressOf(name);
  const pool = new pg.Pool({ connectionString: adminUrl, max: 2, idleTimeoutMillis: 1000 });
  pool.on('error', () => undefined); // tests that cut every connection cut these too
  return {
    name,
    adminUrl,
    url: (login) => addressOf(name, { user: `sunward_${login}`, password: passwords[login] }),
    sql: async <R extends Record<string, unknown>>(statement: string, parameters: unknown[] = []) =>
      (await pool.query<R>(statement, parameters)).rows,
    drop: async () => {
      const left = await connectionsLeft(pool, name);
      await pool.end();
      await onServer(`drop database ${name} with (force)`);
      if (left.length > 0) throw new Error(`left open: ${left.join(', ')}`);
    },
  };
}

/** Names of the applications still connected; a server process may outlive its closed connection by a moment. */
async function connectionsLeft(pool: pg.Pool, database: string): Promise<string[]> {
  const deadline = Date.now() + LEFT_OPEN_WITHIN_MS;
  for (;;) {
    const { rows } = await pool.query<{ application_name: string }>(
      `select application_name from pg_stat_activity where application_name <> '' and datname = $1`,
      [database],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => row.application_name);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
