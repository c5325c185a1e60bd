#!/usr/bin/env node
// Brings a database to this version: roles, schemas, tables, queues, rights. Run as owner, before the services start.
// Reads DATABASE_URL (the owner's address) and SUNWARD_VAR (folder with roles.json, default var). Safe to repeat.
// --new-epoch: the operator confirms that a backup was restored or a standby promoted.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { keptJson } from './launcher/kept-json.mjs';
import { exitWith, Problem } from './launcher/problem.mjs';
import { LOGINS, roleOf, SERVICES, SITE, urlFor } from './launcher/services.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** One migration at a time per database. */
const LOCK = 'sunward:migrate';
const NOT_PERMITTED = '42501';

async function createRoles(client) {
  try {
    await client.query(fs.readFileSync(path.join(root, 'docker/roles.sql'), 'utf8'));
  } catch (error) {
    if (error.code !== NOT_PERMITTED) throw error;
    throw new Problem(
      'The user of DATABASE_URL may not create roles. Have an administrator of that server run docker/roles.sql ' +
        '(psql -f docker/roles.sql), give each role the password var/roles.json names for it, and start again.',
      { cause: error },
    );
  }
}

/** Sets the passwords; where that is not permitted, they must already be the ones in roles.json. */
async function setPasswords(client, url, passwords) {
  for (const login of LOGINS) {
    const password = passwords[login];
    if (!password)
      throw new Problem(
        `roles.json has no password for ${login}: run node scripts/install-state.mjs (containers: node docker/secrets.mjs); it adds what is missing and replaces nothing.`,
      );
    try {
      await client.query(`alter role ${roleOf(login)} password ${pg.escapeLiteral(password)}`);
    } catch (error) {
      if (error.code !== NOT_PERMITTED) throw error;
      await mustOpen(urlFor(url, roleOf(login), password), login);
    }
  }
}

async function mustOpen(url, login) {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    throw new Problem(
      `The role ${roleOf(login)} does not open the database with the password var/roles.json names for it: ${error.message}`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * The epoch names this life of the database; it is renewed when a backup is restored. `place` is the server and the
 * timeline of its write-ahead log: a restore or a promotion continues on another one. A dump keeps the row, not the server.
 */
const SYSTEM = `
  create schema if not exists system;
  create or replace function system.wal_place() returns text language sql stable security definer set search_path = pg_catalog
    as $$ select system_identifier || ' timeline ' || ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
          from pg_control_system() $$;
  create table if not exists system.epoch (
    id uuid not null default gen_random_uuid(),
    only_one boolean primary key default true check (only_one),
    since timestamptz not null default now(),
    place text
  );
  alter table system.epoch add column if not exists place text;
  insert into system.epoch (place) values (system.wal_place()) on conflict do nothing;
  update system.epoch set place = system.wal_place() where place is null;`;

const NEW_EPOCH = 'update system.epoch set id = gen_random_uuid(), place = system.wal_place(), since = now()';

/** Stops before anything is changed when the database went on somewhere else, unless the operator says it is meant so. */
async function settleEpoch(client, { newEpoch, say }) {
  const { rows } = await client.query('select place, system.wal_place() as here from system.epoch');
  const [{ place, here }] = rows;
  if (newEpoch) {
    await client.query(NEW_EPOCH);
    say(`epoch        new, for ${here}; messages of the old one are dropped, open ones sent again`);
  } else if (place !== here) {
    throw new Problem(
      `The database is on write-ahead log ${here}, this installation knows ${place}: a backup was restored or a standby ` +
        'promoted. If that is meant, give the installation a new epoch once: npm start -- --new-epoch (containers: ' +
        'node scripts/migrate.mjs --new-epoch). Queued messages of the old epoch are then dropped, open ones sent again.',
    );
  }
}

/** Tables whose rows are never changed or removed; where a service has one, its role may read and append. */
const APPEND_ONLY = ['ledger_entry', 'ledger_body', 'log_leaf', 'log_node', 'log_checkpoint', 'publication_step'];
/** Tables whose rows change and stay. */
const NEVER_REMOVED = ['ledger_head'];

async function limitsOf(client, service) {
  const { rows } = await client.query('select tablename from pg_tables where schemaname = $1', [service]);
  const revoke = (rights, names) =>
    rows
      .filter(({ tablename }) => names.includes(tablename))
      .map(({ tablename }) => `revoke ${rights} on ${service}.${tablename} from ${roleOf(service)};`);
  return [...revoke('update, delete', APPEND_ONLY), ...revoke('delete', NEVER_REMOVED)].join('\n');
}

/** Rights of a service: rows of its own schema, append to the content store, read the epoch, use the queues. */
function rightsOf(service) {
  const role = roleOf(service);
  const rows = 'select, insert, update, delete';
  return `
    grant usage on schema ${service}, content, system, bullmq to ${role};
    grant ${rows} on all tables in schema ${service} to ${role};
    revoke insert, update, delete on ${service}.schema_migration from ${role};
    grant usage, select on all sequences in schema ${service} to ${role};
    grant select, insert on content.blob to ${role};
    grant select on system.epoch to ${role};
    grant execute on function system.wal_place() to ${role};
    grant ${rows} on all tables in schema bullmq to ${role};
    grant usage, select on all sequences in schema bullmq to ${role};
    grant execute on all functions in schema bullmq to ${role};`;
}

/** Rights of what answers readers of the public site: to look where words stand, and no other row. */
const SITE_RIGHTS = `
  revoke all on all tables in schema publication from ${roleOf(SITE)};
  grant usage on schema publication to ${roleOf(SITE)};
  grant select on publication.search_entry, publication.schema_migration to ${roleOf(SITE)};`;

async function connect(url) {
  const client = new pg.Client({ connectionString: url, application_name: 'sunward:migrate' });
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const { hostname, port, pathname, username } = new URL(url);
    throw new Problem(
      `The database ${pathname.slice(1)} at ${hostname}:${port || 5432} does not open for ${username}: ${cause.message}. ` +
        'Is it running, and is DATABASE_URL right?',
      { cause },
    );
  }
}

async function migrateAll(url, passwords, { newEpoch, say }) {
  const { CreateContent1790000000000, dataSourceFor, migrateQueues, migrateSchema, SCHEMAS } =
    await import('../dist/run/schemas.js');
  const migrate = async (service, tables, migrations) => {
    const done = await migrateSchema(dataSourceFor({ service, url, tables, migrations, poolSize: 2 }), service);
    say(`${service.padEnd(12)} ${done.length === 0 ? 'up to date' : done.join(', ')}`);
  };
  const client = await connect(url);
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [LOCK]);
    await createRoles(client);
    await setPasswords(client, url, passwords);
    await client.query(SYSTEM);
    await settleEpoch(client, { newEpoch, say });
    await migrate('content', [], [CreateContent1790000000000]);
    for (const service of SERVICES) {
      const { tables, migrations } = SCHEMAS[service];
      await migrate(service, tables, migrations);
    }
    await migrateQueues(url);
    say('bullmq       up to date');
    // One query, one transaction: no role has for a moment more than it may have.
    for (const service of SERVICES) await client.query(rightsOf(service) + (await limitsOf(client, service)));
    await client.query(SITE_RIGHTS);
  } finally {
    await client.end();
  }
}

try {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Problem('DATABASE_URL is not set: it names the database and its owner (see .env.example).');
  const file = path.join(process.env.SUNWARD_VAR ?? path.join(root, 'var'), 'roles.json');
  if (!fs.existsSync(file)) throw new Problem(`${file} is missing: run node scripts/install-state.mjs first.`);
  await migrateAll(url, keptJson(file), {
    newEpoch: process.argv.includes('--new-epoch'),
    say: console.log,
  });
} catch (error) {
  exitWith(error);
}
