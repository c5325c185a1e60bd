#!/usr/bin/env node
// npm run bench -- [--reports 300] [--concurrency 16] [--backend postgres|redis] [--last-per-second 5 [--standing 10]]
// Drives reports through submission, five signatures and going live over the HTTP API of a running production build. With --last-per-second all
// signatures but the last are given first, and the last ones at that rate, whether the system keeps up or not: what people feel, not what it can bear.
// Then --standing reports are public before anything is measured, so that no figure is of the first publication of a process.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { benchDistrict, organCode, STAGES } from './bench/district.mjs';
import { atRate, Driver, inParallel } from './bench/driver.mjs';
import { commitRate, quantile, usage } from './bench/measures.mjs';
import { build } from './build.mjs';
import { launchSystem } from './launcher/system.mjs';
import { startRedis } from './redis.mjs';

const { values } = parseArgs({
  options: {
    reports: { type: 'string', default: '300' },
    concurrency: { type: 'string', default: '16' },
    backend: { type: 'string', default: 'postgres' },
    'last-per-second': { type: 'string' },
    standing: { type: 'string' },
  },
});
const lastPerSecond = values['last-per-second'] === undefined ? null : Number(values['last-per-second']);
const reports = Number(values.reports);
const standing = Number(values.standing ?? (lastPerSecond === null ? 0 : 10));
const concurrency = Number(values.concurrency);
/** People per role; users share them, because one address may try 600 passwords a minute and each person needs two. */
const signers = Math.min(concurrency, 16);
const LIVE_WITHIN_MS = 120_000;
/** What follows the earlier signatures (files, notices, the log) has come to rest when all processes together use less of one processor than this. */
const REST = { share: 0.1, ofMs: 2_000, withinMs: 300_000 };
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const round = (value, digits = 1) => Number(value.toFixed(digits));
const spread = (list) => ({
  p50: round(quantile(list, 0.5)),
  p95: round(quantile(list, 0.95)),
  p99: round(quantile(list, 0.99)),
});
const say = (line) => console.log(`[bench] ${line}`);

async function allLive(pool, wanted) {
  const deadline = Date.now() + LIVE_WITHIN_MS;
  for (;;) {
    const { rows } = await pool.query(
      `select count(*)::int as n from publication.publication_job where state = 'live'`,
    );
    if (rows[0].n === wanted) return;
    if (Date.now() > deadline)
      throw new Error(`${rows[0].n} of ${wanted} reports live ${LIVE_WITHIN_MS / 1000} s after the last signature`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until what follows earlier commands is done; `read` tells the processor time of all processes. */
async function atRest(read) {
  const seconds = () => Object.values(read()).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const started = performance.now();
  for (let before = seconds(); ;) {
    await sleep(REST.ofMs);
    const now = seconds();
    if (now - before < (REST.share * REST.ofMs) / 1000) return;
    if (performance.now() - started > REST.withinMs)
      throw new Error(
        `not at rest within ${REST.withinMs / 1000} s: ${now - before} s of processor time in ${REST.ofMs} ms`,
      );
    before = now;
  }
}

/** Exactly once, looked at from outside: every page answers, and no document has a second live job. */
async function checkPages(siteUrl, pool) {
  const numbers = Array.from({ length: reports + standing }, (_, n) => n);
  await inParallel(numbers, 16, async (n) => {
    const answer = await fetch(`${siteUrl}/xxgk/ndbg/${organCode(n)}/2020/`, { method: 'HEAD' });
    if (answer.status !== 200) throw new Error(`${organCode(n)} is not public: ${answer.status}`);
  });
  const { rows } = await pool.query(
    'select count(*)::int as jobs, count(distinct document)::int as documents from publication.publication_job',
  );
  if (rows[0].jobs !== numbers.length || rows[0].documents !== numbers.length)
    throw new Error(`${rows[0].jobs} publications of ${rows[0].documents} documents, wanted ${numbers.length} of each`);
}

async function run(system, redis) {
  const pool = new pg.Pool({ connectionString: system.databaseUrl, max: concurrency });
  const driver = new Driver(system.gatewayUrl, concurrency);
  const pids = Object.fromEntries(Object.entries(system.services).map(([name, { pid }]) => [name, pid]));
  const servers = { postgres: system.databasePid, ...(redis ? { redis: redis.pid } : {}) };
  try {
    say(`signing in ${system.accounts.length} people`);
    await inParallel(system.accounts, 2, (account) => driver.signIn(account));
    await inParallel(
      system.accounts.filter(({ login }) => !/^(drafter|admin)/.test(login)),
      2,
      ({ login }) => driver.stepUp(login),
    );
    say(`preparing ${reports + standing} reports`);
    // A district speaks of 全区; the checks would stop the sample as it came.
    const text = fs.readFileSync(path.join(root, 'samples/xiangyang-2020.txt'), 'utf8').replaceAll('全市', '全区');
    const file = Buffer.from(text).toString('base64');
    const prepared = [];
    await inParallel(
      Array.from({ length: reports + standing }, (_, n) => n),
      4,
      async (n) => prepared.push(await driver.prepare(n, file)),
    );
    const first = prepared.splice(0, standing);
    await inParallel(first, concurrency, (report, worker) => driver.takeThrough(report, worker % signers));
    await allLive(pool, standing);
    const known = first.map(({ document }) => document);

    if (lastPerSecond !== null) {
      say('signing all seats but the last');
      await inParallel(prepared, concurrency, async (report, worker) => {
        const { case: caseId, content } = await driver.submitReport(report);
        report.case = caseId;
        report.content = content;
        await driver.signStages(report, worker % signers, STAGES.slice(0, -1));
      });
      await atRest(() => usage(pids, servers));
      driver.timings.sign.length = 0;
    }
    driver.commands = 0;
    const before = usage(pids, servers);
    say(`driving ${reports} reports with ${concurrency} users over ${values.backend}`);
    const started = performance.now();
    if (lastPerSecond === null)
      await inParallel(prepared, concurrency, (report, worker) => driver.takeThrough(report, worker % signers));
    else await atRate(prepared, lastPerSecond, (report, n) => driver.signStages(report, n % signers, STAGES.slice(-1)));
    const signedSeconds = (performance.now() - started) / 1000;
    await allLive(pool, reports + standing);
    const liveSeconds = (performance.now() - started) / 1000;
    const after = usage(pids, servers);
    await checkPages(system.siteUrl, pool);

    const { rows } = await pool.query(
      `select extract(epoch from j.live_at - d.at)::float8 * 1000 as ms from publication.publication_job j
       join (select c.case_id, max(d.at) as at from approval.leg_decision d join approval.leg_case c on c.id = d.leg_case
             where d.kind = 'sign' group by c.case_id) d on d.case_id = j.case_id
       where j.document <> all($1)`,
      [known],
    );
    const transactions = driver.commands;
    const rate = await commitRate(pool, transactions, concurrency);
    const commandsPerSecond = transactions / signedSeconds;
    return {
      backend: values.backend,
      reports,
      concurrency,
      standing,
      ...(lastPerSecond === null ? {} : { lastPerSecond }),
      errors: 0,
      commandsPerSecond: round(commandsPerSecond),
      reportsPerSecond: round(reports / liveSeconds, 2),
      approveMs: spread(driver.timings.sign),
      submitMs: spread(driver.timings.submit),
      lastSignatureToLiveMs: spread(rows.map(({ ms }) => ms)),
      processes: Object.fromEntries(
        Object.entries(after).map(([name, { cpuSeconds, peakMiB }]) => [
          name,
          { cpuSeconds: round(cpuSeconds - before[name].cpuSeconds, 2), peakMiB },
        ]),
      ),
      commitRate: { transactions, perSecond: round(rate) },
      commandsPerCommit: round(commandsPerSecond / rate, 4),
      machine: {
        cpus: os.cpus().length,
        model: os.cpus()[0]?.model,
        node: process.version,
        memoryGiB: Math.round(os.totalmem() / 2 ** 30),
      },
      at: new Date().toISOString(),
    };
  } finally {
    await driver.close();
    await pool.end();
  }
}

if (
  !['postgres', 'redis'].includes(values.backend) ||
  !(reports > 0) ||
  !(concurrency > 0) ||
  !(standing >= 0) ||
  (lastPerSecond !== null && !(lastPerSecond > 0))
) {
  console.error(
    'usage: npm run bench -- [--reports N] [--concurrency C] [--backend postgres|redis] [--last-per-second R] [--standing N]',
  );
  process.exit(2);
}
const varDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-bench-'));
fs.chmodSync(varDir, 0o755);
const redis = values.backend === 'redis' ? await startRedis() : undefined;
let system;
try {
  await build();
  say('starting the system on an empty database');
  const district = benchDistrict(reports + standing, signers);
  system = await launchSystem({
    varDir,
    district,
    durable: true,
    redisUrl: redis?.url,
    env: { NODE_ENV: 'production' },
  });
  const result = await run(system, redis);
  const out = path.join(root, 'var', 'bench', `${result.at.replaceAll(':', '-')}-${values.backend}.json`);
  fs.mkdirSync(path.dirname(out), { recursive: true, mode: 0o700 });
  fs.writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  say(`written to ${path.relative(root, out)}`);
} finally {
  await system?.stop();
  await redis?.stop();
  fs.rmSync(varDir, { recursive: true, force: true });
}
