import { isRefusal } from '#domain/decision';
import type { Uncovered, WorkCalendar } from '#domain/work-calendar';

/** A result, and the years for which the weekdays stood in because their notice of holidays is not loaded. */
export interface BestKnown<T> {
  readonly value: T;
  readonly uncovered: readonly number[];
}

/**
 * Counts by the calendar; for a year that it does not cover, by the weekdays, and says so. Only for when to tell somebody
 * something: told a day off is better than not told. Never for a period that the law counts.
 */
export function bestKnown<T>(calendar: WorkCalendar, count: (known: WorkCalendar) => T | Uncovered): BestKnown<T> {
  const uncovered: number[] = [];
  for (let known = calendar; ;) {
    const value = count(known);
    if (!isRefusal(value)) return { value, uncovered };
    const year = Number(value.data['year']);
    uncovered.push(year);
    known = { ...known, years: [...known.years, { year, daysOff: [], makeUpWorkdays: [] }] };
  }
}
