import type { NoticeSettings } from '#contracts/http/notices.api';
import { isRefusal } from '#domain/decision';
import { type Instant, plusSeconds } from '#domain/instant';
import { isWorkday, type WorkCalendar } from '#domain/work-calendar';
import { type CivilDay, dayAt, endOfDay, plusDays } from '#domain/work-day';

/** Who has said nothing is left in peace from ten in the evening to seven, and on days off. */
export const DEFAULT_SETTINGS: NoticeSettings = { quietFrom: '22:00', quietUntil: '07:00', quietOnDaysOff: true };

/** The longest run of days off and nights; a walk that does not end in it is a defect. */
const LONGEST_WALK_STEPS = 200;
const SECONDS_A_MINUTE = 60;

/** When to deliver, and the years whose holidays are not known and were taken for workdays. */
export interface Delivery {
  readonly at: Instant;
  readonly uncovered: readonly number[];
}

/** 00:00 of a day in Asia/Shanghai. */
export const startOfDay = (day: CivilDay): Instant => endOfDay(plusDays(day, -1));

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const minuteOfDay = (at: Instant): number =>
  Math.floor((Date.parse(at) - Date.parse(startOfDay(dayAt(at)))) / (SECONDS_A_MINUTE * 1000));
const atMinute = (day: CivilDay, minute: number): Instant => plusSeconds(startOfDay(day), minute * SECONDS_A_MINUTE);

/** The end of the quiet hours that hold at an instant, or null outside them. */
function quietEnd({ quietFrom, quietUntil }: NoticeSettings, at: Instant): Instant | null {
  const [from, until, now] = [minutesOf(quietFrom), minutesOf(quietUntil), minuteOfDay(at)];
  const today = dayAt(at);
  if (from < until) return from <= now && now < until ? atMinute(today, until) : null;
  if (from > until && now >= from) return atMinute(plusDays(today, 1), until);
  return from > until && now < until ? atMinute(today, until) : null;
}

/**
 * The first instant from `at` on at which the person may be told. A day of a year whose holidays are not known is
 * taken for a workday, and the year is named: what nobody has loaded must not hold anything up.
 */
export function deliverableAt(settings: NoticeSettings, calendar: WorkCalendar, at: Instant): Delivery {
  const uncovered = new Set<number>();
  const works = (day: CivilDay): boolean => {
    const known = isWorkday(calendar, day);
    if (isRefusal(known)) uncovered.add(Number(known.data['year']));
    return known !== false;
  };
  let when = at;
  for (let step = 0; step < LONGEST_WALK_STEPS; step += 1) {
    const today = dayAt(when);
    const next = settings.quietOnDaysOff && !works(today) ? endOfDay(today) : quietEnd(settings, when);
    if (next === null) return { at: when, uncovered: [...uncovered] };
    when = next;
  }
  throw new Error(`no time to deliver within ${LONGEST_WALK_STEPS} steps from ${at}`);
}
