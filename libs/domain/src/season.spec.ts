import { expect, it } from '@jest/globals';
import { seasonOf, statutoryDate } from './season.js';
import { civilDay } from './work-day.js';

it.each([
  ['township', '2027-01-31'],
  ['department', '2027-01-31'],
  ['county', '2027-03-31'],
  ['city', '2027-03-31'],
  ['province', '2027-03-31'],
])('the report on 2026 of a %s is due on %s', (level, expected) => {
  expect(statutoryDate(level, 2026)).toBe(expected);
});

it.each([
  ['department', '2026-01-31', 2025],
  ['department', '2026-02-01', 2026],
  ['department', '2026-11-15', 2026],
  ['department', '2026-12-31', 2026],
  ['department', '2027-01-01', 2026],
  ['department', '2027-01-31', 2026],
  ['department', '2027-02-01', 2027],
  ['county', '2026-03-31', 2025],
  ['county', '2026-04-01', 2026],
  ['county', '2026-11-15', 2026],
  ['county', '2027-01-01', 2026],
  ['county', '2027-03-31', 2026],
  ['county', '2027-04-01', 2027],
])('a %s is at work on %s for the report on %i', (level, today, expected) => {
  expect(seasonOf(level, civilDay(today))).toBe(expected);
});
