import { type Instant, instant } from '#domain/instant';
import { routesFor } from '#evidence/route-law';
import { CASE_KINDS } from '#domain/case-kind';
import type { DirectoryDocument } from '#evidence/statements';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { RouteBook } from './directory-law.js';
import type { NewPerson } from './first-directory.js';

/** True once a first directory has been agreed. */
export async function isSetUp(handle: Handle): Promise<boolean> {
  return (await row(handle, 'SELECT 1 FROM directory_version LIMIT 1')) !== undefined;
}

/** The newest version and the digest of its envelope, or undefined before the first. */
export async function newestVersion(
  handle: Handle,
): Promise<{ version: number; digest: string; at: Date } | undefined> {
  return row(handle, 'SELECT version, digest, at FROM directory_version ORDER BY version DESC LIMIT 1');
}

/** Claims a version; false when another directory took it first (it waits for that one to commit). */
export async function claimVersion(tx: Tx, version: number, digest: string): Promise<boolean> {
  const claimed = await rows(
    tx,
    'INSERT INTO directory_version (version, digest) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING version',
    [version, digest],
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

/** Brings organs, offices and routes into agreement with an agreed directory; `book` has every route it lists. */
export async function keepDirectory(tx: Tx, document: DirectoryDocument, book: RouteBook): Promise<void> {
  await rows(
    tx,
    `INSERT INTO organ (code, name, level, parent)
     SELECT code, name, level, parent FROM json_populate_recordset(NULL::organ, $1::json)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, parent = excluded.parent`,
    [JSON.stringify(document.organs)],
  );
  for (const table of ['grant_period', 'organ_route', 'route_slot']) await rows(tx, `DELETE FROM ${table}`);
  const grants = document.grants.map(({ from, ...grant }) => ({ ...grant, since: from }));
  await insertAll(tx, 'grant_period', 'person, role, organ, since, until', grants);
  await insertAll(tx, 'organ_route', 'organ, route', organRoutes(document));
  await insertAll(tx, 'route_slot', 'route, role, organ', routeSlots(book));
}

/** Every route that applies to an organ, applied, or will: cases begun under it are read by the offices it names. */
function organRoutes({ organs, routes }: DirectoryDocument): object[] {
  const times = [...new Set(routes.flatMap(({ from, until }) => [from ?? [], until ?? []].flat()))];
  return organs.flatMap((organ) => {
    const of = { routes, organs: [organ] };
    const found = CASE_KINDS.flatMap((kind) => times.flatMap((at) => routesFor(of, organ.code, kind, at)));
    return [...new Set(found.map(({ digest }) => digest))].map((route) => ({ organ: organ.code, route }));
  });
}

function routeSlots(book: RouteBook): object[] {
  const slots = new Map<string, object>();
  for (const [digest, { stages }] of book)
    for (const { role, organ } of stages.flatMap((stage) => [
      ...stage.slots,
      ...(stage.escalation ? [stage.escalation] : []),
    ]))
      slots.set(`${digest} ${role} ${organ}`, { route: digest, role, organ });
  return [...slots.values()];
}

/** New people with their names, which are kept here alone. */
export async function savePeople(
  tx: Tx,
  people: readonly Pick<NewPerson, 'id' | 'name' | 'administrator'>[],
): Promise<void> {
  const records = people.map(({ id, name, administrator }) => ({ id, name, active: true, administrator }));
  await insertAll(tx, 'person', 'id, name, active, administrator', records);
}

/** Accounts with their password hashes, one for each person. */
export async function saveAccounts(
  tx: Tx,
  accounts: readonly (Pick<NewPerson, 'id' | 'login'> & { readonly passwordHash: string })[],
): Promise<void> {
  const records = accounts.map(({ id, login, passwordHash }) => ({ person: id, login, password_hash: passwordHash }));
  await insertAll(tx, 'account', 'person, login, password_hash', records);
}

/** Notes that people leave at a time; from then on their accounts open nothing. */
export async function saveLeavers(
  tx: Tx,
  leavers: readonly { readonly person: string; readonly at: string }[],
): Promise<void> {
  await rows(
    tx,
    `UPDATE person p SET leaves_at = l.at FROM json_to_recordset($1::json) AS l(person uuid, at timestamptz)
     WHERE p.id = l.person`,
    [JSON.stringify(leavers)],
  );
}

interface PersonRecord {
  id: string;
  login: string;
  name: string;
  administrator: boolean;
  leaves_at: Date | null;
}

/** A person with the name the gateway keeps. */
export interface NamedPerson {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly administrator: boolean;
  readonly leavesAt: Instant | null;
}

/** Everybody the gateway knows, by sign-in name. */
export async function everybody(handle: Handle): Promise<readonly NamedPerson[]> {
  const found = await rows<PersonRecord>(
    handle,
    `SELECT p.id, a.login, p.name, p.administrator, p.leaves_at FROM person p JOIN account a ON a.person = p.id
     ORDER BY a.login`,
  );
  return found.map(({ leaves_at: at, ...person }) => ({ ...person, leavesAt: at === null ? null : instant(at) }));
}

/** The ids of the two administrators, in order. */
export async function administratorIds(handle: Handle): Promise<readonly string[]> {
  const found = await rows<{ id: string }>(handle, 'SELECT id FROM person WHERE administrator ORDER BY id');
  return found.map(({ id }) => id);
}

/** Every version there was, newest first. */
export async function allVersions(handle: Handle): Promise<readonly { version: number; digest: string; at: Date }[]> {
  return rows(handle, 'SELECT version, digest, at FROM directory_version ORDER BY version DESC LIMIT 500');
}
