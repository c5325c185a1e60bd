import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { blankReport } from './blank-report.js';
import { blocksSubmission, checkReport } from './check-report.js';
import { parseAnnualReport } from './parse-annual-report.js';

describe('a blank report', () => {
  it.each([2019, 2020, 2021, 2026])('is a report of the form for %i that may be kept and not submitted', (year) => {
    const report = blankReport('向阳区人民政府', year);
    if (isRefusal(report)) throw new Error(report.refused);
    expect(parseAnnualReport(report)).toEqual(report);
    expect(report.title).toBe(`向阳区人民政府${year}年政府信息公开工作年度报告`);
    const cells = Object.values(report.tables).flatMap((table) => Object.values(table));
    expect(cells.length).toBe(year < 2021 ? 198 : 200);
    expect(cells.every(({ state }) => state === 'unfilled')).toBe(true);
    expect(blocksSubmission(checkReport(report))).toBe(true);
  });

  it('is none before there was a form', () => {
    expect(blankReport('向阳区人民政府', 2018)).toMatchObject({ refused: 'unknown_format', data: { year: 2018 } });
  });
});
