import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const UP_WITHIN_MS = 120_000;
/** How long the database is away before the launcher is let see it: long enough for each service to fail many times. */
const AWAY_MS = 4000;

let varDir: string;
let launcher: ChildProcess;
let said = '';
let failed = '';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(holds: () => boolean, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms:\n${said}\n${failed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Starts everything on the folder of this file; `said` and `failed` are what it prints from now on. */
async function launch(more: Readonly<Record<string, string>> = {}): Promise<void> {
  const ports = { PORT: String(await freePort()), SITE_PORT: String(await freePort()) };
  const installation = { SUNWARD_VAR: varDir, SUNWARD_DEMO: 'off', DATABASE_URL: '', REDIS_URL: '' };
  const env = { ...process.env, ...ports, ...installation, ...more };
  said = '';
  failed = '';
  launcher = spawn(process.execPath, ['scripts/start.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  launcher.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  launcher.stderr!.on('data', (chunk: Buffer) => (failed += chunk.toString()));
}

beforeAll(async () => {
  varDir = mkdtempSync(join(tmpdir(), 'sunward-launcher-'));
  chmodSync(varDir, 0o711); // PostgreSQL runs as another user when the tests run as root
  await launch();
  await until(() => said.includes('is up') || launcher.exitCode !== null, UP_WITHIN_MS);
}, 150_000);
afterAll(() => {
  launcher?.kill('SIGKILL');
  rmSync(varDir, { recursive: true, force: true });
});

it('the launcher says that its database is gone, where, and what to do, and ends everything in order', async () => {
  const pid = Number(readFileSync(join(varDir, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
  const ended = new Promise<number | null>((resolve) => launcher.once('exit', resolve));
  // Stopped, the launcher sees nothing yet: what the services say by themselves is what a foreign database gets.
  const from = said.length;
  launcher.kill('SIGSTOP');
  process.kill(pid, 'SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
  launcher.kill('SIGCONT');
  expect(await ended).toBe(1);
  expect(failed).toContain(`The embedded PostgreSQL in ${join(varDir, 'pg')} (process ${pid}, port `);
  expect(failed).toContain('stopped by itself: it ended with SIGKILL');
  expect(failed).toMatch(/Start again with npm start: the database recovers by itself\.[^]*df -h[^]*DATABASE_URL/);
  expect(failed.match(/stopped by itself/g)).toHaveLength(1);
  expect(said.trimEnd()).toMatch(/stopped$/);
  let told = 0;
  for (const service of ['gateway', 'drafting', 'review', 'approval', 'publication', 'ledger']) {
    const lines = said
      .slice(from)
      .split('\n')
      .filter((line) => line.startsWith(service.padEnd(11)));
    const outages = lines.filter((line) => line.includes('database_away'));
    told += outages.length;
    expect(outages.length > 1 ? outages : []).toEqual([]);
    // Whatever fails while it is away is part of that; a line or two may come while everything ends.
    const others = lines.filter((line) => !line.includes('database_away'));
    expect(others.length > 2 ? others : []).toEqual([]);
  }
  expect(told).toBeGreaterThan(0);
}, 90_000);

it('the launcher ends at once with the sentence of a service that an operator must help, and starts it no second time', async () => {
  const file = join(varDir, 'no-such-channels.json');
  await launch({ SUNWARD_CHANNELS_FILE: file });
  await until(() => launcher.exitCode !== null, UP_WITHIN_MS);
  expect(launcher.exitCode).toBe(1);
  expect(failed).toContain('publication cannot start:\n');
  expect(failed).toContain(`SUNWARD_CHANNELS_FILE: cannot read ${file}`);
  expect(`${said}${failed}`).not.toMatch(/starting it again|^ {4}at /m);
}, 150_000);

it.each(['trust.json', 'roles.json'])(
  'the launcher says that %s is damaged and how to mend it, and leaves it as it is',
  async (name) => {
    const file = join(varDir, name);
    const whole = readFileSync(file);
    const cut = whole.subarray(0, 40);
    writeFileSync(file, cut);
    await launch();
    await until(() => launcher.exitCode !== null, UP_WITHIN_MS);
    expect(launcher.exitCode).toBe(1);
    expect(failed).toContain(`${file} is not JSON`);
    expect(failed).toContain('Put the copy from your backup of this folder back');
    expect(`${said}${failed}`).not.toMatch(/^ {4}at /m);
    expect(readFileSync(file).equals(cut)).toBe(true);
    writeFileSync(file, whole);
  },
  150_000,
);
