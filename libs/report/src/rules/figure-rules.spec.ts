import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { readCell } from '../cell-text.js';
import { checkReport, type CheckResult } from '../check-report.js';
import { cellsOf, FORMATS, formatById, tableOf } from '../format.js';
import type { AnnualReport } from '../model.js';
import { readPlainText } from '../readers/plain-text.js';
import type { CheckContext, OrganProfile, PublishedState, RolledUpUnit } from './check-context.js';
import { NATIONAL_SETTINGS } from './national-settings.js';

const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const y2020 = reading.report;

const zeros = (id: string): AnnualReport['tables'] =>
  Object.fromEntries(
    (formatById(id)?.tables ?? []).map((table) => [
      table.id,
      Object.fromEntries(cellsOf(table).map((at) => [at.id, readCell(at.column.kind, '0').cell])),
    ]),
  );
const base = (year: number, format: string): AnnualReport => ({
  ...y2020,
  format,
  year,
  tables: zeros(format),
  title: `${y2020.organName}${year}年政府信息公开工作年度报告`,
});
const y2021 = base(2021, '2021');
const y2022 = base(2022, '2021');

function withCells(report: AnnualReport, texts: Readonly<Record<string, string>>): AnnualReport {
  const format = formatById(report.format);
  if (format === null) throw new Error('no format');
  const tables = Object.fromEntries(
    format.tables.map((table) => [
      table.id,
      Object.fromEntries(
        cellsOf(tableOf(format, table.id)).map((at) => {
          const text = texts[at.id];
          const cell = text === undefined ? report.tables[table.id]?.[at.id] : readCell(at.column.kind, text).cell;
          return [at.id, cell ?? { state: 'unfilled' as const, original: '' }];
        }),
      ),
    ]),
  );
  return { ...report, tables };
}
const chapterSix = (report: AnnualReport, text: string): AnnualReport => ({
  ...report,
  chapters: report.chapters.map((chapter) => (chapter.no === 6 ? { ...chapter, paragraphs: [text] } : chapter)),
});

const profile: OrganProfile = {
  name: '向阳区人民政府',
  shortNames: [],
  otherNames: [],
  level: 4,
  government: true,
  has: { permits: true, penalties: false, compulsion: false, fees: false },
};
const shown: PublishedState = {
  url: 'http://localhost/xxgk/ndbg/2021/',
  onStatutoryColumn: true,
  servedSha256: 'a'.repeat(64),
  signedSha256: 'a'.repeat(64),
  correctionAnnounced: false,
  otherPlaces: [],
  openFormat: true,
  listed: true,
};
const unit = (name: string, report: AnnualReport | null, more: Partial<RolledUpUnit> = {}): RolledUpUnit => ({
  organ: name,
  name,
  kind: 'department',
  report,
  ...more,
});
const permits = (count: string): AnnualReport => withCells(y2021, { 't2.20-5.licensing.decisions': count });
const days = { today: '2022-01-20', deadline: '2022-01-31', published: '2022-01-20' };

type Case = readonly [
  rule: string,
  status: CheckResult['status'],
  what: string,
  report: AnnualReport,
  context: Partial<CheckContext>,
];
const later = (texts: Record<string, string>): AnnualReport => withCells(y2022, texts);
const before = (texts: Record<string, string>): Partial<CheckContext> => ({ lastYear: withCells(y2021, texts) });

const CASES: readonly Case[] = [
  ['V05', 'not-assessable', 'nothing to compare with', y2022, {}],
  ['V05', 'pass', 'alike', later({ 't3.1.total': '30' }), before({ 't3.1.total': '25' })],
  ['V05', 'fail', 'thirty times', later({ 't3.1.total': '750' }), before({ 't3.1.total': '25' })],
  [
    'V05',
    'fail',
    '元 in the 万元 cell',
    later({ 't2.20-8.fees.amount': '203000' }),
    before({ 't2.20-8.fees.amount': '20.3' }),
  ],
  [
    'T2-03',
    'pass',
    'more in force than made',
    later({ 't2.20-1.normative.made': '2', 't2.20-1.normative.in-force': '5' }),
    {},
  ],
  [
    'T2-03',
    'fail',
    'fewer in force than made',
    later({ 't2.20-1.normative.made': '6', 't2.20-1.normative.in-force': '5' }),
    {},
  ],
  ['T2-03', 'not-assessable', 'a blank', later({ 't2.20-1.normative.in-force': '' }), {}],
  [
    'T2-04',
    'pass',
    '12 + 3 − 0',
    later({ 't2.20-1.rules.made': '3', 't2.20-1.rules.in-force': '15' }),
    before({ 't2.20-1.rules.in-force': '12' }),
  ],
  [
    'T2-04',
    'fail',
    'lost one',
    later({ 't2.20-1.rules.made': '3', 't2.20-1.rules.in-force': '14' }),
    before({ 't2.20-1.rules.in-force': '12' }),
  ],
  ['T2-04', 'not-assessable', 'last year in the other format', withCells(y2021, {}), { lastYear: y2020 }],
  [
    'T2-05',
    'pass',
    'items follow',
    withCells(base(2020, '2019'), { 't2.20-5.licensing.previous': '12' }),
    {
      lastYear: withCells(base(2019, '2019'), { 't2.20-5.licensing.previous': '10', 't2.20-5.licensing.change': '2' }),
    },
  ],
  [
    'T2-05',
    'fail',
    'items do not',
    withCells(base(2020, '2019'), { 't2.20-5.licensing.previous': '13' }),
    {
      lastYear: withCells(base(2019, '2019'), { 't2.20-5.licensing.previous': '10', 't2.20-5.licensing.change': '2' }),
    },
  ],
  ['T2-05', 'not-assessable', 'no last year', base(2020, '2019'), {}],
  ['T2-06', 'pass', 'a district without regulations', y2021, { profile }],
  ['T2-06', 'fail', 'a district with regulations', withCells(y2021, { 't2.20-1.rules.in-force': '1' }), { profile }],
  ['T2-06', 'not-assessable', 'level unknown', y2021, {}],
  [
    'T2-07',
    'pass',
    'decisions are decisions',
    withCells(base(2020, '2019'), {
      't2.20-5.licensing.previous': '10',
      't2.20-5.licensing.decisions': '40',
      't2.20-6.penalties.decisions': '3',
    }),
    {},
  ],
  [
    'T2-07',
    'fail',
    'decisions are items',
    withCells(base(2020, '2019'), {
      't2.20-5.licensing.previous': '10',
      't2.20-5.licensing.decisions': '10',
      't2.20-6.penalties.previous': '4',
      't2.20-6.penalties.decisions': '4',
    }),
    {},
  ],
  ['T2-07', 'not-assessable', 'all zero', base(2020, '2019'), {}],
  ['T2-08', 'fail', 'permits expected', y2021, { profile }],
  [
    'T2-08',
    'pass',
    'penalties neither expected nor there',
    y2021,
    { profile: { ...profile, has: { permits: false, penalties: false, compulsion: false } } },
  ],
  ['T2-08', 'not-assessable', 'power list unknown', y2021, {}],
  ['T2-09', 'fail', 'fees without an item', withCells(y2021, { 't2.20-8.fees.amount': '3' }), { profile }],
  ['T2-09', 'pass', 'no fees, no item', y2021, { profile }],
  ['T2-09', 'not-assessable', 'nothing known', y2021, {}],
  ['T3-04', 'pass', 'totals there', y2021, {}],
  ['T3-04', 'fail', 'a total missing', withCells(y2021, { 't3.2.total': '' }), {}],
  ['T3-05', 'pass', '121 = 121', later({ 't3.2.total': '121' }), before({ 't3.4.total': '121' })],
  ['T3-05', 'fail', '12 for 13', later({ 't3.2.total': '12' }), before({ 't3.4.total': '13' })],
  ['T3-05', 'not-assessable', 'no last year', y2022, {}],
  ['T3-06', 'pass', 'nobody failed to pay', y2021, {}],
  ['T3-06', 'fail', 'unpaid and silent', chapterSix(withCells(y2021, { 't3.3.6.2.total': '1' }), '无'), {}],
  ['T3-06', 'not-assessable', 'a blank', withCells(y2021, { 't3.3.6.2.total': '' }), {}],
  ['T3-07', 'pass', 'few others', withCells(y2021, { 't3.1.total': '10', 't3.1.other': '5' }), {}],
  ['T3-07', 'fail', 'mostly others', withCells(y2021, { 't3.1.total': '10', 't3.1.other': '6' }), {}],
  ['T3-07', 'not-assessable', 'a blank', withCells(y2021, { 't3.1.other': '' }), {}],
  [
    'T3-08',
    'pass',
    'small backlog',
    withCells(y2021, { 't3.1.total': '20', 't3.4.total': '5' }),
    { oldestOpenDays: 12 },
  ],
  [
    'T3-08',
    'fail',
    'large backlog',
    withCells(y2021, { 't3.1.total': '20', 't3.4.total': '6' }),
    { oldestOpenDays: 12 },
  ],
  ['T3-08', 'not-assessable', 'no register', withCells(y2021, { 't3.1.total': '20', 't3.4.total': '5' }), {}],
  ['T3-09', 'pass', 'as registered', withCells(y2021, { 't3.1.total': '7' }), { register: { 't3.1.total': '7' } }],
  ['T3-09', 'fail', 'not as registered', withCells(y2021, { 't3.1.total': '7' }), { register: { 't3.1.total': '8' } }],
  ['T3-09', 'not-assessable', 'no register', y2021, {}],
  [
    'T4-02',
    'pass',
    'reviewed this year',
    withCells(y2021, { 't4.litigation-after-review.total': '1', 't4.review.total': '2' }),
    {},
  ],
  ['T4-02', 'fail', 'reviewed never', withCells(y2022, { 't4.litigation-after-review.total': '1' }), before({})],
  ['T4-02', 'not-assessable', 'last year unknown', withCells(y2021, { 't4.litigation-after-review.total': '1' }), {}],
  ['T4-03', 'pass', 'open ones are back', later({ 't4.review.total': '3' }), before({ 't4.review.pending': '2' })],
  ['T4-03', 'fail', 'open ones are gone', later({ 't4.review.total': '1' }), before({ 't4.review.pending': '2' })],
  ['T4-03', 'not-assessable', 'no last year', y2022, {}],
  ['T4-04', 'fail', 'a reminder', withCells(y2021, { 't4.litigation-after-review.total': '1' }), {}],
  [
    'R01',
    'pass',
    'the sum',
    withCells(y2021, { 't3.1.total': '5' }),
    {
      units: [unit('甲', withCells(y2021, { 't3.1.total': '2' })), unit('乙', withCells(y2021, { 't3.1.total': '3' }))],
    },
  ],
  [
    'R01',
    'fail',
    'one left out',
    withCells(y2021, { 't3.1.total': '2' }),
    {
      units: [unit('甲', withCells(y2021, { 't3.1.total': '2' })), unit('乙', withCells(y2021, { 't3.1.total': '3' }))],
    },
  ],
  ['R01', 'not-assessable', 'no units', y2021, {}],
  ['R02', 'fail', 'one has not reported', y2021, { units: [unit('甲', y2021), unit('乙', null)] }],
  ['R02', 'pass', 'one is exempt', y2021, { units: [unit('甲', y2021), unit('乙', null, { exemption: '新设' })] }],
  ['R02', 'not-assessable', 'no units', y2021, {}],
  ['R03', 'pass', 'permits add up', permits('5'), { units: [unit('甲', permits('2')), unit('乙', permits('3'))] }],
  ['R03', 'fail', 'counted twice', permits('8'), { units: [unit('甲', permits('2')), unit('乙', permits('3'))] }],
  ['R03', 'not-assessable', 'no units', y2021, {}],
  ['R04', 'fail', 'listed twice', y2021, { units: [unit('甲', y2021), unit('甲', y2021)] }],
  ['R04', 'pass', 'each once', y2021, { units: [unit('甲', y2021), unit('乙', y2021, { containedIn: '甲' })] }],
  ['R04', 'not-assessable', 'no units', y2021, {}],
  [
    'R05',
    'fail',
    'an organ alone that adds units up',
    { ...y2021, scope: 'organ' },
    { units: [unit('甲', y2021), unit('乙', y2021)] },
  ],
  ['R05', 'pass', 'a region', { ...y2021, scope: 'region' }, {}],
  ['U01', 'pass', 'in time', y2021, { publication: shown, days }],
  ['U01', 'fail', 'late', y2021, { publication: shown, days: { ...days, published: '2022-02-03' } }],
  ['U01', 'not-assessable', 'not public', y2021, {}],
  ['U02', 'pass', 'as signed', y2021, { publication: shown }],
  ['U02', 'fail', 'swapped', y2021, { publication: { ...shown, servedSha256: 'b'.repeat(64) } }],
  ['U02', 'not-assessable', 'not public', y2021, {}],
  ['U03', 'pass', 'one text', y2021, { publication: shown }],
  ['U03', 'fail', 'no open format', y2021, { publication: { ...shown, openFormat: false } }],
  ['U03', 'not-assessable', 'not public', y2021, {}],
  ['U04', 'pass', 'listed', y2021, { publication: shown }],
  ['U04', 'fail', 'not listed', y2021, { publication: { ...shown, listed: false } }],
  ['U04', 'not-assessable', 'not public', y2021, {}],
];

const statusesOf = (rule: string, report: AnnualReport, context: Partial<CheckContext>): string[] =>
  checkReport(report, { settings: NATIONAL_SETTINGS, ...context })
    .filter((result) => result.rule === rule)
    .map(({ status }) => status);
/** The worst outcome is the one that counts: one failure among passes is a failure. */
const worst = (statuses: readonly string[]): string | undefined =>
  ['fail', 'not-assessable', 'pass'].find((status) => statuses.includes(status));

describe('a rule on figures', () => {
  it.each(CASES.map((one) => [...one] as const))('%s: %s, %s', (rule, status, _what, report, context) => {
    expect(worst(statusesOf(rule, report, context))).toBe(status);
  });

  it('names the unit that explains a difference', () => {
    const units = [unit('甲局', permits('2')), unit('乙局', permits('3'))];
    const failed = checkReport(permits('2'), { settings: NATIONAL_SETTINGS, units }).find(
      ({ rule, status }) => rule === 'R03' && status === 'fail',
    );
    expect(failed).toMatchObject({ expected: '5', found: '2', formula: '2 − 5 = -3' });
    expect(failed?.message.zh).toContain('恰好少“乙局”的 3，可能漏计');
  });

  it('never throws and never blocks for want of knowledge', () => {
    fc.assert(
      fc.property(fc.oneof(...FORMATS.map(annualReportArbitrary)), (report) => {
        const results = checkReport(report);
        expect(results.filter(({ message }) => message.zh.includes('执行出错'))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a single changed cell', () => {
  const IDENTITIES = new Set(['T3-01', 'T3-02', 'T3-03', 'T4-01']);
  it('makes exactly the sums fail that name it', () => {
    const arbitrary = fc.oneof(...FORMATS.map(annualReportArbitrary)).chain((report) => {
      const format = formatById(report.format);
      const places = (format?.tables ?? []).filter(({ id }) => id !== 't2').flatMap(cellsOf);
      return fc.record({ report: fc.constant(report), at: fc.constantFrom(...places) });
    });
    fc.assert(
      fc.property(arbitrary, ({ report, at }) => {
        const cell = report.tables[at.table.id]?.[at.id];
        const changed = withCells(report, { [at.id]: String(Number(cell?.state === 'value' ? cell.value : 0) + 1) });
        const failed = checkReport(changed).filter(({ rule, status }) => IDENTITIES.has(rule) && status === 'fail');
        expect(failed.length).toBeGreaterThan(0);
        for (const { place } of failed) {
          const named = 'table' in place && place.table === at.table.id && (place.row ?? at.row.id) === at.row.id;
          expect(
            named &&
              (!('column' in place) ||
                place.column === at.column.id ||
                at.table.id === 't4' ||
                place.row !== undefined),
          ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
