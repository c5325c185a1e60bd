import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { instant, type Instant } from '#domain/instant';
import { isWorkday } from '#domain/work-calendar';
import { dayAt } from '#domain/work-day';
import { officeCalendar } from './office-calendar.js';
import { DEFAULT_SETTINGS, deliverableAt } from './quiet-hours.js';

const calendar = officeCalendar();
/** A time on a wall in China. */
const china = (text: string): Instant => instant(new Date(`${text}:00+08:00`));
const delivered = (text: string, settings = DEFAULT_SETTINGS): string =>
  deliverableAt(settings, calendar, china(text)).at;

describe('the default quiet hours', () => {
  it.each([
    ['2026-01-14T21:59', '2026-01-14T21:59', 'a minute before they begin'],
    ['2026-01-14T22:00', '2026-01-15T07:00', 'the minute they begin'],
    ['2026-01-15T00:00', '2026-01-15T07:00', 'midnight'],
    ['2026-01-15T06:59', '2026-01-15T07:00', 'a minute before they end'],
    ['2026-01-15T07:00', '2026-01-15T07:00', 'the minute they end'],
    ['2026-01-16T23:00', '2026-01-19T07:00', 'Friday night: over the weekend'],
    ['2026-01-17T12:00', '2026-01-19T07:00', 'Saturday noon'],
    ['2026-02-13T22:30', '2026-02-14T07:00', 'a Saturday worked for 春节 2026 is no day off'],
    ['2026-02-14T22:30', '2026-02-24T07:00', 'from the last evening before 春节 2026 to the day after'],
    ['2025-09-30T22:00', '2025-10-09T07:00', 'over 国庆节 and 中秋节 2025'],
  ])('%s is told at %s (%s)', (at, expected) => {
    expect(delivered(at)).toBe(china(expected));
  });
});

describe('a person’s own', () => {
  it.each([
    ['12:00', '14:00', true, '2026-01-14T13:00', '2026-01-14T14:00', 'a rest at noon'],
    ['12:00', '14:00', true, '2026-01-14T23:00', '2026-01-14T23:00', 'the night is not theirs'],
    ['00:00', '00:00', true, '2026-01-14T03:00', '2026-01-14T03:00', 'equal times: no hours at all'],
    ['22:00', '07:00', false, '2026-01-17T12:00', '2026-01-17T12:00', 'Saturday is a day like others'],
    ['22:00', '07:00', false, '2026-01-17T22:30', '2026-01-18T07:00', 'but its night is a night'],
  ])('%s to %s, days off %s: %s is told at %s (%s)', (quietFrom, quietUntil, quietOnDaysOff, at, expected) => {
    expect(delivered(at, { quietFrom, quietUntil, quietOnDaysOff })).toBe(china(expected));
  });
});

describe('a year whose holidays are not known', () => {
  it('holds nothing up, and is named', () => {
    // Saturday 6 February 2027.
    expect(deliverableAt(DEFAULT_SETTINGS, calendar, china('2027-02-06T12:00'))).toEqual({
      at: china('2027-02-06T12:00'),
      uncovered: [2027],
    });
  });

  it('has nights like others', () => {
    expect(delivered('2027-02-06T23:00')).toBe(china('2027-02-07T07:00'));
  });
});

it('whatever the settings, what is delivered is not early, not in quiet hours, and at most a holiday late', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const at = fc.date({
    min: new Date('2024-02-01T00:00:00Z'),
    max: new Date('2026-12-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const settings = fc.record({ quietFrom: time, quietUntil: time, quietOnDaysOff: fc.boolean() });
  fc.assert(
    fc.property(settings, at, (own, date) => {
      const from = instant(date);
      const { at: when, uncovered } = deliverableAt(own, calendar, from);
      expect(when >= from).toBe(true);
      expect(Date.parse(when) - Date.parse(from)).toBeLessThan(14 * 86_400_000);
      expect(deliverableAt(own, calendar, when).at).toBe(when);
      if (own.quietOnDaysOff && uncovered.length === 0) expect(isWorkday(calendar, dayAt(when))).toBe(true);
      const wall = new Date(Date.parse(when) + 8 * 3_600_000).toISOString().slice(11, 16);
      const { quietFrom: a, quietUntil: b } = own;
      expect(a <= b ? a <= wall && wall < b : wall >= a || wall < b).toBe(false);
    }),
    { numRuns: 500 },
  );
});
