import { describe, expect, it } from '@jest/globals';
import { checkReport, type CheckResult } from '../check-report.js';
import type { AnnualReport, Cell } from '../model.js';
import type { OrganProfile, ReportDays } from './check-context.js';
import { dateRules } from './date-rules.js';
import { NATIONAL_SETTINGS } from './national-settings.js';
import { normalisedTextRules } from './normalised-text-rules.js';
import { periodRules } from './period-rules.js';

const RULES = [...periodRules, ...dateRules, ...normalisedTextRules];
const good: AnnualReport = {
  format: '2021',
  year: 2023,
  organName: '向阳区人民政府',
  title: '向阳区人民政府2023年政府信息公开工作年度报告',
  preface: '统计期限为2023年1月1日至2023年12月31日。',
  period: { from: '2023-01-01', to: '2023-12-31' },
  scope: 'region',
  chapters: [{ no: 1, title: '总体情况', paragraphs: ['2023年公开100条，2024年继续。'] }],
  tables: {},
};
const days: ReportDays = {
  today: '2024-03-20',
  deadline: '2024-03-31',
  written: '2024-03-11',
  published: '2024-03-12',
};
const government: OrganProfile = {
  name: good.organName,
  shortNames: [],
  otherNames: [],
  level: 4,
  government: true,
  has: {},
};

const withText = (...paragraphs: string[]): AnnualReport => ({
  ...good,
  chapters: [{ no: 1, title: '总体情况', paragraphs }],
});
const withFigure = (cell: Cell): AnnualReport => ({ ...good, tables: { t3: { 't3.1.total': cell } } });
const figure = (value: string, original: string): Cell => ({ state: 'value', value, original });

interface Known {
  readonly days?: ReportDays;
  readonly profile?: OrganProfile;
}
function resultsOf(rule: string, report: AnnualReport, known: Known = {}): readonly CheckResult[] {
  const context = { settings: NATIONAL_SETTINGS, ...known };
  return checkReport(report, context, RULES).filter((result) => result.rule === rule);
}

type Failing = readonly [rule: string, what: string, report: AnnualReport, known: Known, expected: object];

const FAILING: readonly Failing[] = [
  ['D01', 'no period', { ...good, period: null }, {}, { severity: 'E', place: { part: 'period' } }],
  ['D01', 'a year too short', { ...good, period: { from: '2023-01-01', to: '2023-11-30' } }, {}, { severity: 'E' }],
  [
    'D02',
    'another year',
    withText('比2021年多。', '2021年为80条。'),
    {},
    { severity: 'W', found: '2021年', place: { chapter: 1, paragraph: 0, from: 1, to: 5 } },
  ],
  ['D02', 'the first year of a span', withText('2019-2023年公开。'), {}, { found: '2019年' }],
  ['D02', 'a year in 汉字', withText('二〇二二年公开。'), {}, { found: '2022年' }],
  [
    'D02',
    '本月',
    withText('本月公开3条。'),
    {},
    { found: '本月', place: { chapter: 1, paragraph: 0, from: 0, to: 2 } },
  ],
  ['D02', '本季度', withText('本季度公开3条。'), {}, { found: '本季度' }],
  [
    'D03',
    'published late',
    good,
    { days: { ...days, published: '2024-04-01' } },
    { severity: 'E', formula: '2024-04-01 ≤ 2024-03-31' },
  ],
  ['D03', 'handed in late', good, { days: { ...days, submitted: '2024-04-02' } }, { found: '2024-04-02' }],
  [
    'D03',
    'overdue and not handed in',
    good,
    { days: { today: '2024-04-01', deadline: '2024-03-31' } },
    { found: '2024-04-01' },
  ],
  [
    'D03',
    'a department after January',
    good,
    { days: { today: '2024-02-01' }, profile: { ...government, government: false } },
    { expected: '≤ 2024-01-31' },
  ],
  [
    'D03',
    'a set day later than the statutory one',
    good,
    { days: { today: '2024-04-05', deadline: '2024-04-30' }, profile: government },
    { expected: '≤ 2024-03-31' },
  ],
  [
    'D04',
    'the 31st of April',
    withText('2023年4月31日召开会议。'),
    {},
    { severity: 'E', found: '2023年4月31日', place: { chapter: 1, paragraph: 0, from: 0, to: 10 } },
  ],
  ['D04', 'a leap day in a common year', withText('2023年2月29日'), {}, { severity: 'E' }],
  ['D04', 'a day without its year', withText('至13月1日'), {}, { found: '13月1日' }],
  ['D04', 'a date in figures', withText('于2023-02-30发布'), {}, { found: '2023-02-30' }],
  ['D04', 'a day given for the report', good, { days: { ...days, written: '2024-02-30' } }, { found: '2024-02-30' }],
  [
    'D05',
    'written after publication',
    good,
    { days: { ...days, written: '2024-03-13' } },
    { severity: 'W', formula: '2024-03-13 ≤ 2024-03-12' },
  ],
  ['D05', 'written in the report year', good, { days: { ...days, written: '2023-12-30' } }, { found: '2023-12-30' }],
  ['D05', 'published a year late', good, { days: { ...days, published: '2025-01-05' } }, { found: '2025-01-05' }],
  [
    'V07',
    'full-width digits in a cell',
    withFigure(figure('12', '１２')),
    {},
    { severity: 'I', expected: '12', found: '１２', place: { cell: 't3.1.total' } },
  ],
  ['V07', 'a 汉字 figure', withFigure(figure('12', '十二')), {}, { expected: '12', found: '十二' }],
  [
    'V07',
    'radicals in the text',
    withText('本⼈⾃2023年'),
    {},
    { severity: 'I', fix: '人自', place: { chapter: 1, paragraph: 0, from: 1, to: 3 } },
  ],
  ['V07', 'a radical that stays in NFKC', withText('⺠生'), {}, { fix: '民' }],
  ['V07', 'full-width digits in the text', withText('公开１２条'), {}, { fix: '12' }],
];

describe('a rule on dates or characters fails', () => {
  it.each(FAILING)('%s: %s', (rule, _what, report, known, expected) => {
    const found = resultsOf(rule, report, known).filter(({ status }) => status === 'fail');
    expect(found[0]).toMatchObject(expected);
    expect(found[0]?.message.zh).toMatch(/：.+[；，]/u);
  });

  it('every one of them', () => {
    expect(RULES.map(({ id }) => id).filter((id) => !FAILING.some(([rule]) => rule === id))).toEqual([]);
  });
});

describe('a rule on dates or characters passes', () => {
  it.each<readonly [rule: string, what: string, report: AnnualReport, known: Known]>([
    ['D01', 'the whole year', good, {}],
    ['D02', 'this year and the next', good, {}],
    ['D02', 'years of cited documents', withText('《2019年要点》（国办发〔2019〕14号）、2010年代'), {}],
    ['D02', 'figures that are no years', withText('公开2019条，2022次。'), {}],
    ['D03', 'in time', good, { days }],
    ['D03', 'not yet due', good, { days: { today: '2024-03-30' }, profile: government }],
    ['D04', 'dates that exist', withText('2024年2月29日、2月29日、2023-12-31、2023.1.5'), { days }],
    ['D04', 'numbers that are no dates', withText('3.15活动，10-20件，1.5倍，192.168.20.40'), {}],
    ['D05', 'written, then published', good, { days }],
    ['V07', 'plain figures', withFigure(figure('12', ' 12 ')), {}],
    ['V07', 'plain text', good, {}],
  ])('%s: %s', (rule, _what, report, known) => {
    const results = resultsOf(rule, report, known);
    expect(results.map(({ status }) => status).filter((status) => status !== 'pass')).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });
});

describe('a rule on dates is not assessable', () => {
  // D01, D02, D04 and V07 look at the report alone, which is always there.
  it.each<readonly [rule: string, what: string, known: Known]>([
    ['D03', 'no days are known', { profile: government }],
    ['D03', 'neither deadline nor profile', { days: { today: '2024-02-01' } }],
    [
      'D03',
      'a township, which the article does not name',
      { days: { today: '2024-02-01' }, profile: { ...government, level: 5 } },
    ],
    ['D05', 'no days are known', {}],
    ['D05', 'only the day of writing', { days: { today: '2024-03-20', written: '2024-03-11' } }],
    ['D05', 'only the day of publication', { days: { today: '2024-03-20', published: '2024-03-11' } }],
  ])('%s: %s', (rule, _what, known) => {
    expect(resultsOf(rule, good, known).map(({ status }) => status)).toEqual(['not-assessable']);
  });
});

it('D02 names a year once and counts where else it stands', () => {
  const found = resultsOf('D02', withText('比2021年多。', '2021年为80条。', '2020年无。'));
  expect(found.map(({ found: token }) => token)).toEqual(['2021年', '2020年']);
  expect(found[0]?.message.zh).toContain('共 2 处（另见第一部分第 2 段）');
});
