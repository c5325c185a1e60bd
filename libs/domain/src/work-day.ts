import { instant, type Instant } from './instant.js';

/** A day of the civil calendar in China as `YYYY-MM-DD`. Text order is time order. */
export type CivilDay = string & { readonly __brand: 'CivilDay' };

const PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
/** Asia/Shanghai is UTC+8 all year round since 1992; no calendar here reaches back further. */
const SHANGHAI_MS = 8 * 3_600_000;

const written = (utcMs: number): CivilDay => new Date(utcMs).toISOString().slice(0, 10) as CivilDay;

/** True for the text of a day that exists: `2026-02-29` is none. */
export function isCivilDay(text: string): text is CivilDay {
  if (!PATTERN.test(text)) return false;
  const utcMs = Date.parse(text);
  // Engines differ in whether they refuse 30 February or move it to March.
  return !Number.isNaN(utcMs) && written(utcMs) === text;
}

/** Reads a day. Throws RangeError when the text is not one. */
export function civilDay(text: string): CivilDay {
  if (!isCivilDay(text)) throw new RangeError(`not a day: ${text.slice(0, 80)}`);
  return text;
}

/** The day so many days later (or earlier, when negative). Throws RangeError on a fraction and outside the years 0000 to 9999. */
export function plusDays(day: CivilDay, days: number): CivilDay {
  if (!Number.isInteger(days)) throw new RangeError(`not a number of days: ${days}`);
  return civilDay(written(Date.parse(day) + days * DAY_MS));
}

/** The calendar year of a day. */
export function yearOf(day: CivilDay): number {
  return Number(day.slice(0, 4));
}

/** True on Saturday and Sunday, whatever the State Council or the office makes of them. */
export function isWeekend(day: CivilDay): boolean {
  return [0, 6].includes(new Date(day).getUTCDay());
}

/** The day it is in Asia/Shanghai at an instant. */
export function dayAt(at: Instant): CivilDay {
  return written(Date.parse(at) + SHANGHAI_MS);
}

/** 24:00 of the day in Asia/Shanghai: the first instant after it, so that what happens before it was in time. */
export function endOfDay(day: CivilDay): Instant {
  return instant(new Date(Date.parse(day) + DAY_MS - SHANGHAI_MS));
}
