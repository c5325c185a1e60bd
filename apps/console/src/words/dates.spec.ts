import { describe, expect, it } from '@jest/globals';
import { dayText, dueText, lasted, momentText } from './dates.js';

describe('dates as offices read them', () => {
  it.each([
    ['2027-01-29T06:03:00.000Z', '2027年1月29日（周五）14:03', 'Fri 29 Jan 2027, 14:03'],
    // Late in the day of Greenwich is the next day of Beijing.
    ['2027-01-30T16:00:00.000Z', '2027年1月31日（周日）00:00', 'Sun 31 Jan 2027, 00:00'],
    ['2026-12-31T15:59:59.999Z', '2026年12月31日（周四）23:59', 'Thu 31 Dec 2026, 23:59'],
  ])('%s is %s', (at, zh, en) => {
    expect(momentText(at, 'zh')).toBe(zh);
    expect(momentText(at, 'en')).toBe(en);
  });

  it('names the day that ends, not the midnight after it', () => {
    expect(dueText('2027-01-29T16:00:00.000Z', 'zh')).toBe('2027年1月29日（周五）');
    expect(dueText('2027-01-29T16:00:00.000Z', 'en')).toBe('Fri 29 Jan 2027');
    expect(dueText('2027-01-29T08:30:00.000Z', 'zh')).toBe('2027年1月29日（周五）16:30');
    expect(dayText('2027-01-29T15:59:00.000Z', 'zh')).toBe('2027年1月29日（周五）');
  });

  it.each([
    [0, 'minutes', 0],
    [-5000, 'minutes', 0],
    [59 * 60_000, 'minutes', 59],
    [60 * 60_000, 'hours', 1],
    [47 * 3_600_000, 'days', 1],
    [72 * 3_600_000, 'days', 3],
  ])('%d ms last %s %d', (ms, unit, count) => {
    const now = Date.parse('2027-01-29T06:00:00.000Z');
    expect(lasted(new Date(now - ms).toISOString(), now)).toEqual({ unit, count });
  });
});
