import { isRefusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import { isGovernment, seasonOf, statutoryDate } from '#domain/season';
import {
  addWorkdays,
  isWorkday,
  publishingDate,
  type Uncovered,
  type WorkCalendar,
  workdaysBetween,
} from '#domain/work-calendar';
import { type CivilDay, dayAt, endOfDay, plusDays } from '#domain/work-day';
import { bestKnown } from './best-known.js';
import { type Latest, latestOf, type Timed } from './latest-event.js';
import { startOfDay } from './quiet-hours.js';

/** Working days before the last working day up to the statutory date. */
export const REMINDED_BEFORE = [15, 7, 3, 1] as const;
/** From here on those who are to sign are reminded too. */
const SIGNERS_FROM = 3;
/** Said anew on every working day for so long; afterwards the last one stays. */
const SAID_DAILY_FOR_DAYS = 30;

/** The date that comes next, and how far it is. `isCounted`: false when the weekdays stood in for holidays that are not loaded. */
export interface Deadline {
  readonly of: 'departments' | 'governments';
  readonly year: number;
  readonly date: CivilDay;
  readonly lastWorkday: CivilDay;
  readonly workdaysLeft: number;
  readonly isCounted: boolean;
}

/** The statutory date that comes next for organs of a level. */
export function nextDeadline(level: string, calendar: WorkCalendar, today: CivilDay): Deadline {
  const year = seasonOf(level, today);
  const date = statutoryDate(level, year);
  const { value, uncovered } = bestKnown(calendar, (known) => {
    const published = publishingDate(known, date);
    if (isRefusal(published)) return published;
    const workdaysLeft = workdaysBetween(known, today, published.lastWorkday);
    return isRefusal(workdaysLeft) ? workdaysLeft : { lastWorkday: published.lastWorkday, workdaysLeft };
  });
  const of = isGovernment(level) ? 'governments' : 'departments';
  return { of, year, date, ...value, isCounted: uncovered.length === 0 };
}

export interface StatutoryReminder extends Timed {
  readonly kind: 'due-soon' | 'overdue';
  readonly mark: string;
  /** Whether it is for those with an open seat as well as for the drafters. */
  readonly forSigners: boolean;
}

/** What is to be said about the statutory date of a report that is not public, when the next thing is, and which years were counted by weekdays. */
export function statutoryReminder(
  date: CivilDay,
  calendar: WorkCalendar,
  now: Instant,
): Latest<StatutoryReminder> & { readonly uncovered: readonly number[] } {
  const today = dayAt(now);
  const { value, uncovered } = bestKnown(calendar, (known) => remindersUpTo(date, known, today));
  return { ...latestOf(value, now), uncovered };
}

function remindersUpTo(date: CivilDay, calendar: WorkCalendar, today: CivilDay): StatutoryReminder[] | Uncovered {
  const published = publishingDate(calendar, date);
  if (isRefusal(published)) return published;
  const reminders: StatutoryReminder[] = [];
  for (const before of REMINDED_BEFORE) {
    const day = addWorkdays(calendar, published.lastWorkday, -before);
    if (isRefusal(day)) return day;
    reminders.push({ kind: 'due-soon', at: startOfDay(day), mark: `T-${before}`, forSigners: before <= SIGNERS_FROM });
  }
  reminders.push({ kind: 'overdue', at: endOfDay(date), mark: date, forSigners: true });
  return sayDaily(reminders, date, calendar, today);
}

/** Adds a reminder for each working day since the date, and for tomorrow: whether it is one is asked when it comes. */
function sayDaily(
  reminders: StatutoryReminder[],
  date: CivilDay,
  calendar: WorkCalendar,
  today: CivilDay,
): StatutoryReminder[] | Uncovered {
  const last = plusDays(date, SAID_DAILY_FOR_DAYS);
  for (let day = plusDays(date, 2); day <= last && day <= plusDays(today, 1); day = plusDays(day, 1)) {
    const works = day > today ? true : isWorkday(calendar, day);
    if (isRefusal(works)) return works;
    if (works) reminders.push({ kind: 'overdue', at: startOfDay(day), mark: day, forSigners: true });
  }
  return reminders;
}
