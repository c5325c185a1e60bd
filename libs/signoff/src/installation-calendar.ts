import { z } from 'zod';
import { refuse, type Refusal } from '#domain/decision';
import type { WorkCalendar } from '#domain/work-calendar';
import { isCivilDay } from '#domain/work-day';
import { officialNotices } from './official-holidays.js';

/** What an installation adds of its own: notices the package does not have yet, and the office's own days. */
export type OwnCalendar = Pick<WorkCalendar, 'years' | 'office'>;

const year = z.int().min(2000).max(2100);
const day = z.string().refine(isCivilDay, 'a day as YYYY-MM-DD');
const named = z.array(z.strictObject({ day, name: z.string().min(1) }));
const reasoned = z.array(z.strictObject({ day, reason: z.string().min(1) }));
const ownCalendar = z.strictObject({
  years: z.array(z.strictObject({ year, daysOff: named, makeUpWorkdays: named })).default([]),
  office: z.array(z.strictObject({ year, daysOff: reasoned, workdays: reasoned })).default([]),
});

/** Reads an installation's own calendar from JSON. Refuses invalid_calendar {found, problems}. */
export function parseOwnCalendar(value: unknown): OwnCalendar | Refusal<'invalid_calendar'> {
  const parsed = ownCalendar.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return refuse('invalid_calendar', { found: problems.length, problems });
}

/** No clock of this system runs in earlier years: the present forms of the report exist from report year 2019 on. */
const FIRST_YEAR = 2019;

/** The State Council's notices as the package has them, with the installation's own before them year by year. */
export function installationCalendar(added: OwnCalendar | null): WorkCalendar {
  const years = added?.years ?? [];
  const shipped = officialNotices(FIRST_YEAR).filter((known) => years.every(({ year: own }) => own !== known.year));
  return { years: [...shipped, ...years].toSorted((a, b) => a.year - b.year), office: added?.office ?? [] };
}
