import { isRefusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import { dueAt } from '#domain/work-calendar';
import { dayAt, yearOf } from '#domain/work-day';
import { officialHolidays, officialYears } from '#signoff/official-holidays';

/**
 * When a period of so many working days from an instant is over, by the State Council's notices; null when a year on the way
 * has none yet: an instant is never guessed.
 */
export function endOfWorkingDays(from: Instant, workingDays: number): Instant | null {
  const year = yearOf(dayAt(from));
  const covered = new Set(officialYears());
  const years = officialHolidays([year, year + 1, year + 2].filter((one) => covered.has(one)));
  if (isRefusal(years)) return null;
  const end = dueAt({ years, office: [] }, from, Math.max(1, workingDays));
  return isRefusal(end) ? null : end;
}
