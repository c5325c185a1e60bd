import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { blocksSubmission, checkReport, type CheckResult } from './check-report.js';
import { cellsOf, formatById } from './format.js';
import type { AnnualReport, Cell } from './model.js';
import { readPlainText } from './readers/plain-text.js';
import { RULES } from './rules/catalogue.js';
import { costInCopies } from '../../../test/support/processor-work.js';
import type { Rule } from './rules/rule.js';

const sampleText = readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8');
const sample = reportIn(sampleText);

function reportIn(text: string): AnnualReport {
  const reading = readPlainText(text);
  if (isRefusal(reading)) throw new Error(`refused: ${JSON.stringify(reading)}`);
  return reading.report;
}

const figure = (value: string): Cell => ({ state: 'value', value, original: value });

function withCells(cells: Readonly<Record<string, Cell>>): AnnualReport {
  const tables = Object.fromEntries(
    Object.entries(sample.tables).map(([id, table]) => {
      const changed = Object.entries(cells).filter(([cell]) => cell.startsWith(`${id}.`));
      return [id, { ...table, ...Object.fromEntries(changed) }];
    }),
  );
  return { ...sample, tables };
}

function withParagraph(no: number, text: string): AnnualReport {
  const chapters = sample.chapters.map((chapter) => (chapter.no === no ? { ...chapter, paragraphs: [text] } : chapter));
  return { ...sample, chapters };
}

const failures = (report: AnnualReport, rule: string): readonly CheckResult[] =>
  checkReport(report).filter((result) => result.rule === rule && result.status === 'fail');

describe('the real report', () => {
  const results = checkReport(sample);

  it('is not blocked', () => {
    expect(results.filter(({ status, severity }) => status === 'fail' && severity === 'E')).toEqual([]);
    expect(blocksSubmission(results)).toBe(false);
  });

  it('is told that two chapter headings are not the statutory ones', () => {
    const headings = results.filter(({ rule, status }) => rule === 'S02' && status === 'fail');
    expect(headings.map(({ place, expected, found, severity }) => ({ place, expected, found, severity }))).toEqual([
      { place: { chapter: 1 }, expected: '一、总体情况', found: '一、总体工作情况概述', severity: 'W' },
      {
        place: { chapter: 6 },
        expected: '六、其他需要报告的事项',
        found: '六、2021年工作安排及改进措施',
        severity: 'W',
      },
    ]);
  });

  it('has no figure to mend', () => {
    expect(results.filter(({ status, rule }) => status === 'fail' && /^[VTP]/.test(rule))).toEqual([]);
  });

  it('shows the sum of the quoted channels with its numbers', () => {
    const [sum] = results.filter(({ rule }) => rule === 'P02');
    expect(sum).toMatchObject({
      status: 'pass',
      formula: '999 + 1017 + 56 = 2072',
      place: { chapter: 2, paragraph: 0 },
    });
  });

  it('has its claims of nothing compared with 表三 and 表四', () => {
    const claims = results.filter(({ rule }) => rule === 'P05').map(({ status, place }) => [status, place]);
    expect(claims).toEqual([
      ['pass', expect.objectContaining({ chapter: 3 })],
      ['not-assessable', expect.objectContaining({ chapter: 3 })],
      ['pass', expect.objectContaining({ chapter: 4 })],
      ['pass', expect.objectContaining({ chapter: 4 })],
    ]);
  });

  it('has every sum of the form checked: 7 columns twice, 23 rows, 3 groups', () => {
    const counts = ['T3-01', 'T3-02', 'T3-03', 'T4-01'].map((id) => results.filter(({ rule }) => rule === id).length);
    expect(counts).toEqual([7, 7, 23, 3]);
  });
});

const blank: Cell = { state: 'unfilled', original: '' };
const unreadable = (original: string): Cell => ({ state: 'unreadable', original });
const emptyTable = Object.fromEntries(Object.keys(sample.tables['t4'] ?? {}).map((id) => [id, blank]));

// One broken twin per rule, and how many failures it must cause, at which place.
const BROKEN: readonly (readonly [rule: string, what: string, twin: AnnualReport, count: number, place: object])[] = [
  ['S01', 'a missing chapter', { ...sample, chapters: sample.chapters.slice(0, 5) }, 1, { part: 'report' }],
  ['S01', 'chapters out of order', { ...sample, chapters: sample.chapters.toReversed() }, 1, { part: 'report' }],
  [
    'S01',
    'a seventh chapter',
    { ...sample, chapters: [...sample.chapters, { no: 7, title: '附', paragraphs: [] }] },
    1,
    { part: 'report' },
  ],
  ['S03', 'the old form for a new year', { ...sample, year: 2021 }, 1, { part: 'report' }],
  ['S03', 'a year before the forms', { ...sample, year: 2018 }, 1, { part: 'report' }],
  ['S04', 'a table without data', withCells(emptyTable), 1, { table: 't4' }],
  ['S07', 'a blank cell', withCells({ 't3.1.research': blank }), 1, { row: '1', column: 'research' }],
  [
    'S07',
    'a stroke for zero',
    withCells({ 't3.4.other': { state: 'not-applicable', original: '—' } }),
    1,
    { row: '4' },
  ],
  [
    'S09',
    'another year in the title',
    { ...sample, title: '向阳区2019年政府信息公开工作年度报告' },
    1,
    { part: 'title' },
  ],
  ['S14', 'residue in the prose', withParagraph(5, '本年受理XX件。'), 1, { chapter: 5, paragraph: 0, from: 4, to: 6 }],
  ['S14', 'a bookmark', withParagraph(6, '[bookmark: _GoBack]无'), 1, { chapter: 6, from: 0, to: 19 }],
  ['D01', 'no period', { ...sample, period: null }, 1, { part: 'period' }],
  ['D01', 'a shorter period', { ...sample, period: { from: '2020-01-01', to: '2020-11-30' } }, 1, { part: 'period' }],
  ['V01', 'a fraction', withCells({ 't3.1.total': figure('1.5') }), 1, { cell: 't3.1.total' }],
  ['V01', 'a negative count', withCells({ 't3.1.total': figure('-1') }), 1, { cell: 't3.1.total' }],
  [
    'V02',
    'a change in words',
    withCells({ 't2.20-5.licensing.change': unreadable('略增') }),
    1,
    { cell: 't2.20-5.licensing.change' },
  ],
  [
    'V03',
    'an amount without unit',
    withCells({ 't2.20-9.procurement.amount': figure('1150') }),
    1,
    { cell: 't2.20-9.procurement.amount' },
  ],
  [
    'V06',
    'more taken away than there was',
    withCells({ 't2.20-5.licensing.change': figure('-20') }),
    1,
    { row: 'licensing' },
  ],
  ['T2-01', 'more opened than made', withCells({ 't2.20-1.normative.opened': figure('1') }), 1, { row: 'normative' }],
  ['T2-02', 'more opened than public', withCells({ 't2.20-1.rules.opened': figure('3') }), 1, { row: 'rules' }],
  ['T3-01', 'an application without outcome', withCells({ 't3.1.welfare': figure('1') }), 1, { column: 'welfare' }],
  ['T3-02', 'an outcome not in the total', withCells({ 't3.3.3.8.other': figure('2') }), 1, { column: 'other' }],
  [
    'T3-03',
    'an applicant not in the total',
    withCells({ 't3.3.4.1.research': figure('1') }),
    1,
    { row: '3.4.1', column: 'total' },
  ],
  [
    'T4-01',
    'a case not in the total',
    withCells({ 't4.litigation-direct.pending': figure('1') }),
    1,
    { column: 'litigation-direct.total' },
  ],
  [
    'P02',
    'parts that miss the whole',
    withParagraph(2, '公开信息2072条。其中，网站999条；微信1017条；其它55条。'),
    1,
    { chapter: 2 },
  ],
  ['P05', 'a claim against 表三', withCells({ 't3.1.total': figure('1') }), 1, { chapter: 3, paragraph: 0 }],
  ['P05', 'a claim against 表四', withCells({ 't4.review.total': figure('1') }), 1, { chapter: 4, paragraph: 0 }],
];

describe('a broken twin', () => {
  it.each(BROKEN)('%s fails on %s', (rule, _what, twin, count, place) => {
    const found = failures(twin, rule);
    expect(found).toHaveLength(count);
    expect(found[0]?.place).toMatchObject(place);
    expect(found[0]?.message.zh).not.toBe('');
  });

  it('leaves no rule of this format without one', () => {
    const applicable = RULES.filter(({ formats }) => formats.includes('2019')).map(({ id }) => id);
    const broken = new Set(BROKEN.map(([rule]) => rule));
    // Those that compare years and items have their own table of cases.
    const elsewhere = new Set(['S02', 'T2-05', 'T2-07']);
    expect(applicable.filter((id) => !broken.has(id) && !elsewhere.has(id))).toEqual([]);
  });
});

describe('a result', () => {
  it('names the difference with the numbers filled in', () => {
    const [broken] = failures(
      withCells({ 't3.1.natural-person': figure('60'), 't3.3.7.natural-person': figure('61') }),
      'T3-01',
    );
    expect(broken).toMatchObject({ expected: '61', found: '60', formula: '60 + 0 = 61 + 0', severity: 'E' });
    expect(broken?.message.zh).toContain('相差 -1');
  });

  it('is not-assessable, never a pass, where a figure is missing', () => {
    const results = checkReport(withCells({ 't3.1.research': blank })).filter(
      ({ place }) => 'column' in place && place.column === 'research',
    );
    expect(results.filter(({ rule }) => rule === 'T3-01').map(({ status }) => status)).toEqual(['not-assessable']);
  });

  it.each([
    ['1,234', '1234'],
    ['12件', '12'],
    ['１２ 件', '12'],
  ])('offers the one reading of %s', (original, fix) => {
    expect(failures(withCells({ 't3.1.total': unreadable(original) }), 'V01')[0]).toMatchObject({
      found: original,
      fix,
    });
  });

  it('offers nothing for 约12', () => {
    expect(failures(withCells({ 't3.1.total': unreadable('约12') }), 'V01')[0]?.fix).toBeUndefined();
  });
});

describe('prose', () => {
  it.each([
    ['an open list', '收到10件，其中：公开3件，部分公开2件等。', ['W']],
    ['a comparison beside the parts', '公开30条，其中网站10条，微信20条，同比增加50条。', []],
    ['thousands separators', '公开1,030条，其中网站1,010条，微信20条。', []],
    ['one part only', '公开30条，其中网站10条。', []],
    ['another counter', '公开30条，其中专题3个，栏目4个。', []],
  ])('P02 treats %s as what it is', (_what, text, severities) => {
    expect(failures(withParagraph(1, text), 'P02').map(({ severity }) => severity)).toEqual(severities);
  });

  it('P02 does not judge rounded numbers', () => {
    const results = checkReport(withParagraph(1, '公开约30条，其中网站10条，微信25条。')).filter(
      ({ rule }) => rule === 'P02',
    );
    expect(results.map(({ status }) => status)).toContain('not-assessable');
    expect(results.map(({ status }) => status)).not.toContain('fail');
  });

  it.each([
    '2019年未收到政府信息公开申请。',
    '未收到行政复议申请。',
    '未发生行政复议被纠正的情况。',
    '未收到重复的信息公开申请。',
    '各单位没有收取任何费用。',
    '没有收取任何政府信息公开费用。',
    '未收取政府信息公开信息处理费。',
    '全年收到政府信息公开申请4件，各单位没有收取依申请公开费用。',
    '全年收到政府信息公开申请4件。各单位没有收取任何公开政府信息的费用。',
  ])('P05 does not take “%s” for a claim on applications of the year', (text) => {
    const twin = { ...withCells({ 't3.1.total': figure('4') }), chapters: withParagraph(3, text).chapters };
    expect(failures(twin, 'P05')).toEqual([]);
  });
});

describe('the engine', () => {
  const breaking: Rule = {
    id: 'S01',
    severity: 'W',
    overridable: true,
    formats: ['2019'],
    version: 1,
    scope: 'national',
    source: '',
    check: () => {
      throw new Error('no ground');
    },
  };

  it('blocks when a rule cannot be applied', () => {
    const results = checkReport(sample, undefined, [breaking]);
    expect(results).toMatchObject([{ rule: 'S01', status: 'fail', severity: 'E', found: 'no ground' }]);
    expect(results[0]?.message.zh).toContain('执行出错');
    expect(blocksSubmission(results)).toBe(true);
  });

  it('blocks when nothing was checked', () => {
    expect(blocksSubmission(checkReport(sample, undefined, []))).toBe(true);
  });

  it('blocks a format nobody knows', () => {
    const foreign: AnnualReport = { ...sample };
    Object.defineProperty(foreign, 'format', { value: '2031' });
    expect(blocksSubmission(checkReport(foreign))).toBe(true);
  });

  it('costs no more than 250 copies of the report, reading included; about 105 are usual', () => {
    for (let warm = 0; warm < 10; warm += 1) checkReport(reportIn(sampleText));
    expect(costInCopies(sample, 20, () => checkReport(reportIn(sampleText)))).toBeLessThan(250);
  });
});

describe('the 2021 format', () => {
  const zeros = Object.fromEntries(
    (formatById('2021')?.tables ?? []).map((table) => [
      table.id,
      Object.fromEntries(
        cellsOf(table).map(({ id, column }) => [
          id,
          column.kind === 'fee'
            ? { ...figure('20.3'), unit: '万元' as const, printUnit: '万元' as const }
            : figure('0'),
        ]),
      ),
    ]),
  );
  const report2021: AnnualReport = {
    ...sample,
    format: '2021',
    year: 2021,
    title: '向阳区2021年政府信息公开工作年度报告',
    period: { from: '2021-01-01', to: '2021-12-31' },
    tables: zeros,
  };
  const fee = (cell: Cell): AnnualReport => ({
    ...report2021,
    tables: { ...zeros, t2: { ...zeros['t2'], 't2.20-8.fees.amount': cell } },
  });

  it('has rules of its own and is not blocked', () => {
    const results = checkReport(report2021);
    expect(blocksSubmission(results)).toBe(false);
    const ids = new Set(results.map(({ rule }) => rule));
    expect(['V03', 'V06', 'T2-01'].filter((id) => ids.has(id))).toEqual([]);
  });

  it.each([
    ['a negative fee', figure('-1')],
    ['seven decimals', figure('0.1234567')],
    ['a unit typed into the cell', unreadable('203000元')],
  ])('V04 fails on %s', (_what, cell) => {
    expect(failures(fee(cell), 'V04')).toMatchObject([{ place: { cell: 't2.20-8.fees.amount' }, severity: 'E' }]);
  });

  it('T3-02 adds the three rows of other handling', () => {
    const tables = { ...zeros, t3: { ...zeros['t3'], 't3.3.6.3.other': figure('1') } };
    expect(failures({ ...report2021, tables }, 'T3-02')).toMatchObject([{ place: { table: 't3', column: 'other' } }]);
  });
});
