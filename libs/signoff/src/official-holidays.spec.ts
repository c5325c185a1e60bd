import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { instant } from '#domain/instant';
import {
  addWorkdays,
  dueAt,
  dueDate,
  isWorkday,
  publishingDate,
  uncoveredSoon,
  type WorkCalendar,
  workdaysBetween,
} from '#domain/work-calendar';
import { civilDay, isCivilDay, plusDays } from '#domain/work-day';
import { officialHolidays, officialYears } from './official-holidays.js';

const years = officialHolidays([2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
if (isRefusal(years)) throw new Error(`the package lost ${String(years.data['year'])}`);
const calendar: WorkCalendar = { years, office: [] };
const works = (day: string): unknown => isWorkday(calendar, civilDay(day));

describe('the days the State Council named', () => {
  it.each([
    ['2024-02-10', false, '春节, a Saturday'],
    ['2024-02-12', false, '春节, a Monday'],
    ['2024-02-04', true, 'a Sunday worked for it'],
    ['2024-02-18', true, 'a Sunday worked for it'],
    ['2025-10-06', false, '国庆节 and 中秋节 in one'],
    ['2025-09-28', true, 'a Sunday worked for it'],
    ['2020-01-31', false, '春节 made longer in 2020'],
    ['2018-12-29', true, 'a Saturday worked for 元旦 2019'],
    ['2023-06-03', false, 'a Saturday like any other'],
    ['2023-06-05', true, 'a Monday like any other'],
  ])('%s: %s (%s)', (day, expected) => {
    expect(works(day)).toBe(expected);
  });

  it('of a year without notice are no guess, though the package answers by the weekday', () => {
    const last = officialYears().at(-1) ?? 0;
    expect(officialHolidays([last + 1])).toMatchObject({ refused: 'calendar_uncovered', data: { year: last + 1 } });
    expect(works('2027-01-01')).toMatchObject({ refused: 'calendar_uncovered', data: { year: 2027 } });
    expect(works('2026-12-31')).toMatchObject({ refused: 'calendar_uncovered', data: { year: 2027 } });
  });

  it('are missed in time: from November on the next year', () => {
    expect(uncoveredSoon(calendar, civilDay('2026-10-31'))).toEqual([]);
    expect(uncoveredSoon(calendar, civilDay('2026-11-01'))).toEqual([2027]);
    expect(uncoveredSoon(calendar, civilDay('2027-03-01'))).toEqual([2027]);
  });

  it('give way to the office’s own, which make no year covered', () => {
    const office = [
      {
        year: 2024,
        daysOff: [{ day: civilDay('2024-03-08'), reason: '搬迁' }],
        workdays: [{ day: civilDay('2024-03-09'), reason: '补班' }],
      },
    ];
    const own = { ...calendar, office };
    expect(isWorkday(own, civilDay('2024-03-08'))).toBe(false);
    expect(isWorkday(own, civilDay('2024-03-09'))).toBe(true);
    expect(isWorkday({ years: [], office }, civilDay('2024-03-09'))).toMatchObject({ refused: 'calendar_uncovered' });
  });
});

describe('periods', () => {
  it('begin the day after and end at midnight in China', () => {
    // Friday 2 February 2024, 23:30 in China: Sunday 4 February is worked.
    expect(dueAt(calendar, instant('2024-02-02T15:30:00.000Z'), 2)).toBe('2024-02-05T16:00:00.000Z');
    expect(dueAt(calendar, instant('2024-02-08T01:00:00.000Z'), 1)).toBe('2024-02-09T16:00:00.000Z');
  });

  it('that end on a day off end on the next workday; the day to publish by does not move', () => {
    expect(dueDate(calendar, civilDay('2026-01-31'))).toBe('2026-02-02');
    expect(publishingDate(calendar, civilDay('2026-01-31'))).toEqual({ date: '2026-01-31', lastWorkday: '2026-01-30' });
  });

  const day = fc.integer({ min: 0, max: 2700 }).map((n) => plusDays(civilDay('2019-02-01'), n));

  it('added and counted undo each other and never end on a day off', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), (from, n) => {
        const to = addWorkdays(calendar, from, n);
        if (isRefusal(to)) return;
        if (n !== 0) expect(isWorkday(calendar, to)).toBe(true);
        // Counting back from a day off loses nothing: that day itself never counts.
        if (isWorkday(calendar, from) === true || n >= 0) expect(workdaysBetween(calendar, from, to)).toBe(n);
      }),
    );
  });

  it('grow with what is added', () => {
    fc.assert(
      fc.property(day, fc.nat(40), (from, n) => {
        const [one, more] = [addWorkdays(calendar, from, n), addWorkdays(calendar, from, n + 1)];
        if (!isRefusal(one) && !isRefusal(more)) expect(one < more).toBe(true);
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '26-01-01', ' 2026-01-01'])('%s is no day', (text) => {
    expect(isCivilDay(text)).toBe(false);
    expect(() => civilDay(text)).toThrow(RangeError);
  });

  it.each([0, 1.5, -1])('of %s workdays are none', (n) => {
    expect(() => dueAt(calendar, instant('2024-02-02T15:30:00.000Z'), n)).toThrow(RangeError);
  });
});
