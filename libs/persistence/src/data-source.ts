import { DataSource } from 'typeorm';
import type { ServiceName } from '#contracts/services';
import { PreparedClient } from './prepared-client.js';

// oxlint-disable-next-line typescript/no-unsafe-function-type -- TypeORM takes entity and migration classes as Function
export type TableClass = Function;

export interface DataSourceSettings {
  readonly service: ServiceName;
  readonly url: string;
  readonly tables: readonly TableClass[];
  readonly migrations: readonly TableClass[];
  /** Connections of this process; at least the worker's concurrency plus two. */
  readonly poolSize?: number;
  /** For bookkeeping that may be forgotten in a crash of the server, because it is then done again: commits do not wait for the disk. */
  readonly forgetful?: boolean;
}

/** Limits in milliseconds: no statement, lock wait or forgotten transaction may hold the service up for longer. */
const LIMITS = { statement_timeout: 15_000, lock_timeout: 10_000, idle_in_transaction_session_timeout: 10_000 };

/**
 * The one way to a service's schema. `synchronize` is always off; the schema comes first in the search path,
 * so the migrations the libs share may leave it out.
 */
export function dataSourceFor({
  service,
  url,
  tables,
  migrations,
  poolSize = 10,
  forgetful = false,
}: DataSourceSettings): DataSource {
  const limits = Object.entries(LIMITS).map(([name, ms]) => `-c ${name}=${ms}`);
  // Whatever the server's default is; so that no transaction has to say it.
  const isolation = '-c default_transaction_isolation=read\\ committed';
  const commit = forgetful ? ['-c synchronous_commit=off'] : [];
  return new DataSource({
    type: 'postgres',
    url,
    schema: service,
    entities: [...tables],
    migrations: [...migrations],
    migrationsTableName: 'schema_migration',
    migrationsRun: false,
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize,
    applicationName: `sunward:${service}`,
    extra: {
      Client: PreparedClient,
      options: [`-c search_path=${service}`, isolation, ...limits, ...commit].join(' '),
    },
  });
}

/** Creates the service's schema when absent and runs its pending migrations under an advisory lock. Answers their names. */
export async function migrateSchema(dataSource: DataSource, schema: ServiceName): Promise<string[]> {
  const own = !dataSource.isInitialized;
  if (own) await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock(hashtext($1))', [`migrate:${schema}`]);
    await runner.query(`create schema if not exists "${schema}"`);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  } finally {
    await runner.query('select pg_advisory_unlock(hashtext($1))', [`migrate:${schema}`]);
    await runner.release();
    if (own) await dataSource.destroy();
  }
}
