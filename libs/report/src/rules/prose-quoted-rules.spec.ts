import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { readCell } from '../cell-text.js';
import { checkReport } from '../check-report.js';
import { cellsOf, formatById } from '../format.js';
import type { AnnualReport } from '../model.js';
import { readPlainText } from '../readers/plain-text.js';
import { NATIONAL_SETTINGS } from './national-settings.js';

const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const sample = reading.report;

const FIGURES: Readonly<Record<string, string>> = {
  't3.1.total': '41',
  't3.2.total': '3',
  't3.3.1.total': '20',
  't3.3.2.total': '2',
  't3.3.3.1.total': '4',
  't3.3.3.4.total': '1',
  't3.3.7.total': '40',
  't3.4.total': '4',
  't4.review.total': '2',
  't4.review.corrected': '1',
  't4.litigation-direct.total': '1',
  't4.litigation-after-review.total': '2',
  't2.20-1.normative.made': '6',
  't2.20-5.licensing.decisions': '1204',
};

function reportSaying(text: string, no = 1): AnnualReport {
  const tables = Object.fromEntries(
    (formatById('2021')?.tables ?? []).map((table) => [
      table.id,
      Object.fromEntries(cellsOf(table).map((at) => [at.id, readCell(at.column.kind, FIGURES[at.id] ?? '0').cell])),
    ]),
  );
  const chapters = sample.chapters.map((chapter) => ({ ...chapter, paragraphs: chapter.no === no ? [text] : ['无'] }));
  return {
    ...sample,
    format: '2021',
    year: 2023,
    tables,
    chapters: chapters.map((chapter) => (chapter.tableAt === undefined ? chapter : { ...chapter, tableAt: 0 })),
  };
}
const RULES = new Set(['P01', 'P04', 'P07', 'P08', 'P09']);
const outcomes = (text: string, no?: number): string[] =>
  checkReport(reportSaying(text, no))
    .filter(({ rule }) => RULES.has(rule))
    .map(({ rule, status, found }) => `${rule} ${status} ${found}`);

const CONSISTENT = new Set(['P03', 'P06', 'P10', 'P11', 'P12']);
const consistency = (text: string, lastTotal?: string): string[] => {
  const report = reportSaying(text);
  const cells = { ...report.tables['t3'], 't3.1.total': readCell('count', lastTotal ?? '').cell };
  const lastYear = { ...report, year: report.year - 1, tables: { ...report.tables, t3: cells } };
  return checkReport(report, { settings: NATIONAL_SETTINGS, ...(lastTotal === undefined ? {} : { lastYear }) })
    .filter(({ rule }) => CONSISTENT.has(rule))
    .map(({ rule, status, found }) => `${rule} ${status} ${found ?? ''}`.trim());
};

describe('numbers of the prose among themselves', () => {
  it.each<[string, string | undefined, string[]]>([
    ['共公开信息258条，其中政策文件100条、动态158条。', undefined, ['P03 pass 158']],
    ['共公开信息58条，其中政策文件100条。', undefined, ['P03 fail 100']],
    ['收到政府信息公开申请41件，同比增长24.2%。', '33', ['P06 pass 24.2%']],
    ['收到政府信息公开申请41件，同比增长25%。', '33', ['P06 fail 25%']],
    ['收到政府信息公开申请41件，同比下降20%。', undefined, ['P06 not-assessable']],
    ['共收到政府信息公开申请41件。全年新收政府信息公开申请20件。', undefined, ['P10 fail 20']],
    ['共收到政府信息公开申请41件。全年新收政府信息公开申请41件。', undefined, ['P10 pass 41']],
    ['新收政府信息公开申请41件，上年结转3件，办结40件，结转下年度继续办理4件。', undefined, ['P11 pass 44']],
    ['新收政府信息公开申请41件，上年结转3件，办结39件，结转下年度继续办理4件。', undefined, ['P11 fail 43']],
    ['收到政府信息公开申请约40件。', undefined, ['P12 pass 约40']],
    ['收到政府信息公开申请50余件。', undefined, ['P12 fail 50余']],
    ['召开会议3次。', undefined, []],
  ])('%s', (text, lastTotal, expected) => {
    expect(consistency(text, lastTotal)).toEqual(expected);
  });

  it('of the sample hold', () => {
    expect(checkReport(sample).filter(({ rule, status }) => CONSISTENT.has(rule) && status === 'fail')).toEqual([]);
  });
});

describe('a number quoted in prose', () => {
  it.each([
    ['全年新收政府信息公开申请41件。', ['P01 pass 41']],
    ['共收到政府信息公开申请44件，均按时答复。', ['P01 pass 44']],
    ['共收到政府信息公开申请45件。', ['P01 fail 45']],
    ['受理依申请公开申请41件，办结40件，结转下年度继续办理4件。', ['P01 pass 41', 'P01 pass 40', 'P01 pass 4']],
    ['其中予以公开20件、部分公开2件、不予公开5件。', ['P01 pass 20', 'P01 pass 2', 'P01 pass 5']],
    ['予以公开21件，不予公开4件。', ['P01 fail 21', 'P01 fail 4']],
    ['上年结转3件。', ['P01 pass 3']],
    ['发生行政复议2件，提起行政诉讼3件。', ['P07 pass 2', 'P07 pass 3']],
    ['发生行政诉讼案件4件。', ['P07 fail 4']],
    ['制发行政规范性文件6件，作出行政许可决定1,204件。', ['P08 pass 6', 'P08 pass 1204']],
    ['作出行政许可决定1203件。', ['P08 fail 1203']],
    ['行政复议均获维持。', ['P07 fail 1']],
    ['2022年共收到政府信息公开申请30件。', []],
    ['收到政府信息公开申请同比增加10件。', []],
    ['通过网站收到政府信息公开申请12件。', []],
    ['共收到政府信息公开申请约40件。', []],
    ['召开工作会议3次，培训2次。', []],
    ['12345热线答复群众诉求300件。', []],
    ['上年度收到政府信息公开申请30件。', []],
    ['去年收到政府信息公开申请30件。', []],
    ['予以公开、部分公开、不予公开分别为20件、2件、5件。', []],
    ['上半年收到政府信息公开申请15件。', []],
    ['共公开信息200条，其中政策文件50条，占25%。', ['P04 pass 25']],
    ['共公开信息300条，其中政策文件200条，占66.6%。', ['P04 fail 66.6']],
  ])('%s', (text, expected) => {
    expect(outcomes(text)).toEqual(expected);
  });

  it.each([
    ['收取信息处理费880元。', ['P09 pass 880']],
    ['收取信息处理费885元。', ['P09 fail 885']],
  ])('%s', (text, expected) => {
    expect(outcomes(text, 6)).toEqual(expected);
  });

  it('points at the number, blocks nothing, and says nothing of the sample', () => {
    const text = '办结政府信息公开申请39件。';
    const failed = checkReport(reportSaying(text)).find(({ rule, status }) => rule === 'P01' && status === 'fail');
    expect(failed).toMatchObject({
      place: { chapter: 1, paragraph: 0, from: 10, to: 12 },
      expected: '40',
      formula: '39 = 40',
    });
    expect(text.slice(10, 12)).toBe('39');
    expect(checkReport(sample).filter(({ rule, status }) => RULES.has(rule) && status === 'fail')).toEqual([]);
  });

  it('is not assessable where the table is blank', () => {
    const report = reportSaying('上年结转3件。');
    const cells = { ...report.tables['t3'], 't3.2.total': { state: 'unfilled' as const, original: '' } };
    const [found] = checkReport({ ...report, tables: { ...report.tables, t3: cells } }).filter(
      ({ rule }) => rule === 'P01',
    );
    expect(found?.status).toBe('not-assessable');
  });

  it('takes no time on texts made to be slow', () => {
    const started = process.cpuUsage().user;
    checkReport(reportSaying('收到政府信息公开申请'.repeat(2000)));
    checkReport(reportSaying('1件'.repeat(6000)));
    expect(process.cpuUsage().user - started).toBeLessThan(4_000_000);
  });
});
