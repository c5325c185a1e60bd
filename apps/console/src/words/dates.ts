/** Languages of the console. */
export type Language = 'zh' | 'en';

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];
const SHORT_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MINUTE_MS = 60_000;
/** 24 hours of China have no summer time, so days are equal. */
const OFFSET_MS = 8 * 60 * MINUTE_MS;

/** The clock on a wall in China: fields of UTC, read after shifting. Times of offices are meant there, wherever one looks. */
const wall = (instant: string): Date => new Date(Date.parse(instant) + OFFSET_MS);
const two = (value: number): string => String(value).padStart(2, '0');

/** `2027年1月29日（周五）`; `Fri 29 Jan 2027`. */
export function dayText(instant: string, language: Language): string {
  const at = wall(instant);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  return language === 'zh'
    ? `${year}年${month + 1}月${day}日（周${WEEKDAYS[at.getUTCDay()]}）`
    : `${SHORT_DAYS[at.getUTCDay()]} ${day} ${MONTHS[month]} ${year}`;
}

/** The day and the minute: `2027年1月29日（周五）14:03`; `Fri 29 Jan 2027, 14:03`. */
export function momentText(instant: string, language: Language): string {
  const at = wall(instant);
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  return language === 'zh' ? `${dayText(instant, language)}${time}` : `${dayText(instant, language)}, ${time}`;
}

/** The time of day to the second: `14:03:11`. */
export function clockText(instant: string): string {
  const at = wall(instant);
  return [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
}

/**
 * By when something is due. Periods of working days end at 24:00, which is 0:00 of a day nobody thinks of: the day before is
 * named, without a time.
 */
export function dueText(instant: string, language: Language): string {
  const at = wall(instant);
  const isMidnight = at.getUTCHours() === 0 && at.getUTCMinutes() === 0;
  return isMidnight
    ? dayText(new Date(Date.parse(instant) - MINUTE_MS).toISOString(), language)
    : momentText(instant, language);
}

/** How long something has lasted, in its largest whole unit: minutes, hours or days. */
export function lasted(
  since: string,
  now: number,
): { readonly unit: 'minutes' | 'hours' | 'days'; readonly count: number } {
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / MINUTE_MS));
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.floor(hours / 24) };
}

/** A moment as a field of date and time shows it, in China: `2027-01-29T14:03`. */
export const wallTime = (instant: string): string => wall(instant).toISOString().slice(0, 16);

/** The instant of what such a field holds; null when it holds no moment. */
export function fromWallTime(text: string): string | null {
  const at = Date.parse(`${text}:00.000Z`);
  return Number.isNaN(at) ? null : new Date(at - OFFSET_MS).toISOString();
}
