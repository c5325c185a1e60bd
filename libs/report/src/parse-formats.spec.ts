import { afterEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { annualReportArbitrary } from '../../../test/support/report-arbitrary.js';
import { isRefusal } from '#domain/decision';
import { checkReport } from './check-report.js';
import { cellsOf, FORMATS, formatById, formatFor, installFormats } from './format.js';
import type { FormatDefinition } from './format-definition.js';
import { parseAnnualReport } from './parse-annual-report.js';
import { parseFormats } from './parse-formats.js';
import { readPlainText } from './readers/plain-text.js';
import { reportText } from './writers/report-text.js';

type Json = Record<string, unknown>;

/** A format of a notice to come: the newest one with another document number, one row and one label more, as JSON. */
function laterFormat(change: (text: string) => string = (text) => text): unknown {
  const newest = FORMATS.at(-1);
  const text = JSON.stringify([
    {
      ...newest,
      id: '2028',
      issued: '国办公开办函〔2028〕1号',
      years: { from: 2028, to: null },
      telltale: '本年制发文件数',
    },
  ])
    .replaceAll('本年制发件数', '本年制发文件数')
    .replace(
      /\{"id":"3\.6\.3","labels":(\[[^\]]*\])\}/,
      (row) => `${row},${row.replace('3.6.3', '3.6.4').replace('3.其他', '4.申请人撤回')}`,
    )
    .replaceAll('"3.6.3"]', '"3.6.3","3.6.4"]');
  return JSON.parse(change(text));
}

function parsed(value: unknown): readonly FormatDefinition[] {
  const formats = parseFormats(value);
  if (isRefusal(formats)) throw new Error(JSON.stringify(formats.data));
  return formats;
}

afterEach(() => installFormats([]));

describe('a format that is loaded', () => {
  it('has every shipped format as an example', () => {
    const renamed = (JSON.parse(JSON.stringify(FORMATS)) as Json[]).map((format, index) => ({
      ...format,
      id: `x${index}`,
    }));
    expect(parsed(renamed)).toEqual(renamed);
  });

  it('holds for the years it names and leaves the others alone', () => {
    installFormats(parsed(laterFormat()));
    expect([2020, 2027, 2028, 2040].map((year) => formatFor(year)?.id)).toEqual(['2019', '2021', '2028', '2028']);
  });

  it('is read, written and checked like the shipped ones, its new row included', () => {
    installFormats(parsed(laterFormat()));
    const format = formatById('2028');
    if (format === null) throw new Error('the format was installed');
    expect(format.tables.flatMap(cellsOf).length).toBe((FORMATS.at(-1)?.tables.flatMap(cellsOf).length ?? 0) + 7);
    fc.assert(
      fc.property(annualReportArbitrary(format), (report) => {
        expect(isRefusal(parseAnnualReport(report))).toBe(false);
        const reading = readPlainText(reportText(report));
        if (isRefusal(reading)) throw new Error(reading.refused);
        expect(reading.report.format).toBe('2028');
        expect(valuesOf(reading.report.tables)).toEqual(valuesOf(report.tables));
        const sums = checkReport(report).filter(({ rule }) => rule === 'T3-02');
        expect(sums.filter(({ status }) => status === 'fail')).toEqual([]);
        expect(sums[0]?.formula?.split('+').length).toBe(22);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['an id that is taken', (text: string) => text.replace('"id":"2028"', '"id":"2021"'), 'an id that is not taken'],
    ['a field that does not exist', (text: string) => text.replace('"issued"', '"isued"'), 'no such field'],
    [
      'a sum over a row that does not exist',
      (text: string) => text.replace('"left":["3.7"]', '"left":["3.8"]'),
      'it has no 3.8',
    ],
    ['a head too wide', (text: string) => text.replace('"colSpan":5', '"colSpan":6'), 'rows of width'],
    ['cells with one id', (text: string) => text.replace('"id":"3.6.4"', '"id":"3.6.3"'), 'stands twice'],
    [
      'a chapter of no table',
      (text: string) => text.replace('"table":"t2"}', '"table":"t9"}'),
      'a table of the format',
    ],
  ])('is refused with %s', (_what, change, expected) => {
    const refused = parseFormats(laterFormat(change));
    expect(refused).toMatchObject({ refused: 'invalid_formats' });
    expect(JSON.stringify(refused)).toContain(expected);
  });

  it('is refused when installed twice', () => {
    const [format] = parsed(laterFormat());
    if (format === undefined) throw new Error('a format was parsed');
    expect(() => installFormats([format, format])).toThrow(RangeError);
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void parseFormats(value)),
      { numRuns: 200 },
    );
  });
});

function valuesOf(tables: FormatTables): Json {
  return Object.fromEntries(
    Object.values(tables).flatMap((cells) =>
      Object.entries(cells).map(([id, cell]) => [id, cell.state === 'value' ? cell.value : cell.state]),
    ),
  );
}
type FormatTables = Readonly<
  Record<string, Readonly<Record<string, { readonly state: string; readonly value?: string }>>>
>;
