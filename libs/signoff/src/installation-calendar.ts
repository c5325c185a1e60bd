import { z } from 'zod';
import { refuse, type Refusal } from '#domain/decision';
import type { CalendarYear, OfficeYear, WorkCalendar } from '#domain/work-calendar';
import { isCivilDay } from '#domain/work-day';
import { officialHolidays, officialYears } from './official-holidays.js';

/** What an installation adds of its own: notices the package does not have yet, and the office's own days. */
export type OwnCalendar = Pick<WorkCalendar, 'years' | 'office'>;

const year = z.int().min(2000).max(2100);
const day = z.string().refine(isCivilDay, 'a day as YYYY-MM-DD');
const named = z.array(z.strictObject({ day, name: z.string().min(1) }));
const reasoned = z.array(z.strictObject({ day, reason: z.string().min(1) }));
const own = z.strictObject({
  years: z.array(z.strictObject({ year, daysOff: named, makeUpWorkdays: named })).default([]),
  office: z.array(z.strictObject({ year, daysOff: reasoned, workdays: reasoned })).default([]),
});

/** Reads an installation's own calendar from JSON. Refuses invalid_calendar {found, problems}. */
export function parseOwnCalendar(value: unknown): OwnCalendar | Refusal<'invalid_calendar'> {
  const parsed = own.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return refuse('invalid_calendar', { found: problems.length, problems });
}

/** The State Council's notices as the package has them, with the installation's own before them year by year. */
export function installationCalendar(added: OwnCalendar | null): WorkCalendar {
  const years = added?.years ?? [];
  const shipped = officialYears().filter((known) => years.every((one) => one.year !== known));
  const notices = officialHolidays(shipped);
  if ('refused' in notices) throw new Error(`the notice of ${String(notices.data['year'])} was there a moment ago`);
  return { years: sorted([...notices, ...years]), office: added?.office ?? ([] as readonly OfficeYear[]) };
}

const sorted = (years: readonly CalendarYear[]): readonly CalendarYear[] => years.toSorted((a, b) => a.year - b.year);
