#!/usr/bin/env node
// What one installation has and no other: keys, trust file, role passwords, set-up token. Made once, under var/.
// Usage: node scripts/install-state.mjs [FOLDER]   (default: var; SUNWARD_SITE_ORIGIN names the public site)
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { keptJson } from './launcher/kept-json.mjs';
import { exitWith, Problem } from './launcher/problem.mjs';
import { LOGINS, SERVICES } from './launcher/services.mjs';

const secret = () => crypto.randomBytes(24).toString('base64url');

function writeOnce(file, content, mode = 0o600) {
  if (!fs.existsSync(file)) {
    fs.writeFileSync(`${file}.new`, content, { mode });
    fs.renameSync(`${file}.new`, file); // whole or not at all, whenever the launcher is killed
  }
  return fs.readFileSync(file, 'utf8');
}

function newKey() {
  return crypto.generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
}

/** SubjectPublicKeyInfo up to the key itself, and the length of the key. Sources: RFC 8410 §4; RFC 5480 §2, GM/T 0006-2012. */
const SPKI = {
  ed25519: ['302a300506032b6570032100', 32],
  sm2: ['3059301306072a8648ce3d020106082a811ccf5501822d034200', 65],
};

/** Algorithm and public key (base64) of a key file; the file decides. Throws Problem for any other kind of key. */
function publicKeyOf(pem, whose) {
  const spki = crypto.createPublicKey(pem).export({ type: 'spki', format: 'der' });
  for (const [algorithm, [prefix, length]] of Object.entries(SPKI))
    if (spki.toString('hex').startsWith(prefix) && spki.length === prefix.length / 2 + length)
      return { algorithm, publicKey: spki.subarray(-length).toString('base64') };
  throw new Problem(`The key of ${whose} is neither an Ed25519 nor an SM2 key.`);
}

function administrators(folder) {
  const people = () =>
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.pem'))
      .sort();
  while (people().length < 2) writeOnce(path.join(folder, `${crypto.randomUUID()}.pem`), newKey());
  return people().map((name) => ({
    person: path.basename(name, '.pem'),
    ...publicKeyOf(fs.readFileSync(path.join(folder, name), 'utf8'), name),
  }));
}

/** A change of key that was cut short: done if the trust file names the new key already, else it never was. */
function settleRotation(folder, trustFile) {
  for (const name of fs.readdirSync(folder).filter((file) => file.endsWith('.pem.next'))) {
    const fresh = path.join(folder, name);
    const { publicKey } = publicKeyOf(fs.readFileSync(fresh, 'utf8'), name);
    const isNamed = fs.existsSync(trustFile) && fs.readFileSync(trustFile, 'utf8').includes(JSON.stringify(publicKey));
    if (isNamed) fs.renameSync(fresh, path.join(folder, name.replace(/\.next$/, '')));
    else fs.rmSync(fresh);
  }
}

/** The keys in the key files, as entries of a trust file of the second form: from ever and for ever. */
function keysInFiles(services, people) {
  const forEver = { from: 0, until: null, compromisedFrom: null };
  const ofServices = Object.entries(services).flatMap(([service, key]) =>
    (service === 'ledger' ? ['packet', 'checkpoint'] : ['statement', 'packet']).map((purpose) => ({
      holder: `service:${service}`,
      purpose,
      ...key,
      ...forEver,
    })),
  );
  const ofPeople = people.map(({ person, ...key }) => ({
    holder: `administrator:${person}`,
    purpose: 'agreement',
    ...key,
    ...forEver,
  }));
  return [...ofServices, ...ofPeople];
}

/** Adds holders that came with a later release. Throws Problem when a key file is not the one its holder signs with by the trust file. */
function grown(known, inFiles) {
  for (const key of inFiles) {
    const own = known.keys.filter(({ holder, purpose }) => holder === key.holder && purpose === key.purpose);
    if (own.length > 0 && !own.some(({ publicKey, until }) => until === null && publicKey === key.publicKey))
      throw new Problem(
        `The key file of ${key.holder} is not the key trust.json names for it. Put the file back; to change a key: npm start -- --rotate-key.`,
      );
  }
  const added = inFiles.filter(({ holder }) => !known.keys.some((key) => key.holder === holder));
  return { ...known, keys: [...known.keys, ...added] };
}

/** The trust file of these keys. The first form says all there is to say until a key is SM2 or was ever rotated; then it is the second. */
function trustOf(trustFile, services, people, site) {
  const known = fs.existsSync(trustFile) ? keptJson(trustFile) : undefined;
  const inFiles = keysInFiles(services, people);
  if (known?.schema === 'sunward.trust/2') return { ...grown(known, inFiles), site };
  if (inFiles.some(({ algorithm }) => algorithm !== 'ed25519'))
    return { schema: 'sunward.trust/2', keys: inFiles, changes: [], site };
  return {
    schema: 'sunward.trust/1',
    services: Object.fromEntries(Object.entries(services).map(([service, { publicKey }]) => [service, publicKey])),
    administrators: people.map(({ person, publicKey }) => ({ person, publicKey })),
    site,
  };
}

/** Replaces a file whole or not at all. */
export function replaceFile(file, content, mode) {
  fs.writeFileSync(`${file}.new`, content, { mode });
  fs.renameSync(`${file}.new`, file);
}

/** The password of each role; one that came with a later release is added to those that are there. */
function rolePasswords(file) {
  writeOnce(file, '{}\n');
  const known = keptJson(file);
  const missing = LOGINS.filter((login) => !(login in known));
  if (missing.length === 0) return known;
  const all = { ...known, ...Object.fromEntries(missing.map((login) => [login, secret()])) };
  replaceFile(file, `${JSON.stringify(all, null, 2)}\n`, 0o600);
  return all;
}

/**
 * Makes whatever is missing in `varDir` and answers where things are: `keys` and `administratorKeys` (folders),
 * `trustFile`, `setupTokenFile`, `siteDir`, `checkpointDir`, `accountsFile`, and `passwords` by who logs in. Folders 0700, secrets 0600.
 */
export function installState(varDir, { siteOrigin = 'http://localhost:3080' } = {}) {
  // As root the embedded PostgreSQL runs as another user and must be able to pass through (not list) this folder.
  fs.mkdirSync(varDir, { recursive: true });
  fs.chmodSync(varDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  const at = (...parts) => path.join(varDir, ...parts);
  fs.mkdirSync(at('keys'), { recursive: true, mode: 0o700 });
  fs.mkdirSync(at('checkpoints'), { recursive: true, mode: 0o700 });
  fs.mkdirSync(at('site'), { recursive: true, mode: 0o700 });
  const trustFile = at('trust.json');
  fs.mkdirSync(at('keys', 'administrators'), { recursive: true, mode: 0o700 });
  for (const folder of [at('keys'), at('keys', 'administrators')]) settleRotation(folder, trustFile);
  const services = Object.fromEntries(
    SERVICES.map((service) => [service, publicKeyOf(writeOnce(at('keys', `${service}.pem`), newKey()), service)]),
  );
  const trust = trustOf(trustFile, services, administrators(at('keys', 'administrators')), siteOrigin);
  replaceFile(trustFile, `${JSON.stringify(trust, null, 2)}\n`, 0o644);
  const passwords = rolePasswords(at('roles.json'));
  writeOnce(at('setup-token'), secret());
  return {
    keys: at('keys'),
    administratorKeys: at('keys', 'administrators'),
    trustFile,
    setupTokenFile: at('setup-token'),
    siteDir: at('site'),
    checkpointDir: at('checkpoints'),
    accountsFile: at('accounts.json'),
    passwords,
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = path.resolve(process.argv[2] ?? 'var');
  const siteOrigin = process.env.SUNWARD_SITE_ORIGIN;
  try {
    installState(folder, siteOrigin ? { siteOrigin } : {});
    console.log(`keys, trust file and passwords are in ${folder}`);
  } catch (error) {
    exitWith(error);
  }
}
