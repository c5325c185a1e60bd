import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES } from '#contracts/services';
import { testDatabase, type TestDatabase } from '../support/database.js';

const ROWS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;
/** Rights that no service has on any table: they would get past triggers or change the schema. */
const NEVER = ['TRUNCATE', 'REFERENCES', 'TRIGGER'] as const;
/** What a role may do with tables of its own schema that are not just rows. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  schema_migration: ['SELECT'],
  ledger_entry: ['SELECT', 'INSERT'],
  ledger_body: ['SELECT', 'INSERT'],
  ledger_head: ['SELECT', 'INSERT', 'UPDATE'],
  log_leaf: ['SELECT', 'INSERT'],
  log_node: ['SELECT', 'INSERT'],
  log_checkpoint: ['SELECT', 'INSERT'],
  publication_step: ['SELECT', 'INSERT'],
};
const PRIVILEGES = [...ROWS, ...NEVER];
/** What answers readers of the public site may look at. */
const OF_THE_SITE = ['schema_migration', 'search_entry'];
const LOGINS = [...SERVICES, 'site'] as const;
type Login = (typeof LOGINS)[number];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

/** What the role of `login` may do with a table: the whole declaration. */
function declared(login: Login, schema: string, table: string): readonly string[] {
  if (login === 'site') return schema === 'publication' && OF_THE_SITE.includes(table) ? ['SELECT'] : [];
  if (schema === login) return OWN[table] ?? ROWS;
  if (schema === 'bullmq') return ROWS;
  if (schema === 'content' && table === 'blob') return ['SELECT', 'INSERT'];
  if (schema === 'system' && table === 'epoch') return ['SELECT'];
  return [];
}

async function codeOf(url: string, statement: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
    return 'done';
  } catch (error) {
    return (error as { code?: string }).code ?? 'no code';
  } finally {
    await client.end();
  }
}

describe.each(LOGINS)('the role of %s', (login) => {
  it('has on every table exactly the rights declared here', async () => {
    const found = await database.sql<{ schema: string; table: string; privileges: string[] }>(
      `select n.nspname as schema, c.relname as table, array(
         select p from unnest($2::text[]) with ordinality as x(p, place)
         where has_schema_privilege($1, n.oid, 'USAGE') and has_table_privilege($1, c.oid, p) order by place) as privileges
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
         and n.nspname not like 'pg\\_%' order by 1, 2`,
      [`sunward_${login}`, PRIVILEGES],
    );
    expect(new Set(found.map(({ schema }) => schema))).toEqual(new Set([...SERVICES, 'bullmq', 'content', 'system']));
    expect(found).toEqual(
      found.map(({ schema, table }) => ({ schema, table, privileges: declared(login, schema, table) })),
    );
  });

  it('owns nothing, creates nothing and is no superuser', async () => {
    const [role] = await database.sql(
      `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,
         (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = $1`,
      [`sunward_${login}`],
    );
    expect(role).toEqual({ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false, owned: 0 });
    for (const schema of [login === 'site' ? 'publication' : login, 'bullmq', 'content', 'system', 'public'])
      expect(await codeOf(database.url(login), `create table ${schema}.intruder ()`)).toBe('42501');
  });

  it('cannot change or remove stored content, nor read a neighbour', async () => {
    const url = database.url(login);
    expect(await codeOf(url, `update content.blob set bytes = ''`)).toBe('42501');
    expect(await codeOf(url, 'delete from content.blob')).toBe('42501');
    expect(await codeOf(url, 'update system.epoch set id = gen_random_uuid()')).toBe('42501');
    for (const neighbour of SERVICES.filter((name) => name !== login))
      expect(await codeOf(url, `select 1 from ${neighbour}.outbox`)).toBe('42501');
  });
});
