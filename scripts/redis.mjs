// A private redis-server for tests and measurements, configured as Sunward demands.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { canConnect, freePort } from './launcher/ports.mjs';
import { Problem } from './launcher/problem.mjs';
import { hasEnded } from './launcher/processes.mjs';

const START_WITHIN_MS = 10_000;
const FLAGS = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes', '--appendfsync', 'no'];

function isInstalled() {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Installs Debian's redis-server where we may. Throws Problem with what to do where we may not. */
function install() {
  const wanted = 'Install redis-server (apt-get install redis-server) or set TEST_REDIS_URL to a Redis of your own.';
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get'))
    throw new Problem(`The queues are tested on Redis too, and there is no redis-server here. ${wanted}`);
  console.log('installing redis-server for the tests');
  // RUNLEVEL: the package's own service must not start; only the binary is wanted.
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], options);
  } catch (error) {
    throw new Problem(`redis-server could not be installed. ${wanted}`, { cause: error });
  }
}

/** Starts a Redis of its own on a free port, data in a temporary folder. Answers its address, process id and `stop()`. */
export async function startRedis() {
  if (!isInstalled()) install();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'sunward-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--dir', dir, '--maxmemory-policy', 'noeviction', ...FLAGS];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  child.unref();
  let failure;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `it ended with ${signal ?? code}`));
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await canConnect(port))) {
    if (failure || Date.now() > deadline)
      throw new Problem(`redis-server did not start on port ${port}: ${failure ?? 'no answer within 10 s'}`);
    await sleep(20);
  }
  const stop = async () => {
    child.kill('SIGKILL');
    await hasEnded(child.pid, 5000);
    fs.rmSync(dir, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}/0`, pid: child.pid, stop };
}
