// The whole of Sunward on this machine: database, migrations, founding, six services. Used by npm start, by the
// end-to-end tests and by the benchmark, so that all three run the very same thing. Needs dist (scripts/build.mjs).
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { installState } from '../install-state.mjs';
import { startPostgres } from '../pg.mjs';
import { ChildService } from './child-service.mjs';
import { keptJson } from './kept-json.mjs';
import { takeLauncherLock } from './launcher-lock.mjs';
import { untilDirectoryArrived } from './first-directory.mjs';
import { freePort } from './ports.mjs';
import { Problem } from './problem.mjs';
import { environmentOf, monitorEnvironment } from './service-environment.mjs';
import { LOGINS, roleOf, SERVICES, urlFor } from './services.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const mainOf = (service) => path.join(root, 'dist/run', `${service}.js`);
const READY_WITHIN_MS = 90_000;
/** Each asking costs a starting service some of the time it needs. */
const ASK_AGAIN_MS = 200;
/** Lines of each service kept to explain a failed start. */
const KEPT_LINES = 15;

/** Runs a program of ours to its end. Throws Problem with what it printed when it fails. */
async function runNode(args, env, what) {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Problem(`${what} failed:\n${said.trim()}`);
  return said.trim();
}

async function isFounded(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query('select 1 from gateway.directory_version limit 1')).rowCount > 0;
  } finally {
    await client.end();
  }
}

async function isReady(url) {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false; // not listening yet
  }
}

async function waitUntilReady(urls, { lastLines, needOperator, signal }) {
  const deadline = Date.now() + READY_WITHIN_MS;
  await Promise.all(
    Object.entries(urls).map(async ([service, url]) => {
      while (!(await isReady(url))) {
        signal?.throwIfAborted();
        const [unusable] = needOperator;
        if (unusable !== undefined) throw new Problem(`${unusable} cannot start:\n${lastLines(unusable).join('\n')}`);
        if (Date.now() > deadline)
          throw new Problem(
            `${service} was not ready within ${READY_WITHIN_MS / 1000} s. Its last lines:\n${lastLines(service).join('\n')}`,
          );
        await sleep(ASK_AGAIN_MS);
      }
    }),
  );
}

/** Writes the first accounts of a district to a file of the var folder; answers whether there was anything to found. */
async function foundDistrict({ district, state, env, databaseUrl, varDir }) {
  if (district === undefined || (await isFounded(databaseUrl))) return false;
  let file = district;
  if (typeof district !== 'string') {
    file = path.join(varDir, 'district.json');
    fs.writeFileSync(file, JSON.stringify(district), { mode: 0o600 });
  }
  await runNode([mainOf('gateway'), 'found', file, state.accountsFile], env, 'Founding the district');
  return true;
}

async function openDatabase({ databaseUrl, varDir, durable, onDatabaseEnd }, stops) {
  if (databaseUrl) return { url: databaseUrl, pid: undefined };
  const server = await startPostgres({ dir: path.join(varDir, 'pg'), durable, onEnd: onDatabaseEnd });
  stops.unshift(server.stop);
  return server;
}

/** Migrates, and founds the district when there is none. Answers whether it was founded now. */
async function prepareDatabase({ base, database, place, options }) {
  const { varDir, signal, onStep = () => undefined } = options;
  await runNode(
    [path.join(root, 'scripts/migrate.mjs'), ...(options.newEpoch ? ['--new-epoch'] : [])],
    { ...base, DATABASE_URL: database.url, SUNWARD_VAR: varDir },
    'Migrating the database',
  );
  onStep('database: migrated');
  signal?.throwIfAborted();
  const env = environmentOf('gateway', place);
  const { district } = options;
  const founded = await foundDistrict({ district, state: place.state, env, databaseUrl: database.url, varDir });
  if (founded) onStep('district founded');
  return founded;
}

/** Starts the services on private ports the system names and waits until each says it is ready. */
async function startServices({ ports, place, options, stops }) {
  const lines = Object.fromEntries([...SERVICES, 'monitor'].map((service) => [service, []]));
  const onLine = (service, line) => {
    lines[service].push(line);
    if (lines[service].length > KEPT_LINES) lines[service].shift();
    options.onLine?.(service, line);
  };
  // While everything starts, waiting helps none of these; later on each is started again until somebody has mended it.
  const needOperator = new Set();
  let isStarting = true;
  const onEnd = (service, reason, restartMs, needsOperator) => {
    if (needsOperator && isStarting) needOperator.add(service);
    else options.onEnd?.(service, reason, restartMs);
  };
  const services = Object.fromEntries(
    SERVICES.map((name) => {
      const env = environmentOf(name, place);
      return [name, new ChildService({ name, script: mainOf(name), env, onLine, onEnd })];
    }),
  );
  const watched = { name: 'monitor', script: mainOf('monitor'), env: monitorEnvironment(place), onLine, onEnd };
  services.monitor = new ChildService(watched);
  stops.unshift(() => Promise.all(Object.values(services).map((service) => service.stop())));
  for (const service of Object.values(services)) service.start();
  const urls = Object.fromEntries(SERVICES.map((name) => [name, `http://127.0.0.1:${ports[name]}`]));
  const waiting = { lastLines: (service) => lines[service], signal: options.signal };
  await waitUntilReady(urls, { ...waiting, needOperator });
  isStarting = false;
  const untilReady = () => waitUntilReady(urls, { ...waiting, needOperator: [] });
  return { services, untilReady };
}

/**
 * Starts everything on the folder `varDir` and answers once every service is ready:
 * `{ gatewayUrl, siteUrl, accounts, services, untilReady(), databaseUrl (owner), databasePid, founded, state, stop() }`.
 * Options: `databaseUrl`, `redisUrl`, `ports: {gateway, site}` (default: free ones), `env` (variables for every
 * service), `district` (definition or file, founded when the database is empty), `durable` (default true),
 * `newEpoch` (the operator confirms a restored database), `onStep(text)`, `onLine(service, line)`, `onEnd(service, reason, restartMs)`, `signal` (gives up starting),
 * `onDatabaseEnd(problem)` (the embedded PostgreSQL ended by itself; nothing is stopped for that here).
 * Whatever was started is stopped again when a step fails. Throws Problem with what to do.
 */
export async function launchSystem(options) {
  const { varDir, durable = true, signal, onStep = () => undefined } = options;
  const stops = [];
  const stop = async () => {
    for (const one of stops.splice(0)) await one();
  };
  try {
    const ports = {
      gateway: options.ports?.gateway ?? (await freePort()),
      site: options.ports?.site ?? (await freePort()),
    };
    for (const name of SERVICES) ports[name] ??= await freePort();
    const gatewayUrl = options.env?.SUNWARD_PUBLIC_ORIGIN ?? `http://localhost:${ports.gateway}`;
    const siteUrl = options.env?.SUNWARD_SITE_ORIGIN ?? `http://localhost:${ports.site}`;
    const state = installState(varDir, { siteOrigin: siteUrl });
    stops.unshift(takeLauncherLock(varDir, [gatewayUrl, siteUrl]));
    const database = await openDatabase({ ...options, durable }, stops);
    onStep(
      options.databaseUrl
        ? 'database: DATABASE_URL'
        : `database: embedded PostgreSQL on port ${database.port}${database.adopted ? ' (was still running)' : ''}`,
    );
    signal?.throwIfAborted();
    const base = { ...process.env, NODE_OPTIONS: '', ...options.env };
    const databaseUrls = Object.fromEntries(
      LOGINS.map((name) => [name, urlFor(database.url, roleOf(name), state.passwords[name])]),
    );
    const place = { base, ports, state, databaseUrls, redisUrl: options.redisUrl, gatewayUrl, siteUrl };
    // Services wait for their migrations, so their start goes on beside migrating and founding.
    const [founded, { services, untilReady }] = await Promise.all([
      prepareDatabase({ base, database, place, options }),
      startServices({ ports, place, options, stops }),
    ]);
    if (founded) await untilDirectoryArrived(database.url, signal);
    onStep(`services ready: ${SERVICES.join(', ')}`);
    const accounts = fs.existsSync(state.accountsFile) ? keptJson(state.accountsFile).accounts : [];
    return {
      gatewayUrl,
      siteUrl,
      accounts,
      services,
      untilReady,
      databaseUrl: database.url,
      databasePid: database.pid,
      founded,
      state,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
