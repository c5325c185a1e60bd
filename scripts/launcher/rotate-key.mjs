// Changes the signing key of a service, or gives one up as lost, on a running installation.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { replaceFile } from '../install-state.mjs';
import { keptJson } from './kept-json.mjs';
import { Problem } from './problem.mjs';
import { SERVICES } from './services.mjs';

const SETTLED_WITHIN_MS = 60_000;
const ASK_AGAIN_MS = 100;

/** Whether everything these services announced is acknowledged, and every entry that came in has its place in the log. */
async function isSettled(client, services) {
  const open = services.map((service) => `select 1 from ${service}.outbox where acked_at is null`);
  const { rows } = await client.query(`${open.join(' union all ')} union all select 1 from ledger.log_arrival limit 1`);
  return rows.length === 0;
}

async function untilSettled(client, services) {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  while (!(await isSettled(client, services))) {
    if (Date.now() > deadline)
      throw new Problem(
        'Messages between the services are still open after a minute, so nobody can say what the old key signed. ' +
          'Look at the alarms, and change the key again once all is delivered. Nothing was changed.',
      );
    await sleep(ASK_AGAIN_MS);
  }
}

/** Ends the service at a moment at which all it signed has its place in the log. Answers how many entries there are then. */
async function endSettled(client, system, service) {
  // The log gives places only while it runs; of the others the one to be changed is ended, so that it signs nothing more.
  for (;;) {
    await untilSettled(client, SERVICES);
    await system.services[service].stop();
    // What it announced last may have come between the look and the end: then it is let live to deliver it.
    if (await isSettled(client, [service])) break;
    system.services[service].start();
  }
  const { rows } = await client.query('select coalesce(max(index) + 1, 0)::int as size from ledger.log_leaf');
  return rows[0].size;
}

const readTrust = ({ parseTrust }, { trustFile }) => parseTrust(keptJson(trustFile));
const writeTrust = ({ trustFile }, trust) => replaceFile(trustFile, `${JSON.stringify(trust, null, 2)}\n`, 0o644);

async function withOwner(databaseUrl, work) {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'sunward:keys' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every service reads the trust file when it starts. */
async function restartAll(system) {
  await Promise.all(Object.values(system.services).map((service) => service.restart()));
  await system.untilReady();
}

/**
 * Gives a service a new key of this algorithm: from the entry of the log that comes next on it signs, and the old one seals nothing more.
 * Both sign the change; the old private key is destroyed, its public one is kept in the trust file for ever. Answers `{ retired, from }`.
 * Throws Problem with what to do; nothing is changed then.
 */
export async function rotateServiceKey(system, service, algorithm = 'ed25519') {
  if (!SERVICES.includes(service)) throw new Problem(`${service} is no service: ${SERVICES.join(', ')}.`);
  if (service === 'ledger' && algorithm !== 'ed25519')
    throw new Problem('The heads of the log are signed with Ed25519.');
  const file = path.join(system.state.keys, `${service}.pem`);
  return rotateFile(system, { holder: `service:${service}`, file, service, algorithm });
}

/**
 * Gives an administrator, by sign-in name, a new key in the same way: what he agreed to stays agreed, and what he agrees to from
 * now on he signs with the new one. The gateway, which signs for him, is ended meanwhile. Throws Problem with what to do.
 */
export async function rotateAdministratorKey(system, login, algorithm = 'ed25519') {
  const find = 'select p.id from gateway.person p join gateway.account a on a.person = p.id where a.login = $1';
  const { rows } = await withOwner(system.databaseUrl, (client) => client.query(find, [login]));
  const file = path.join(system.state.keys, 'administrators', `${rows[0]?.id}.pem`);
  if (rows.length === 0 || !fs.existsSync(file)) throw new Problem(`No administrator ${login} has a key here.`);
  return rotateFile(system, { holder: `administrator:${rows[0].id}`, file, service: 'gateway', algorithm });
}

/** Puts a new key into the file of a holder for whom this service signs. Answers `{ retired, from }`. */
async function rotateFile(system, { holder, file, service, algorithm }) {
  const keys = await import('../../dist/run/keys.js');
  const old = keys.signerFromPem(fs.readFileSync(file, 'utf8'));
  const pem = keys.generateKeyPem(algorithm);
  const next = keys.signerFromPem(pem);
  const from = await withOwner(system.databaseUrl, (client) => endSettled(client, system, service));
  const change = { holder, old, next, from, at: new Date().toISOString() };
  const trust = keys.rotateKey(readTrust(keys, system.state), change, keys.nodeCrypto);
  // The trust file decides: killed before it is replaced nothing has happened, after that the next start puts the key in its place.
  replaceFile(`${file}.next`, pem, 0o600);
  writeTrust(system.state, trust);
  fs.renameSync(`${file}.next`, file);
  await restartAll(system);
  return { retired: old.keyid, from };
}

/**
 * Gives up a retired key as lost: nothing it signed counts from entry `from` of the log on. Signed with the administrators' keys.
 * Pages sealed by it later are taken down by the sweep, with an alarm. Throws Problem with what to do.
 */
export async function revokeLostKey(system, keyid, from) {
  const keys = await import('../../dist/run/keys.js');
  const folder = path.join(system.state.keys, 'administrators');
  const pems = fs.readdirSync(folder).filter((name) => name.endsWith('.pem'));
  const administrators = pems.map((name) => keys.signerFromPem(fs.readFileSync(path.join(folder, name), 'utf8')));
  const change = { keyid, from, at: new Date().toISOString(), administrators };
  try {
    writeTrust(system.state, keys.revokeKey(readTrust(keys, system.state), change, keys.nodeCrypto));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem(`This key cannot be given up: ${error.message}.`, { cause: error });
  }
  await restartAll(system);
}
