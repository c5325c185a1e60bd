import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { draftFromLastYear } from './draft-from-last-year.js';
import type { AnnualReport } from './model.js';
import { parseAnnualReport } from './parse-annual-report.js';
import { readPlainText } from './readers/plain-text.js';

const reading = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const sample = reading.report;

function draft(lastYear: AnnualReport = sample, year = 2021): AnnualReport {
  const carried = draftFromLastYear(lastYear, year);
  if (isRefusal(carried)) throw new Error(carried.refused);
  return carried.report;
}
const withParagraph = (text: string): AnnualReport => ({
  ...sample,
  chapters: sample.chapters.map((chapter) => (chapter.no === 1 ? { ...chapter, paragraphs: [text] } : chapter)),
});

describe('a draft from last year', () => {
  it('is a report of the format in force, with every cell unfilled', () => {
    const report = draft();
    expect(parseAnnualReport(report)).toBe(report);
    expect(report).toMatchObject({ format: '2021', year: 2021, period: { from: '2021-01-01', to: '2021-12-31' } });
    const states = Object.values(report.tables).flatMap((cells) => Object.values(cells).map(({ state }) => state));
    expect(states.length).toBeGreaterThan(180);
    expect(new Set(states)).toEqual(new Set(['unfilled']));
  });

  it('has the title and the chapters the format asks for', () => {
    const report = draft();
    expect(report.title).toBe(`${sample.organName}2021年政府信息公开工作年度报告`);
    expect(report.chapters.map(({ no }) => no)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(report.chapters[5]?.title).toBe('其他需要报告的事项');
  });

  it('carries no figure of the sample', () => {
    const text = draft()
      .chapters.flatMap(({ paragraphs }) => paragraphs)
      .join('\n');
    expect(text.length).toBeGreaterThan(500);
    expect(text.match(/(?<!\d)\d{3,}(?![\d年〕])/g) ?? []).toEqual([]);
  });

  it.each([
    ['2020年受理申请13件，其中3件为上年结转。', '2021年受理申请XX件，其中XX件为上年结转。'],
    ['较2019年增长18.5%。', '较2020年增长XX%。'],
    [
      '依据《条例（2019年修订）》第五十条和国办公开办函〔2021〕30号。',
      '依据《条例（2019年修订）》第五十条和国办公开办函〔2021〕30号。',
    ],
    ['1.主动公开2,072条。', '1.主动公开XX条。'],
    ['召开会议三次，办结十二件。', '召开会议XX次，办结XX件。'],
    ['一是加强三个平台建设。', '一是加强三个平台建设。'],
    ['3月15日举办培训。', 'XX月XX日举办培训。'],
  ])('%s', (before, after) => {
    expect(draft(withParagraph(before)).chapters[0]?.paragraphs).toEqual([after]);
  });

  it('names every place it changed', () => {
    const carried = draftFromLastYear(withParagraph('2020年受理13件。'), 2021);
    expect(carried).toMatchObject({
      changes: expect.arrayContaining([
        { place: { chapter: 1, paragraph: 0 }, original: '2020', replacement: '2021' },
        { place: { chapter: 1, paragraph: 0 }, original: '13', replacement: 'XX' },
      ]),
    });
  });

  it('refuses a year without a statutory format', () => {
    expect(draftFromLastYear(sample, 2010)).toMatchObject({ refused: 'unknown_format', data: { year: 2010 } });
  });
});
