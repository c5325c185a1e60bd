import { type CivilDay, civilDay, yearOf } from './work-day.js';

/** Levels of organs that are governments. */
const GOVERNMENTS = new Set(['county', 'city', 'province']);

/** Governments have until the end of March, everybody else until the end of January. Source: 政府信息公开条例 第四十九条; townships and streets report with the departments. */
export const isGovernment = (level: string): boolean => GOVERNMENTS.has(level);

/** The day by which the report of a year must be public. */
export function statutoryDate(level: string, year: number): CivilDay {
  return civilDay(`${year + 1}-${isGovernment(level) ? '03-31' : '01-31'}`);
}

/** The year whose report is due next: last year's until its date, then that of the year that runs. */
export function seasonOf(level: string, today: CivilDay): number {
  const lastYear = yearOf(today) - 1;
  return today <= statutoryDate(level, lastYear) ? lastYear : lastYear + 1;
}
