import type pg from 'pg';

/** Tables with few rows however many reports there are, the list of migrations, and the answers kept for repeated commands, which are most of the bytes. */
const NOT_BY_REPORT =
  '(account|alarm|command|directory_copy|directory_version|organ|person|role_grant|route_slot|schema_migration|session|sign_in_failure)';

interface Column {
  readonly name: string;
  readonly type: string;
}

/** What stands in the n-th copy of a column: other ids, organs and keys, the same in every table; all else as it is. */
function copied({ name, type }: Column): string {
  if (type === 'uuid') return `md5("${name}"::text || n)::uuid`;
  const tellsApart = type === 'text' && ['id', 'key', 'organ', 'path', 'stream'].includes(name);
  return tellsApart ? `"${name}" || '-' || n` : `"${name}"`;
}

/**
 * Copies every row that belongs to a report `copies` times, in all services. The copies are consistent among each other; their signed
 * statements still speak of the original, so this serves the volume of a migration and nothing else.
 */
export async function multiplyReports(pool: pg.Pool, copies: number): Promise<void> {
  const { rows } = await pool.query<{ table: string; columns: Column[] }>(
    `select table_schema || '.' || table_name as table,
       json_agg(json_build_object('name', column_name, 'type', data_type)) as columns
     from information_schema.columns
     where table_schema in ('gateway', 'drafting', 'review', 'approval', 'publication')
       and table_name !~ '^${NOT_BY_REPORT}$' and is_generated = 'NEVER'
     group by 1 order by 1`,
  );
  for (const { table, columns } of inOrder(rows)) {
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    await pool.query(
      `insert into ${table} (${names}) select ${columns.map(copied).join(', ')} from ${table}, generate_series(1, $1::int) n`,
      [copies],
    );
  }
}

/** Reports before what refers to them. */
function inOrder<T extends { readonly table: string }>(tables: readonly T[]): readonly T[] {
  return tables.toSorted((a, b) => Number(b.table === 'drafting.report') - Number(a.table === 'drafting.report'));
}
