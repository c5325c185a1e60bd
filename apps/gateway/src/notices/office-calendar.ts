import { isRefusal } from '#domain/decision';
import type { WorkCalendar } from '#domain/work-calendar';
import { officialHolidays, officialYears } from '#signoff/official-holidays';

let known: WorkCalendar | undefined;

/** The days worked, by every notice of the State Council that came with this release. Read once: it does not change while the process runs. */
export function officeCalendar(): WorkCalendar {
  if (known === undefined) {
    const years = officialHolidays(officialYears());
    known = { years: isRefusal(years) ? [] : years, office: [] };
  }
  return known;
}
