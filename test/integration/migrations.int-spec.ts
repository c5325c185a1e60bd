import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES, type ServiceName } from '#contracts/services';
import { dataSourceFor, migrateSchema, type TableClass } from '#persistence/data-source';
import * as approval from '../../apps/approval/src/data-source.js';
import * as drafting from '../../apps/drafting/src/data-source.js';
import * as gateway from '../../apps/gateway/src/data-source.js';
import * as publication from '../../apps/publication/src/data-source.js';
import * as review from '../../apps/review/src/data-source.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

interface Schema {
  readonly tables: TableClass[];
  readonly migrations: TableClass[];
}
const schemas: Record<ServiceName, Schema> = { gateway, drafting, review, approval, publication };

let empty: TestDatabase;
beforeAll(async () => {
  empty = await testDatabase({ migrated: false });
});
afterAll(() => empty?.drop());

describe.each(SERVICES)('the schema %s', (service) => {
  const open = (): ReturnType<typeof dataSourceFor> =>
    dataSourceFor({ service, url: empty.adminUrl, ...schemas[service], poolSize: 2 });

  it('is made from nothing by its migrations and equals its entities', async () => {
    const names = await migrateSchema(open(), service);
    expect(names).toEqual(schemas[service].migrations.map(({ name }) => name));
    const source = await open().initialize();
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('is left alone by a second run', async () => {
    expect(await migrateSchema(open(), service)).toEqual([]);
  });

  it('is taken down by its migrations without leaving a table', async () => {
    const source = await open().initialize();
    try {
      for (let left = schemas[service].migrations.length; left > 0; left -= 1) await source.undoLastMigration();
    } finally {
      await source.destroy();
    }
    const left = await empty.sql(`select tablename from pg_tables where schemaname = $1`, [service]);
    expect(left).toEqual([{ tablename: 'schema_migration' }]);
  });
});
