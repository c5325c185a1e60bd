import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/client.js';
import { ALL_STAGES, liveFiles, signInAll, signStages, submitReport } from '../support/chain.js';
import { testDistrict } from '../support/district.js';
import { startSystem, type System } from '../support/system.js';

describe.each(['postgres', 'redis'] as const)('the ledger of a running system (%s)', (backend) => {
  let system: System;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sunward-ledger-'));
    system = await startSystem({ backend, district: testDistrict(2) });
  }, 180_000);
  afterAll(async () => {
    await system?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  function sunward(...args: string[]): { code: number | null; said: string } {
    const env = { ...process.env, NODE_OPTIONS: '', SUNWARD_VAR: system.varDir, DATABASE_URL: system.databaseUrl };
    const run = spawnSync(process.execPath, [resolve('dist/run/sunward.js'), ...args], { env, encoding: 'utf8' });
    return { code: run.status, said: run.stdout + run.stderr };
  }
  const fetched = async (path: string): Promise<Buffer | undefined> => {
    const answer = await fetch(`${system.siteUrl}${path}`);
    return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : undefined;
  };

  it('proves the last signature of what went live within a minute, to everybody', async () => {
    const people = await signInAll(system.gatewayUrl, system.accounts);
    const path = '/xxgk/ndbg/organ-0001/2020/';
    await signStages(people, await submitReport(people, 'organ-0001'), ALL_STAGES);
    await liveFiles(system.siteUrl, 'organ-0001');
    const inclusion = await eventually(
      'inclusion.json stands beside the page',
      () => fetched(`${path}inclusion.json`),
      60_000,
    );
    const evidence = await fetched(`${path}evidence.json`);
    writeFileSync(join(folder, 'evidence.json'), evidence!);
    const without = sunward('verify', join(folder, 'evidence.json'), '--trust', system.trustFile);
    expect([without.code, without.said]).toEqual([0, expect.stringContaining('未附入账证明')]);
    writeFileSync(join(folder, 'inclusion.json'), inclusion);
    const proved = sunward('verify', join(folder, 'evidence.json'), '--trust', system.trustFile);
    expect([proved.code, proved.said]).toEqual([0, expect.stringContaining('sunward.log/1')]);
    expect(await system.sql(`SELECT detail FROM approval.alarm WHERE kind = 'inclusion_not_proved'`)).toEqual([]);
    const head = await eventually('the newest head is public', () => fetched('/.well-known/sunward/checkpoint'));
    expect(head.toString()).toMatch(/^sunward\.log\/1\n\d+\n/);
  }, 120_000);

  it('is sound, and an audit says so', async () => {
    const audit = await eventually('every entry has its place', async () => {
      const run = sunward('audit');
      return run.code === 0 && run.said.includes('✓') ? run : undefined;
    });
    expect(audit.said).toMatch(/台账 \d+ 条/);
  }, 60_000);

  it('names what an operator did past the API, and who he is on that machine', async () => {
    expect(sunward('search', 'rebuild').code).toBe(0);
    expect(sunward('channels', 'retry', 'nowhere').code).toBe(1);
    const audit = await eventually('the log has taken both in', async () => {
      const run = sunward('audit');
      return run.code === 0 ? run : undefined;
    });
    const { username } = userInfo();
    expect(audit.said).toContain(`运维人员 ${username} 要求重做搜索条目`);
    expect(audit.said).toContain(`运维人员 ${username} 让渠道马上再试 nowhere not_found`);
  }, 60_000);

  it('has one entry for each sign-in, accepted or refused', async () => {
    const count = async (): Promise<number> =>
      Number((await system.sql(`SELECT count(*) AS n FROM gateway.ledger_entry`))[0]?.['n']);
    const [account] = system.accounts;
    const attempt = async (password: string): Promise<number> => {
      const body = JSON.stringify({ login: account!.login, password });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${system.gatewayUrl}/api/v1/session`, { method: 'POST', headers, body })).status;
    };
    const before = await count();
    expect(await attempt(account!.password)).toBe(200);
    expect(await attempt('wrong')).toBe(401);
    expect(await count()).toBe(before + 2);
  }, 60_000);

  it('refuses to go on after a rollback nobody confirmed, and names it', async () => {
    await system.sql(`
      BEGIN; SET LOCAL session_replication_role = replica;
      DELETE FROM ledger.log_leaf WHERE index >= 3; DELETE FROM ledger.log_checkpoint WHERE size > 3;
      DELETE FROM ledger.log_node WHERE (index + 1) * (1::bigint << level) > 3; COMMIT`);
    const audit = sunward('--lang', 'en', 'audit');
    expect([audit.code, audit.said]).toEqual([1, expect.stringContaining('log_truncated')]);
    await eventually('the alarm', async () => {
      const found = await system.sql(`SELECT 1 FROM ledger.alarm WHERE kind = 'log_rolled_back'`);
      return found.length > 0 ? true : undefined;
    });
    expect(await system.sql('SELECT max(index) AS newest FROM ledger.log_leaf')).toEqual([{ newest: 2 }]);
  }, 60_000);
});
