import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES } from '#contracts/services';
import { dataSourceFor, migrateSchema } from '#persistence/data-source';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { schemas } from '../support/schemas.js';

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
