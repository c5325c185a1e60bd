import type pg from 'pg';

/** Columns and the digest of every row, by `schema.table`. */
export type RowDigests = ReadonlyMap<string, { readonly columns: readonly string[]; readonly rows: readonly string[] }>;

/** The columns of every table but the queues', which only hint, and the epoch's, which is told to change. */
export async function tablesOf(client: pg.Pool): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select table_schema || '.' || table_name as name, array_agg(column_name::text order by column_name) as columns
     from information_schema.columns join pg_tables on schemaname = table_schema and tablename = table_name
     where table_schema not in ('pg_catalog', 'information_schema', 'bullmq', 'system')
     group by 1 order by 1`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** A digest of every row over the columns given, whatever columns the tables have besides. */
export async function digestRows(client: pg.Pool, tables: ReadonlyMap<string, readonly string[]>): Promise<RowDigests> {
  const found = new Map<string, { columns: readonly string[]; rows: readonly string[] }>();
  for (const [name, columns] of tables) {
    const { rows } = await client.query<{ digest: string }>(
      `select md5(r::text) as digest from (select ${columns.map((column) => `"${column}"`).join(', ')} from ${name}) r`,
    );
    found.set(name, { columns, rows: rows.map(({ digest }) => digest) });
  }
  return found;
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
