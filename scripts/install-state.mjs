#!/usr/bin/env node
// What one installation has and no other: keys, trust file, role passwords, set-up token. Made once, under var/.
// Usage: node scripts/install-state.mjs [FOLDER]   (default: var; SUNWARD_SITE_ORIGIN names the public site)
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SERVICES } from './launcher/services.mjs';

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

/** The raw 32 bytes of the public key, base64: the end of its SubjectPublicKeyInfo. Source: RFC 8410. */
function publicKeyOf(pem) {
  const spki = crypto.createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return spki.subarray(-32).toString('base64');
}

function administrators(folder) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const people = () =>
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.pem'))
      .sort();
  while (people().length < 2) writeOnce(path.join(folder, `${crypto.randomUUID()}.pem`), newKey());
  return people().map((name) => ({
    person: path.basename(name, '.pem'),
    publicKey: publicKeyOf(fs.readFileSync(path.join(folder, name), 'utf8')),
  }));
}

/** The password of each service's role; one that came with a later release is added to those that are there. */
function rolePasswords(file) {
  const known = JSON.parse(writeOnce(file, '{}\n'));
  const missing = SERVICES.filter((service) => !(service in known));
  if (missing.length === 0) return known;
  const all = { ...known, ...Object.fromEntries(missing.map((service) => [service, secret()])) };
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return all;
}

/**
 * Makes whatever is missing in `varDir` and answers where things are: `keys` and `administratorKeys` (folders),
 * `trustFile`, `setupTokenFile`, `siteDir`, `checkpointDir`, `accountsFile`, and `passwords` by service. Folders 0700, secrets 0600.
 */
export function installState(varDir, { siteOrigin = 'http://localhost:3080' } = {}) {
  // As root the embedded PostgreSQL runs as another user and must be able to pass through (not list) this folder.
  fs.mkdirSync(varDir, { recursive: true });
  fs.chmodSync(varDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  const at = (...parts) => path.join(varDir, ...parts);
  fs.mkdirSync(at('keys'), { recursive: true, mode: 0o700 });
  fs.mkdirSync(at('checkpoints'), { recursive: true, mode: 0o700 });
  fs.mkdirSync(at('site'), { recursive: true, mode: 0o700 });
  const services = Object.fromEntries(
    SERVICES.map((service) => [service, publicKeyOf(writeOnce(at('keys', `${service}.pem`), newKey()))]),
  );
  const trust = {
    schema: 'sunward.trust/1',
    services,
    administrators: administrators(at('keys', 'administrators')),
    site: siteOrigin,
  };
  const trustFile = at('trust.json');
  fs.writeFileSync(`${trustFile}.new`, `${JSON.stringify(trust, null, 2)}\n`, { mode: 0o644 });
  fs.renameSync(`${trustFile}.new`, trustFile);
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
  installState(folder, siteOrigin ? { siteOrigin } : {});
  console.log(`keys, trust file and passwords are in ${folder}`);
}
