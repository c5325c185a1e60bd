import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { applyFixes } from './apply-fixes.js';
import type { CheckResult } from './check-report.js';
import type { AnnualReport } from './model.js';
import type { Place } from './place.js';
import { readPlainText } from './readers/plain-text.js';

const reading = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const sample: AnnualReport = {
  ...reading.report,
  chapters: reading.report.chapters.map((chapter) =>
    chapter.no === 5 ? { ...chapter, paragraphs: ['提升全市政务公开工作水平，并并推进。'] } : chapter,
  ),
};
const failing = (place: Place, fix: string | undefined, status: CheckResult['status'] = 'fail'): CheckResult => ({
  rule: 'S15',
  version: 1,
  severity: 'E',
  overridable: false,
  status,
  place,
  ...(fix === undefined ? {} : { fix }),
  message: { zh: '', en: '' },
});
const range = (from: number, to: number): Place => ({ chapter: 5, paragraph: 0, from, to });
const chapterFive = (report: AnnualReport): string => report.chapters.find(({ no }) => no === 5)?.paragraphs[0] ?? '';

describe('writing fixes into a report', () => {
  it('replaces exactly the range, wherever other fixes stand', () => {
    const checks = [failing(range(2, 4), '全区'), failing(range(13, 15), '并')];
    const { report, applied } = applyFixes(sample, checks);
    expect(chapterFive(report)).toBe('提升全区政务公开工作水平，并推进。');
    expect(applied).toEqual(checks);
  });

  it('leaves an overlapping fix for the next round', () => {
    const { report, applied } = applyFixes(sample, [failing(range(2, 4), '全区'), failing(range(3, 5), '县政')]);
    expect(chapterFive(report)).toBe('提升全县政务公开工作水平，并并推进。');
    expect(applied).toHaveLength(1);
  });

  it('writes titles and cells', () => {
    const cell = { table: 't4', cell: 't4.review.total' };
    const checks = [
      failing({ chapter: 6 }, '六、其他需要报告的事项'),
      failing({ part: 'title' }, '新题'),
      failing(cell, '7'),
    ];
    const { report, applied } = applyFixes(sample, checks);
    expect(report.title).toBe('新题');
    expect(report.chapters.find(({ no }) => no === 6)?.title).toBe('其他需要报告的事项');
    expect(report.tables['t4']?.['t4.review.total']).toEqual({ state: 'value', value: '7', original: '7' });
    expect(applied).toHaveLength(3);
  });

  it('touches nothing without a fix, or where a check passed', () => {
    const checks = [failing(range(2, 4), undefined), failing(range(2, 4), '全区', 'pass')];
    expect(applyFixes(sample, checks)).toEqual({ report: sample, applied: [] });
  });
});
