#!/usr/bin/env node
// npm start: from a bare checkout to a running Sunward. Node built-ins only until the packages are installed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuseSecondLauncher } from './launcher/launcher-lock.mjs';
import { isPortFree } from './launcher/ports.mjs';
import { checkNativeParts } from './launcher/native-parts.mjs';
import { installPackages } from './launcher/packages.mjs';
import { exitWith, Problem } from './launcher/problem.mjs';
import { heartbeat, paint, say } from './launcher/progress.mjs';
import { SERVICES } from './launcher/services.mjs';
import { printLine, printSummary } from './launcher/terminal.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const varDir = path.resolve(root, process.env.SUNWARD_VAR ?? 'var');
const withDemo = process.env.SUNWARD_DEMO !== 'off';
const OLDEST_NODE = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Problem(
    `Sunward needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  );
}

async function choosePort(variable, preferred) {
  const port = Number(process.env[variable] ?? preferred);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Problem(`${variable}=${process.env[variable]} is no port: a whole number from 1 to 65535 is needed.`);
  if (await isPortFree(port, process.env.SUNWARD_HOST ?? '127.0.0.1')) return port;
  throw new Problem(`Port ${port} is in use by another program. Choose another: ${variable}=${port + 1} npm start`);
}

/** Takes the sample from import to live through the public API; remembered once done. Its failure stops nothing. */
async function demonstrate(system, done) {
  const args = ['dist/run/sunward.js', 'demo', '--accounts', system.state.accountsFile];
  const file = path.join(root, 'samples/xiangyang-2020.txt');
  const child = spawn(process.execPath, [...args, '--server', system.gatewayUrl, '--file', file], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve) =>
    child.once('error', (error) => resolve(error.message)).once('close', resolve),
  );
  if (code === 0) fs.writeFileSync(done, `${new Date().toISOString()}\n`);
  else say(paint(31, `The demonstration did not finish (${code}); it is tried again at the next start.`));
}

async function prepare() {
  await installPackages(root);
  await checkNativeParts(root);
  const stop = heartbeat('building');
  try {
    await (await import('./build.mjs')).build();
  } finally {
    stop();
  }
}

/** What follows an option on the command line, or undefined. */
function optionValue(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : (process.argv[at + 1] ?? '');
}

/** --rotate-key SERVICE or an administrator's sign-in name [--algorithm sm2], and --revoke-key KEYID --from ENTRY: changes keys once all is up. */
async function changeKeys(system) {
  const holder = optionValue('--rotate-key');
  const lost = optionValue('--revoke-key');
  if (holder === undefined && lost === undefined) return;
  const { revokeLostKey, rotateAdministratorKey, rotateServiceKey } = await import('./launcher/rotate-key.mjs');
  if (holder !== undefined) {
    const algorithm = optionValue('--algorithm') ?? 'ed25519';
    if (!['ed25519', 'sm2'].includes(algorithm)) throw new Problem(`${algorithm} is no algorithm: ed25519 or sm2.`);
    const rotate = SERVICES.includes(holder) ? rotateServiceKey : rotateAdministratorKey;
    const { retired, from } = await rotate(system, holder, algorithm);
    say(`${holder} signs with a new ${algorithm} key from entry ${from} of the log on; retired: ${retired}`);
  }
  if (lost !== undefined) {
    const from = optionValue('--from') ?? '';
    if (!/^\d+$/.test(from)) throw new Problem('--revoke-key needs --from ENTRY, a number of the log.');
    await revokeLostKey(system, lost, Number(from));
    say(`nothing signed by ${lost} counts from entry ${from} of the log on`);
  }
}

async function main(signal) {
  checkNode();
  refuseSecondLauncher(varDir);
  const ports = { gateway: await choosePort('PORT', 3000), site: await choosePort('SITE_PORT', 3080) };
  if (ports.gateway === ports.site)
    throw new Problem(`PORT and SITE_PORT are both ${ports.site}; the public site needs its own.`);
  await prepare();
  const { launchSystem } = await import('./launcher/system.mjs');
  const system = await launchSystem({
    varDir,
    ports,
    signal,
    databaseUrl: process.env.DATABASE_URL,
    redisUrl: process.env.REDIS_URL,
    newEpoch: process.argv.includes('--new-epoch'),
    ...(withDemo ? { district: path.join(root, 'samples/district.json') } : {}),
    // The steps must stay readable: services speak up when something is wrong, unless asked for more.
    env: { SUNWARD_LOG_LEVEL: process.env.SUNWARD_LOG_LEVEL ?? 'warn' },
    onStep: say,
    onLine: printLine,
    onDatabaseEnd: endWithDatabase,
    onEnd: (service, reason, restartMs) =>
      say(`${service} ended (${reason}); starting it again in ${restartMs / 1000} s`),
  });
  const done = path.join(varDir, 'demo.done');
  if (withDemo && system.accounts.length > 0 && !fs.existsSync(done)) await demonstrate(system, done);
  await changeKeys(system);
  printSummary({ system, varDir, root, live: fs.existsSync(done) });
  return system;
}

const aborter = new AbortController();
let stopping = false;
let running;

/** Stops everything in order, then ends the process. */
async function stop(reason, exitCode) {
  stopping = true;
  say('stopping; Ctrl-C again ends at once');
  aborter.abort(reason);
  const system = await running?.catch(() => undefined);
  await system?.stop();
  say('stopped');
  process.exit(exitCode);
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(name, () => {
    if (stopping) process.exit(130); // asked twice: at once
    void stop(new Problem('stopped before everything was up'), 0);
  });

/** Without its database nothing can go on: said once, where it is seen, and everything ends. */
function endWithDatabase(problem) {
  if (stopping) return;
  console.error(`\n${paint(31, problem.message)}\n`);
  void stop(problem, 1);
}

try {
  running = main(aborter.signal);
  await running;
} catch (error) {
  if (!stopping) exitWith(error);
}
