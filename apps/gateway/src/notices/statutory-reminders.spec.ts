import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '#domain/instant';
import { civilDay } from '#domain/work-day';
import { officeCalendar } from './office-calendar.js';
import { nextDeadline, statutoryReminder } from './statutory-reminders.js';

const calendar = officeCalendar();
const china = (text: string): Instant => instant(new Date(`${text}:00+08:00`));
/** 31 January 2026 is a Saturday, 30 January the last working day. */
const date = civilDay('2026-01-31');
const markAt = (text: string): string | null => statutoryReminder(date, calendar, china(text)).current?.mark ?? null;

it.each([
  // The last workday of January 2026 is Friday 30.
  ['department', '2026-01-29', { year: 2025, date: '2026-01-31', lastWorkday: '2026-01-30', workdaysLeft: 1 }],
  ['department', '2026-01-30', { year: 2025, lastWorkday: '2026-01-30', workdaysLeft: 0 }],
  ['department', '2026-01-31', { year: 2025, lastWorkday: '2026-01-30', workdaysLeft: -1 }],
  ['department', '2026-02-01', { year: 2026, date: '2027-01-31', of: 'departments' }],
  ['county', '2026-03-31', { year: 2025, date: '2026-03-31', workdaysLeft: 0, of: 'governments' }],
  ['county', '2026-04-01', { year: 2026, date: '2027-03-31' }],
])('for a %s on %s the next date is told', (level, today, expected) => {
  expect(nextDeadline(level, calendar, civilDay(today))).toMatchObject(expected);
});

it('says when the weekdays stood in for holidays nobody knows yet', () => {
  const deadline = nextDeadline('department', { years: [], office: [] }, civilDay('2026-01-05'));
  expect(deadline).toMatchObject({ lastWorkday: '2026-01-30', workdaysLeft: 19, isCounted: false });
});

describe('a report due on Saturday 31 January 2026', () => {
  it.each([
    ['2026-01-08T23:59', null],
    ['2026-01-09T00:00', 'T-15'],
    ['2026-01-20T23:59', 'T-15'],
    ['2026-01-21T00:00', 'T-7'],
    ['2026-01-26T23:59', 'T-7'],
    ['2026-01-27T00:00', 'T-3'],
    ['2026-01-28T23:59', 'T-3'],
    ['2026-01-29T00:00', 'T-1'],
    ['2026-01-31T23:59', 'T-1'],
    ['2026-02-01T00:00', '2026-01-31'],
    ['2026-02-01T23:59', '2026-01-31'],
    ['2026-02-02T00:00', '2026-02-02'],
    ['2026-02-24T12:00', '2026-02-24'],
    ['2026-02-22T12:00', '2026-02-14'],
    ['2026-03-02T12:00', '2026-03-02'],
    ['2026-05-01T12:00', '2026-03-02'],
    ['2031-05-01T12:00', '2026-03-02'],
  ])('at %s says %s', (at, expected) => {
    expect(markAt(at)).toBe(expected);
  });

  it('says when the next thing will be said, up to the last', () => {
    const times: string[] = [];
    for (let next: Instant | null = china('2025-12-01T00:00'); next !== null;) {
      next = statutoryReminder(date, calendar, next).next;
      if (next !== null) times.push(next);
      expect(times.length).toBeLessThan(60);
    }
    expect(times.slice(0, 6)).toEqual(
      ['2026-01-09', '2026-01-21', '2026-01-27', '2026-01-29', '2026-02-01', '2026-02-02'].map((day) =>
        china(`${day}T00:00`),
      ),
    );
    expect(new Set(times).size).toBe(times.length);
  });

  it('reminds those who are to sign from the third working day before', () => {
    const forSigners = (at: string): boolean | undefined =>
      statutoryReminder(date, calendar, china(at)).current?.forSigners;
    expect([forSigners('2026-01-09T08:00'), forSigners('2026-01-21T08:00')]).toEqual([false, false]);
    expect([forSigners('2026-01-27T08:00'), forSigners('2026-02-05T08:00')]).toEqual([true, true]);
  });
});

it('a year whose holidays are not known is counted by the weekday, and named', () => {
  const { current, uncovered } = statutoryReminder(civilDay('2027-01-31'), calendar, china('2027-01-26T08:00'));
  expect(current?.mark).toBe('T-3');
  expect(uncovered).toEqual([2027]);
});
