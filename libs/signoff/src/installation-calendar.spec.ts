import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { isWorkday } from '#domain/work-calendar';
import { civilDay } from '#domain/work-day';
import { installationCalendar, parseOwnCalendar } from './installation-calendar.js';

const notice = {
  year: 2031,
  daysOff: [{ day: '2031-01-01', name: '元旦' }],
  makeUpWorkdays: [{ day: '2031-01-04', name: '元旦' }],
};

function calendarWith(value: unknown): ReturnType<typeof installationCalendar> {
  const own = parseOwnCalendar(value);
  if (isRefusal(own)) throw new Error(JSON.stringify(own.data));
  return installationCalendar(own);
}

describe('the calendar of an installation', () => {
  it('has the shipped notices and refuses to guess other years', () => {
    const calendar = installationCalendar(null);
    expect(isWorkday(calendar, civilDay('2026-10-01'))).toBe(false);
    expect(isWorkday(calendar, civilDay('2031-01-01'))).toMatchObject({ refused: 'calendar_uncovered' });
  });

  it('takes a later notice, and goes by its own of a year before the shipped one', () => {
    const calendar = calendarWith({ years: [notice, { year: 2026, daysOff: [], makeUpWorkdays: [] }] });
    expect(isWorkday(calendar, civilDay('2031-01-04'))).toBe(true);
    expect(isWorkday(calendar, civilDay('2026-10-01'))).toBe(true);
    expect(calendar.years.map(({ year }) => year).slice(-2)).toEqual([2026, 2031]);
  });

  it('has the office’s own days', () => {
    const office = [{ year: 2026, daysOff: [{ day: '2026-11-25', reason: '停电检修' }], workdays: [] }];
    expect(isWorkday(calendarWith({ office }), civilDay('2026-11-25'))).toBe(false);
  });

  it.each([
    ['a day that is none', { years: [{ ...notice, daysOff: [{ day: '2031-02-30', name: '元旦' }] }] }],
    ['a field nobody reads', { years: [], offices: [] }],
    ['no object', []],
  ])('is refused with %s', (_what, value) => {
    expect(parseOwnCalendar(value)).toMatchObject({ refused: 'invalid_calendar' });
  });
});
