#!/usr/bin/env node
// Makes what docker/compose.yaml mounts: keys, trust file, role passwords and each service's database address.
// Usage: node docker/secrets.mjs   (SUNWARD_SITE_ORIGIN names the public site; safe to repeat, nothing is replaced)
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installState } from '../scripts/install-state.mjs';
import { roleOf, SERVICES, SITE, urlFor } from '../scripts/launcher/services.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'secrets');
const siteOrigin = process.env.SUNWARD_SITE_ORIGIN;
const { passwords } = installState(folder, siteOrigin ? { siteOrigin } : {});
fs.chmodSync(folder, 0o700);

const ownerFile = path.join(folder, 'owner-password');
if (!fs.existsSync(ownerFile))
  fs.writeFileSync(ownerFile, crypto.randomBytes(24).toString('base64url'), { mode: 0o600 });
const owner = urlFor('postgres://db:5432/sunward', 'sunward', fs.readFileSync(ownerFile, 'utf8'));

const addressOf = (login) => urlFor(owner, roleOf(login), passwords[login]);
const environment = (name, variables) =>
  fs.writeFileSync(
    path.join(folder, `${name}.env`),
    Object.entries(variables)
      .map(([variable, value]) => `${variable}=${value}\n`)
      .join(''),
    { mode: 0o600 },
  );
environment('migrate', { DATABASE_URL: owner });
for (const service of SERVICES)
  environment(service, {
    DATABASE_URL: addressOf(service),
    ...(service === 'publication' ? { SUNWARD_SITE_DATABASE_URL: addressOf(SITE) } : {}),
  });
console.log(`Secrets are in ${folder}. The containers read them as the user who made them:`);
console.log(
  `SUNWARD_USER=${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000} docker compose -f docker/compose.yaml up --build`,
);
