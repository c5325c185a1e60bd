import chineseDays from 'chinese-days';
import { refuse } from '#domain/decision';
import { noticeYear, type CalendarYear, type NamedDay, type Uncovered } from '#domain/work-calendar';
import { civilDay, plusDays, type CivilDay } from '#domain/work-day';

/** Every notice since 2004 has these; a year without all of them is not in the package, or only half of it is. */
const ALWAYS_NAMED = ['元旦', '春节', '劳动节', '国庆节'];
/** Where to look for notices: no State Council notice of this form is older, and none comes this far ahead. */
const SEARCHED = { first: 2000, last: 2099 };

/**
 * The years the package has a notice for, ascending. It must be asked this way, since for any other year the package does not say that it knows
 * nothing: it answers by the weekday, and calls 1 January a workday.
 */
export function officialYears(): readonly number[] {
  return officialNotices().map(({ year }) => year);
}

/** Every notice the package has, for that year and later ones, ascending. */
export function officialNotices(from = SEARCHED.first): readonly CalendarYear[] {
  const span = Array.from({ length: SEARCHED.last - from + 1 }, (_, index) => from + index);
  return span.filter(listedNewYear).map(noticeOf).filter(isComplete);
}

/** The State Council's notices for the years asked for, in that order. Refuses calendar_uncovered for the first year that the package lacks. */
export function officialHolidays(years: readonly number[]): readonly CalendarYear[] | Uncovered {
  const notices = officialNotices();
  const found = years.map((year) => notices.find((notice) => notice.year === year));
  const missing = years.find((_, index) => found[index] === undefined);
  return missing === undefined
    ? found.flatMap((notice) => notice ?? [])
    : refuse('calendar_uncovered', { year: missing });
}

/** Spares the walk through a year about which nothing is known. */
function listedNewYear(year: number): boolean {
  return listed(civilDay(`${year}-01-01`)) !== null;
}

function isComplete({ daysOff }: CalendarYear): boolean {
  return ALWAYS_NAMED.every((holiday) => daysOff.some(({ name }) => name === holiday));
}

/** All that the package lists of the days one notice decides about, the end of the December before included. */
function noticeOf(year: number): CalendarYear {
  const [daysOff, makeUpWorkdays]: [NamedDay[], NamedDay[]] = [[], []];
  for (let day = civilDay(`${year - 1}-12-01`); noticeYear(day) <= year; day = plusDays(day, 1)) {
    const found = noticeYear(day) === year ? listed(day) : null;
    if (found !== null) (found.work ? makeUpWorkdays : daysOff).push({ day, name: found.name });
  }
  return { year, daysOff, makeUpWorkdays };
}

/**
 * A day as the package lists it, null when it answers by the weekday. A listed name is like `Spring Festival,春节,3`, an unlisted one `Monday`.
 * Only the name and `work` of a listed day are read: the `date` it gives back and its ranges are a day off in time zones west of Greenwich.
 */
function listed(day: CivilDay): { readonly name: string; readonly work: boolean } | null {
  const { name, work } = chineseDays.getDayDetail(day);
  const [, chinese] = name.split(',');
  return chinese === undefined ? null : { name: chinese, work };
}
