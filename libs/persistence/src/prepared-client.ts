import pg from 'pg';

/** Statements are written in the code, so there are only so many; beyond this something builds them anew each time. */
const MOST_STATEMENTS = 2000;

const names = new Map<string, string>();

/** What a prepared statement can be; others (begin, commit, DDL) are sent as they are. */
const PREPARABLE = /^\s*(?:select|insert|update|delete|with)\b/i;

/**
 * Rows of `*` change with the table, and a connection that has prepared such a statement before a migration could only
 * fail from then on ("cached plan must not change result type").
 */
const OPEN_COLUMNS = /(?:\bselect|,|\breturning|\.)\s*\*/i;

/** The name under which a connection keeps a statement, or undefined for what is not kept. */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_STATEMENTS || !PREPARABLE.test(text) || OPEN_COLUMNS.test(text)) return undefined;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * A connection that has the server parse and plan each statement once: of a signature's processor time a third was
 * planning. Source: PostgreSQL, PREPARE; node-postgres, Queries: prepared statements.
 */
export class PreparedClient extends pg.Client {
  // The overloads of pg are kept: whatever is no plain text with values goes on unchanged.
  override query = ((...sent: Passed): unknown => {
    const [text, values = [], ...rest] = sent;
    const name = typeof text === 'string' && Array.isArray(values) ? statementName(text) : undefined;
    if (name === undefined) return (super.query as (...passed: Passed) => unknown)(...sent);
    return (super.query as (...passed: Passed) => unknown)({ name, text, values }, ...rest);
  }) as pg.Client['query'];
}

type Passed = readonly unknown[];
