import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { FirstDirectory, NewPerson } from './first-directory.js';

/** True once a first directory has been agreed. */
export async function isSetUp(handle: Handle): Promise<boolean> {
  return (await row(handle, 'SELECT 1 FROM directory_version LIMIT 1')) !== undefined;
}

/** Claims the first version; false when another founding was first (it waits for that one to commit). */
export async function claimFirstVersion(tx: Tx, digest: string): Promise<boolean> {
  const claimed = await rows(
    tx,
    'INSERT INTO directory_version (version, digest) VALUES (1, $1) ON CONFLICT DO NOTHING RETURNING version',
    [digest],
  );
  return claimed.length === 1;
}

/** Inserts rows of one table in a single statement: each column as one JSON document of all rows. */
async function insertAll(tx: Tx, table: string, columns: string, records: readonly object[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1::json)`,
    [JSON.stringify(records)],
  );
}

/** Organs, people, offices and routes of the first directory. */
export async function saveFirstDirectory(tx: Tx, directory: FirstDirectory): Promise<void> {
  await insertAll(tx, 'organ', 'code, name, level, parent, route', directory.organs);
  const people = directory.people.map(({ id, name, administrator }) => ({ id, name, active: true, administrator }));
  await insertAll(tx, 'person', 'id, name, active, administrator', people);
  const grants = directory.people.flatMap(({ id, grants: held }) => held.map((grant) => ({ person: id, ...grant })));
  await insertAll(tx, 'role_grant', 'person, role, organ', grants);
  await insertAll(tx, 'route_slot', 'route, role, organ', routeSlots(directory));
}

function routeSlots({ routes }: FirstDirectory): object[] {
  const slots = new Map<string, object>();
  for (const { digest, document } of routes)
    for (const { role, organ } of document.stages.flatMap((stage) => stage.slots))
      slots.set(`${digest} ${role} ${organ}`, { route: digest, role, organ });
  return [...slots.values()];
}

/** Accounts with their password hashes, one for each person. */
export async function saveAccounts(
  tx: Tx,
  accounts: readonly (Pick<NewPerson, 'id' | 'login'> & { readonly passwordHash: string })[],
): Promise<void> {
  const records = accounts.map(({ id, login, passwordHash }) => ({ person: id, login, password_hash: passwordHash }));
  await insertAll(tx, 'account', 'person, login, password_hash', records);
}
