import type { Sweep } from '#service-runtime/ports';
import { databaseNow, type Handle } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { seasonOf } from '#domain/season';
import { dayAt } from '#domain/work-day';
import type { DataSource } from 'typeorm';
import { dueScopes, openSeason } from './clocks.queries.js';
import { readScope } from './notice-scope.js';
import { settleNotices, type SettleMeans } from './settle-notices.use-case.js';

/** How late a notice may be; the same as for every due time. */
const EVERY_MS = 5_000;
const SEASONS_EVERY_MS = 3_600_000;
/** Scopes looked at in one turn of the sweep. */
const AT_ONCE = 500;

/** Looks at every scope whose clock has come. One that fails does not hold the others up; all failures are thrown together. */
export async function settleDue(db: DataSource, means: SettleMeans): Promise<number> {
  const failures: unknown[] = [];
  const due = await dueScopes(db, AT_ONCE);
  for (const scope of due) {
    try {
      await runInTransaction(db, (tx) => settleNotices(tx, readScope(scope), means, { wait: false }));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${due.length} scopes failed`);
  return due.length;
}

/** Gives every organ with a route a clock for the report whose statutory date comes next, so that nobody need begin to be reminded. */
export async function openSeasons(db: Handle): Promise<void> {
  const today = dayAt(await databaseNow(db));
  for (const level of ['township', 'department', 'county', 'city', 'province']) {
    await openSeason(db, level, seasonOf(level, today));
  }
}

/** The sweeps of the notices: due times, and the season's reports. */
export function noticeSweeps(db: DataSource, means: SettleMeans): Sweep[] {
  return [
    { name: 'report-seasons', everyMs: SEASONS_EVERY_MS, run: () => openSeasons(db) },
    { name: 'notices', everyMs: EVERY_MS, run: async () => void (await settleDue(db, means)) },
  ];
}
