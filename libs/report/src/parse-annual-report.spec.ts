import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { parseAnnualReport } from './parse-annual-report.js';
import { readPlainText } from './readers/plain-text.js';

const reading = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample must be readable');
const { report } = reading;
const { contact: _contact, ...withoutContact } = report;
const cell = (value: unknown): unknown => ({
  ...report,
  tables: { ...report.tables, t3: { ...report.tables['t3'], 't3.1.total': value } },
});
const amount = (value: unknown): unknown => ({
  ...report,
  tables: { ...report.tables, t2: { ...report.tables['t2'], 't2.20-9.procurement.amount': value } },
});
const chapter = (change: object): unknown => ({ ...report, chapters: [{ ...report.chapters[0], ...change }] });

describe('a value that is no report', () => {
  it.each([
    ['null', null, 'report', 'an object'],
    ['a list', [], 'report', 'an object'],
    ['an unknown field', { ...report, html: '' }, 'report.html', 'no such field'],
    ['a missing field', { ...report, scope: undefined }, 'report.scope', 'one of organ, region'],
    ['an unknown format', { ...report, format: '2008' }, 'report.format', 'one of 2019, 2021'],
    [
      'the tables of another format',
      { ...report, format: '2021' },
      'report.tables.t2.t2.20-1.rules.opened',
      'no such field',
    ],
    [
      'a missing table',
      { ...report, tables: { t2: report.tables['t2'], t3: report.tables['t3'] } },
      'report.tables.t4',
      'a value (missing)',
    ],
    [
      'a table of another name',
      { ...report, tables: { ...report.tables, t5: {} } },
      'report.tables.t5',
      'no such field',
    ],
    [
      'a missing cell',
      { ...report, tables: { ...report.tables, t4: {} } },
      'report.tables.t4.t4.review.upheld',
      'a value (missing)',
    ],
    [
      'a cell of another state',
      cell({ state: 'zero', original: '' }),
      'report.tables.t3.t3.1.total.state',
      'one of value, unfilled, not-applicable, unreadable',
    ],
    ['a cell that is null', cell(null), 'report.tables.t3.t3.1.total', 'an object'],
    [
      'a blank with a value',
      cell({ state: 'unfilled', value: '0', original: '' }),
      'report.tables.t3.t3.1.total.value',
      'no such field',
    ],
    [
      'a number',
      cell({ state: 'value', value: 0, original: '0' }),
      'report.tables.t3.t3.1.total.value',
      'an exact decimal such as "0", "12", "-3", "0.092", at most 18 digits',
    ],
    [
      'a unit on a count',
      cell({ state: 'value', value: '0', unit: '元', printUnit: '元', original: '0' }),
      'report.tables.t3.t3.1.total.unit',
      'no such field',
    ],
    [
      'a unit without its print',
      amount({ state: 'value', value: '1', unit: '元', original: '1' }),
      'report.tables.t2.t2.20-9.procurement.amount',
      'unit and printUnit together or neither',
    ],
    ['chapter 0', chapter({ no: 0 }), 'report.chapters.0.no', 'a whole number from 1 to 15'],
    [
      'a table in a prose chapter',
      chapter({ tableAt: 0 }),
      'report.chapters.0.tableAt',
      'absent: this chapter holds no table',
    ],
    ['an empty paragraph', chapter({ paragraphs: [''] }), 'report.chapters.0.paragraphs.0', 'at least 1 characters'],
    ['a control character', { ...report, title: 'a\u0007' }, 'report.title', 'no U+0007 (at character 1)'],
    ['contact with another field', { ...report, contact: { fax: '1' } }, 'report.contact.fax', 'no such field'],
    [
      'a date that does not exist',
      { ...report, period: { from: '2020-02-30', to: '2020-12-31' } },
      'report.period.from',
      'a real date YYYY-MM-DD',
    ],
  ])('%s is refused with its place', (_what, value, path, expected) => {
    expect(parseAnnualReport(value)).toMatchObject({
      refused: 'invalid_report',
      data: { problems: expect.arrayContaining([{ path, expected }]) },
    });
  });

  it('lists at most 20 problems and counts them all', () => {
    const refusal = parseAnnualReport({ ...report, tables: { t2: {}, t3: {}, t4: {} } });
    expect(refusal).toMatchObject({ data: { found: 198 } });
    expect(isRefusal(refusal) && refusal.data['problems']).toHaveLength(20);
  });
});

describe('a report', () => {
  it.each([
    ['as read', report],
    ['through JSON', JSON.parse(JSON.stringify(report))],
    ['without contact', withoutContact],
    ['with contact', { ...report, contact: { phone: '0454-8621234' } }],
    ['without period', { ...report, period: null }],
    ['with a figure still missing', cell({ state: 'unfilled', original: '' })],
    ['with a figure a rule will refuse', cell({ state: 'value', value: '-1.5', original: '-1.5' })],
  ])('%s is accepted', (_what, value) => {
    expect(parseAnnualReport(value)).toEqual(value);
  });
});
