import { isRefusal, refuse, type Refusal } from './decision.js';
import type { Instant } from './instant.js';
import { dayAt, endOfDay, isWeekend, plusDays, yearOf, type CivilDay } from './work-day.js';

/** A day that the State Council names: `name` is the holiday in Chinese, e.g. 春节; on a make-up workday, the holiday it pays for. */
export interface NamedDay {
  readonly day: CivilDay;
  readonly name: string;
}

/** What the State Council's notice for one year says: days off, and the weekend days worked for them (调休上班). `noticeYear` tells its days. */
export interface CalendarYear {
  readonly year: number;
  readonly daysOff: readonly NamedDay[];
  readonly makeUpWorkdays: readonly NamedDay[];
}

/** A day on which the office departs from the notice, and why. */
export interface OfficeDay {
  readonly day: CivilDay;
  readonly reason: string;
}

/** An office's own days off and workdays of one calendar year. They go before the notice; they do not make a year covered. */
export interface OfficeYear {
  readonly year: number;
  readonly daysOff: readonly OfficeDay[];
  readonly workdays: readonly OfficeDay[];
}

/** The days an office works. A year missing from `years` is unknown: weekends alone would be a guess. */
export interface WorkCalendar {
  readonly years: readonly CalendarYear[];
  readonly office: readonly OfficeYear[];
}

/** The calendar says nothing about `data.year`: its notice must be loaded first. */
export type Uncovered = Refusal<'calendar_uncovered'>;

/** A date the law gives for making public. It stays on `date`, day off or not; `lastWorkday` is the last day anybody is there to do it. */
export interface PublishingDate {
  readonly date: CivilDay;
  readonly lastWorkday: CivilDay;
}

/** From this day of December on, days are arranged together with the coming New Year: 2019's notice had 2018-12-29, a Saturday, worked. */
const NEW_YEAR_FROM = '12-25';
/** The State Council announces the coming year's days in November. */
const ANNOUNCED_FROM = '11-01';

const monthAndDay = (day: CivilDay): string => day.slice(5);

/** The year whose notice decides about a day: its own, or for the last week of December the next. */
export function noticeYear(day: CivilDay): number {
  return monthAndDay(day) < NEW_YEAR_FROM ? yearOf(day) : yearOf(day) + 1;
}

/**
 * Whether the office works on a day: its own days first, then the notice, then the weekday. Refuses calendar_uncovered.
 * A refusal is truthy: compare with `=== true`.
 */
export function isWorkday(calendar: WorkCalendar, day: CivilDay): boolean | Uncovered {
  const year = noticeYear(day);
  const notice = calendar.years.find((known) => known.year === year);
  if (notice === undefined) return refuse('calendar_uncovered', { year });
  const isDay = (listed: { readonly day: CivilDay }) => listed.day === day;
  const own = calendar.office.filter((known) => known.year === yearOf(day));
  if (own.some(({ workdays }) => workdays.some(isDay))) return true;
  if (own.some(({ daysOff }) => daysOff.some(isDay))) return false;
  if (notice.makeUpWorkdays.some(isDay)) return true;
  return !notice.daysOff.some(isDay) && !isWeekend(day);
}

/** The first workday that a walk from `day` meets, `day` included. Ends, since every calendar ends. */
function firstWorkday(calendar: WorkCalendar, day: CivilDay, step: 1 | -1): CivilDay | Uncovered {
  let at = day;
  for (;;) {
    const works = isWorkday(calendar, at);
    if (isRefusal(works)) return works;
    if (works) return at;
    at = plusDays(at, step);
  }
}

/**
 * The n-th workday after `day`, or before it when `n` is negative; `day` itself never counts. Adding 0 leaves any day where it is, a day off too.
 * Refuses calendar_uncovered; throws RangeError when `n` is not whole.
 */
export function addWorkdays(calendar: WorkCalendar, day: CivilDay, n: number): CivilDay | Uncovered {
  if (!Number.isInteger(n)) throw new RangeError(`not a number of workdays: ${n}`);
  const step = n < 0 ? -1 : 1;
  let at = day;
  for (let left = Math.abs(n); left > 0; left--) {
    const next = firstWorkday(calendar, plusDays(at, step), step);
    if (isRefusal(next)) return next;
    at = next;
  }
  return at;
}

/**
 * How many workdays must be added to `from` to come to `to`: those after `from` up to and with `to`; when `to` is earlier, those from `to` up to
 * but without `from`, negative. Undoes `addWorkdays`. Refuses calendar_uncovered when any day between is unknown.
 */
export function workdaysBetween(calendar: WorkCalendar, from: CivilDay, to: CivilDay): number | Uncovered {
  const step = to < from ? -1 : 1;
  let count = 0;
  for (let at = from; at !== to;) {
    at = plusDays(at, step);
    const works = isWorkday(calendar, at);
    if (isRefusal(works)) return works;
    if (works) count += step;
  }
  return count;
}

/**
 * When a period of so many workdays, opened at an instant, is over: 24:00 in Asia/Shanghai on its last day. The day of opening does not count.
 * Refuses calendar_uncovered; throws RangeError unless `workdays` is whole and at least 1. Source: 民法典 第二百零一条、第二百零三条.
 */
export function dueAt(calendar: WorkCalendar, opened: Instant, workdays: number): Instant | Uncovered {
  if (!(workdays >= 1)) throw new RangeError(`not a period in workdays: ${workdays}`);
  const last = addWorkdays(calendar, dayAt(opened), workdays);
  return isRefusal(last) ? last : endOfDay(last);
}

/**
 * The last day of a period that ends on a fixed date: the date, or the next workday when it falls on a day off. Not for the date by which the
 * report must be public, which does not move: see `publishingDate`. Refuses calendar_uncovered. Source: 民法典 第二百零三条.
 */
export function dueDate(calendar: WorkCalendar, date: CivilDay): CivilDay | Uncovered {
  return firstWorkday(calendar, date, 1);
}

/**
 * A statutory date for publishing (31 January, 31 March) beside the last workday up to it. The law names the day by which the public can read
 * the report; no day off puts it off. Refuses calendar_uncovered. Source: 政府信息公开条例 第四十九条.
 */
export function publishingDate(calendar: WorkCalendar, date: CivilDay): PublishingDate | Uncovered {
  const lastWorkday = firstWorkday(calendar, date, -1);
  return isRefusal(lastWorkday) ? lastWorkday : { date, lastWorkday };
}

/** The years somebody must load now: this one if it is missing, and from 1 November on the next. */
export function uncoveredSoon(calendar: WorkCalendar, today: CivilDay): readonly number[] {
  const year = yearOf(today);
  const needed = monthAndDay(today) < ANNOUNCED_FROM ? [year] : [year, year + 1];
  return needed.filter((wanted) => calendar.years.every((known) => known.year !== wanted));
}
