// What the benchmark measures beside its own clock: the machine's commit rate and what each process used.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { inParallel } from './driver.mjs';

/** Value at a quantile (0…1) of unsorted numbers, nearest rank; NaN of none. */
export function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

/** Bare two-row transactions per second on this database: the yardstick that makes runs on other machines comparable. */
export async function commitRate(pool, transactions, concurrency) {
  await pool.query('create table if not exists public.bench_commit (id bigserial primary key, body text not null)');
  const started = performance.now();
  await inParallel(Array.from({ length: transactions }), concurrency, async () => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(`insert into public.bench_commit (body) values ('first')`);
      await client.query(`insert into public.bench_commit (body) values ('second')`);
      await client.query('commit');
    } finally {
      client.release();
    }
  });
  const seconds = (performance.now() - started) / 1000;
  await pool.query('drop table public.bench_commit');
  return transactions / seconds;
}

/** Processor seconds and peak resident MiB of a process so far (Linux /proc); children are not counted. */
function usageOf(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const peak = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return { cpuSeconds: ticks / 100, peakMiB: Math.round(Number(peak) / 1024) };
}

/** A server's children come and go: one that ended since it was listed has nothing to read any more. */
function usageWhileAlive(pid) {
  try {
    return [usageOf(pid)];
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return [];
    throw error;
  }
}

/** Pids of all descendants of a process, itself included. */
function family(pid) {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const parents = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const found = new Set([pid]);
  for (let grew = true; grew;) {
    grew = false;
    for (const [child, parent] of parents) if (found.has(parent) && !found.has(child)) grew = !!found.add(child);
  }
  return [...found];
}

/** Usage by name of services and servers, each with all its descendants: processor time summed, memory of the largest. */
export function usage(services, servers) {
  const all = Object.entries({ ...services, ...servers }).map(([name, pid]) => {
    const alive = family(pid).flatMap(usageWhileAlive);
    const cpuSeconds = alive.reduce((sum, one) => sum + one.cpuSeconds, 0);
    return [name, { cpuSeconds, peakMiB: Math.max(...alive.map(({ peakMiB }) => peakMiB)) }];
  });
  return Object.fromEntries(all);
}
