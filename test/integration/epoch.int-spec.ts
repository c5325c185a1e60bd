import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES, type ServiceName } from '#contracts/services';
import { readEpoch, UnknownTimeline } from '#outbox/epoch';
import { dataSourceFor } from '#persistence/data-source';
import { testDatabase, type TestDatabase } from '../support/database.js';

const run = promisify(execFile);

let database: TestDatabase;
let varDir: string;
beforeAll(async () => {
  database = await testDatabase();
  varDir = await mkdtemp(path.join(tmpdir(), 'sunward-epoch-'));
  await writeFile(path.join(varDir, 'roles.json'), process.env['TEST_ROLES'] ?? '');
}, 60_000);
afterAll(async () => {
  await database?.drop();
  await rm(varDir, { recursive: true, force: true });
});

async function epochFor(service: ServiceName): Promise<string> {
  const source = dataSourceFor({ service, url: database.url(service), tables: [], migrations: [], poolSize: 1 });
  await source.initialize();
  try {
    return await readEpoch(source);
  } finally {
    await source.destroy();
  }
}

async function migrate(...args: string[]): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: database.adminUrl, SUNWARD_VAR: varDir };
  const { stdout } = await run(process.execPath, ['scripts/migrate.mjs', ...args], { env });
  return stdout;
}

const restored = `update system.epoch set place = '7000000000000000001 timeline 1'`;

describe('the epoch', () => {
  it.each(SERVICES)('can be read by %s', async (service) => {
    await expect(epochFor(service)).resolves.toMatch(/^[0-9a-f-]{36}$/);
  });

  it('names the server and the timeline of its write-ahead log', async () => {
    const [found] = await database.sql<{ place: string }>('select place from system.epoch');
    expect(found?.place).toMatch(/^\d{15,20} timeline \d+$/);
  });
});

describe('a database that went on elsewhere', () => {
  it('stops a service and says what to do', async () => {
    await database.sql(restored);
    await expect(epochFor('review')).rejects.toThrow(UnknownTimeline);
    await expect(epochFor('review')).rejects.toThrow('--new-epoch');
  });

  it('stops the migration, too, and leaves the epoch as it was', async () => {
    const before = await database.sql('select * from system.epoch');
    await expect(migrate()).rejects.toMatchObject({ stderr: expect.stringContaining('--new-epoch') });
    expect(await database.sql('select * from system.epoch')).toEqual(before);
  });

  it('goes on under a new epoch once an operator has said so', async () => {
    const [before] = await database.sql<{ id: string }>('select id from system.epoch');
    expect(await migrate('--new-epoch')).toContain('epoch        new');
    const epoch = await epochFor('review');
    expect(epoch).not.toBe(before?.id);
    await migrate();
    expect(await epochFor('review')).toBe(epoch);
  });
});
