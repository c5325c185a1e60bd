import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { SERVICES } from '#contracts/services';
import { nodeCrypto } from '#evidence/node-crypto';
import { parseTrust, type Trust } from '#evidence/trust';
import { verifyBundle } from '#evidence/verify-bundle';
import { dataSourceFor } from '#persistence/data-source';
import { multiplyReports } from '../support/multiply.js';
import { Release, RELEASES, type RestoredRelease } from '../support/release.js';
import { digestAll, digestMigrated, digestReleased, lostRows, type RowDigests } from '../support/row-digests.js';
import { schemas } from '../support/schemas.js';

jest.setTimeout(60_000);

const run = promisify(execFile);

/** Runs a program of this version as the launcher or a person does; rejects when it fails. */
async function node(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await run(process.execPath, [...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    maxBuffer: 2 ** 24,
  });
  return stdout;
}

it('there are releases to come from', () => {
  expect(RELEASES).toEqual(expect.arrayContaining(['spine', 'taking-back']));
});

describe.each(RELEASES)('the database of the release %s', (name) => {
  const release = new Release(name);
  let varDir: string;
  let restored: RestoredRelease;
  let pool: pg.Pool;
  let before: RowDigests;

  const migrate = (): Promise<string> =>
    // Another server than the one it was dumped from: the operator confirms that.
    node([resolve('scripts/migrate.mjs'), '--new-epoch'], { DATABASE_URL: restored.url, SUNWARD_VAR: varDir });
  const now = (): Promise<RowDigests> => digestMigrated(pool, before);

  beforeAll(async () => {
    varDir = mkdtempSync(join(tmpdir(), 'sunward-upgrade-'));
    chmodSync(varDir, 0o711); // PostgreSQL runs as another user when the tests run as root
    restored = await release.restoreInto(varDir);
    pool = new pg.Pool({ connectionString: restored.url, max: 2 });
    pool.on('error', () => undefined); // the server goes away before the last session has closed
    before = await digestReleased(pool);
    await node([resolve('scripts/install-state.mjs'), varDir]);
  });
  afterAll(async () => {
    await pool?.end();
    await restored?.stop();
    rmSync(varDir, { recursive: true, force: true });
  });

  it('was restored with every row it had', () => {
    const counts = Object.entries(release.contents.rows).filter(([table]) => before.has(table));
    expect(counts.map(([table]) => [table, before.get(table)?.rows.length])).toEqual(counts);
    expect(before.get('approval.leg_decision')?.rows.length).toBeGreaterThan(20);
  });

  it('migrates and keeps every row as it was', async () => {
    await migrate();
    expect(lostRows(before, await now())).toEqual({});
  });

  it('is left alone by a second migration', async () => {
    const first = await digestAll(pool);
    await migrate();
    expect(await digestAll(pool)).toEqual(first);
  });

  it.each(SERVICES)('equals the entities of %s', async (service) => {
    const source = await dataSourceFor({ service, url: restored.url, ...schemas[service], poolSize: 1 }).initialize();
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('has bundles that verify, of every case approved', async () => {
    const trust: Trust = parseTrust(JSON.parse(readFileSync(release.trustFile, 'utf8')));
    const { rows } = await pool.query<{ case: string; content: string; bytes: Buffer }>(
      `select case_id as "case", content, bytes from approval.leg_case join content.blob on digest = bundle`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(6);
    for (const { bytes, ...of } of rows)
      expect(verifyBundle(bytes, trust, nodeCrypto)).toMatchObject({ ok: true, summary: of });
  });

  it('would be missed: a migration that loses or changes a single row is told apart', async () => {
    const { rows } = await pool.query<{ id: string }>('select id from review.leg_seat order by id limit 1');
    const whole = await now();
    await pool.query('create table kept as select * from review.leg_seat where id = $1', [rows[0]?.id]);
    await pool.query('delete from review.leg_seat where id = $1', [rows[0]?.id]);
    expect(lostRows(whole, await now())).toEqual({ 'review.leg_seat': 1 });
    await pool.query('insert into review.leg_seat select * from kept');
    expect(lostRows(whole, await now())).toEqual({});
    await pool.query(`update drafting.report set organ = organ || 'x' where organ = 'draft'`);
    expect(lostRows(whole, await now())).toEqual({ 'drafting.report': 1 });
  });
});

describe('ten thousand reports of the release before this one', () => {
  const release = new Release('taking-back');
  const WITHIN_MS = 300_000;
  let varDir: string;
  let restored: RestoredRelease;
  let pool: pg.Pool;

  beforeAll(async () => {
    varDir = mkdtempSync(join(tmpdir(), 'sunward-upgrade-'));
    chmodSync(varDir, 0o711);
    restored = await release.restoreInto(varDir);
    pool = new pg.Pool({ connectionString: restored.url, max: 2 });
    pool.on('error', () => undefined);
    await node([resolve('scripts/install-state.mjs'), varDir]);
    await multiplyReports(pool, Math.ceil(10_000 / release.contents.organs.length) - 1);
  }, 300_000);
  afterAll(async () => {
    await pool?.end();
    await restored?.stop();
    rmSync(varDir, { recursive: true, force: true });
  }, 60_000);

  it('migrate within five minutes and lose nothing', async () => {
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from drafting.report');
    expect(rows[0]?.n).toBeGreaterThanOrEqual(10_000);
    const before = await digestReleased(pool);
    const started = performance.now();
    await node([resolve('scripts/migrate.mjs'), '--new-epoch'], { DATABASE_URL: restored.url, SUNWARD_VAR: varDir });
    expect(performance.now() - started).toBeLessThan(WITHIN_MS);
    expect(lostRows(before, await digestMigrated(pool, before))).toEqual({});
  }, 600_000);
});

describe.each(RELEASES)('the evidence of the release %s', (name) => {
  const release = new Release(name);
  const published = Object.entries(release.contents.verdicts);
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sunward-evidence-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(published)('of %s verifies today, and proves what it proved then', async (organ, verdict) => {
    for (const file of ['evidence.json', 'report.json'])
      writeFileSync(join(folder, file), release.publicFile(organ, file));
    const files = [
      join(folder, 'evidence.json'),
      '--report',
      join(folder, 'report.json'),
      '--trust',
      release.trustFile,
    ];
    const said = await node([resolve('dist/run/sunward.js'), '--json', 'verify', ...files]);
    expect(verdict.ok).toBe(true);
    expect(JSON.parse(said)).toMatchObject(verdict);
  });
});
