import type pg from 'pg';

/** Columns and the digest of every row, by `schema.table`. */
export type RowDigests = ReadonlyMap<string, { readonly columns: readonly string[]; readonly rows: readonly string[] }>;

/**
 * Columns a later migration keeps in another place: how their values are read in a released database, and after the migration. A column that is
 * dropped and not named here is a loss.
 */
const MOVED = [
  {
    table: 'gateway.organ',
    column: 'route',
    was: 'select code as organ, route from gateway.organ where route is not null',
    is: 'select organ, route from gateway.organ_route',
  },
] as const;

/** The columns of every table but the queues', which only hint, and the epoch's, which is told to change. */
async function tablesOf(pool: pg.Pool): Promise<readonly { name: string; columns: readonly string[] }[]> {
  const { rows } = await pool.query<{ name: string; columns: string[] }>(
    `select table_schema || '.' || table_name as name, array_agg(column_name::text order by column_name) as columns
     from information_schema.columns join pg_tables on schemaname = table_schema and tablename = table_name
     where table_schema not in ('pg_catalog', 'information_schema', 'bullmq', 'system')
     group by 1 order by 1`,
  );
  const stays = (table: string) => (column: string) =>
    !MOVED.some((moved) => moved.table === table && moved.column === column);
  return rows.map(({ name, columns }) => ({ name, columns: columns.filter(stays(name)) }));
}

/** Every row of a released database that is not migrated yet. */
export async function digestReleased(pool: pg.Pool): Promise<RowDigests> {
  const found = new Map<string, { columns: readonly string[]; rows: readonly string[] }>();
  for (const { name, columns } of await tablesOf(pool))
    found.set(name, { columns, rows: await digestsOf(pool, selection(name, columns)) });
  for (const { table, column, was } of MOVED)
    found.set(`${table}.${column}`, { columns: [], rows: await digestsOf(pool, was) });
  return found;
}

/** The same tables and columns after a migration, whatever there is besides. */
export async function digestMigrated(pool: pg.Pool, released: RowDigests): Promise<RowDigests> {
  const found = new Map<string, { columns: readonly string[]; rows: readonly string[] }>();
  for (const [name, { columns }] of released) {
    const moved = MOVED.find(({ table, column }) => name === `${table}.${column}`);
    found.set(name, { columns, rows: await digestsOf(pool, moved?.is ?? selection(name, columns)) });
  }
  return found;
}

/** Every row of every table as it is now. */
export async function digestAll(pool: pg.Pool): Promise<RowDigests> {
  const tables = await tablesOf(pool);
  return digestMigrated(pool, new Map(tables.map(({ name, columns }) => [name, { columns, rows: [] }])));
}

const selection = (table: string, columns: readonly string[]): string =>
  `select ${columns.map((column) => `"${column}"`).join(', ')} from ${table}`;

async function digestsOf(pool: pg.Pool, select: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ digest: string }>(`select md5(r::text) as digest from (${select}) r`);
  return rows.map(({ digest }) => digest).toSorted();
}

/** How many rows of each table are no more what they were; tables that lost none are left out. */
export function lostRows(before: RowDigests, after: RowDigests): Record<string, number> {
  const lost: Record<string, number> = {};
  for (const [name, { rows }] of before) {
    const left = new Map<string, number>();
    for (const digest of after.get(name)?.rows ?? []) left.set(digest, (left.get(digest) ?? 0) + 1);
    const missing = rows.filter((digest) => {
      const count = left.get(digest) ?? 0;
      left.set(digest, count - 1);
      return count <= 0;
    });
    if (missing.length > 0) lost[name] = missing.length;
  }
  return lost;
}
