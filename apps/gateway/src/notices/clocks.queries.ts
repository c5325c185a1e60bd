import { type Handle, row, rows } from '#persistence/sql';
import { type NoticeScope, scopeName } from './notice-scope.js';

type ReportScope = Extract<NoticeScope, { readonly organ: string }>;

/** The report a document is; undefined while nothing but its address has been announced. */
export async function scopeOfDocument(handle: Handle, document: string): Promise<ReportScope | undefined> {
  return row<ReportScope>(
    handle,
    `SELECT organ, year FROM report_view WHERE document = $1
     UNION SELECT organ, year FROM case_view WHERE document = $1 LIMIT 1`,
    [document],
  );
}

/** Has a report looked at by the sweep from now on. */
export async function openClock(handle: Handle, { organ, year }: ReportScope): Promise<void> {
  await rows(
    handle,
    'INSERT INTO notice_clock (scope, next_at, directory) VALUES ($1, clock_timestamp(), 0) ON CONFLICT (scope) DO NOTHING',
    [scopeName({ organ, year })],
  );
}

/** Scopes to look at: their time has come by the database's clock, or the directory has changed since. Longest due first. */
export async function dueScopes(handle: Handle, limit: number): Promise<string[]> {
  const found = await rows<{ scope: string }>(
    handle,
    `SELECT scope FROM notice_clock
     WHERE next_at <= clock_timestamp() OR directory < (SELECT max(version) FROM directory_version)
     ORDER BY next_at NULLS LAST LIMIT $1`,
    [limit],
  );
  return found.map(({ scope }) => scope);
}

/** Has every report looked at again of which a seat of this office waits: other people may take it from now on. */
export async function lookAgainAt(
  handle: Handle,
  { role, organ }: { readonly role: string; readonly organ: string },
): Promise<void> {
  await rows(
    handle,
    `UPDATE notice_clock SET next_at = clock_timestamp() WHERE scope IN (
       SELECT 'report:' || v.organ || ':' || v.year FROM open_seat s JOIN case_view v ON v.case_id = s.case_id AND v.leg = s.leg
       WHERE s.role = $1 AND s.organ = $2)`,
    [role, organ],
  );
}

/** A clock for the report of a year of each organ of a level that has a route, where there is none. Due at once. */
export async function openSeason(handle: Handle, level: string, year: number): Promise<void> {
  await rows(
    handle,
    `INSERT INTO notice_clock (scope, next_at, directory)
     SELECT 'report:' || o.code || ':' || $2::int, clock_timestamp(), 0 FROM organ o
     WHERE o.level = $1 AND EXISTS (SELECT 1 FROM organ_route r WHERE r.organ = o.code) ON CONFLICT (scope) DO NOTHING`,
    [level, year],
  );
}
