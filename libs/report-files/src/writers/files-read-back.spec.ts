import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { cellsOf, FORMATS, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { signedReport } from '../../../../test/support/signed-report.js';
import { readReportFile } from '../read-report-file.js';
import { DERIVED_NAMES, type DerivedName } from './derived-names.js';
import { writeReportFiles } from './report-file-set.js';

/** How many random reports, half of each format: a few at every run, 500 with PROOF_RUNS=500. */
const RUNS = Number(process.env['PROOF_RUNS'] ?? 12);

async function filesOf(report: AnnualReport): Promise<Record<DerivedName, Uint8Array>> {
  const made = await writeReportFiles(signedReport(report));
  const bytes = made.map((file) => {
    if (!('bytes' in file)) throw new Error(`${file.name}: ${file.code} ${file.detail}`);
    return [file.name, file.bytes];
  });
  return Object.fromEntries(bytes) as Record<DerivedName, Uint8Array>;
}

/** Every cell as `[id, state, value, unit]`, in the order of the form. */
function cellsIn(report: AnnualReport): unknown[] {
  return (formatById(report.format)?.tables ?? []).flatMap(cellsOf).map(({ id, table }) => {
    const cell = report.tables[table.id]?.[id];
    return cell?.state === 'value' ? [id, cell.state, cell.value, cell.unit] : [id, cell?.state];
  });
}

/** What must come back from a file that holds the whole report. */
function essence(report: AnnualReport): unknown {
  const { format, year, title, preface, chapters } = report;
  return { format, year, title, preface, chapters, cells: cellsIn(report) };
}

/** Fields of CSV by RFC 4180 alone, without the byte order mark. */
function csvRecords(bytes: Uint8Array): string[][] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  expect(text.startsWith('\ufeff')).toBe(true);
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') records.push([]);
  }
  return records.slice(0, -1);
}

function expectCsv(bytes: Uint8Array, report: AnnualReport): void {
  const [head = [], ...lines] = csvRecords(bytes);
  const field = (line: readonly string[], name: string): string => (line[head.indexOf(name)] ?? '').replace(/^'/, '');
  const found = lines.map((line) => {
    const id = ['table', 'block', 'row_id', 'column_id'].map((name) => field(line, name)).filter((part) => part !== '');
    const state = field(line, 'state');
    return state === 'value'
      ? [id.join('.'), state, field(line, 'value'), field(line, 'unit') || undefined]
      : [id.join('.'), state];
  });
  expect(found).toEqual(cellsIn(report));
}

/** An independent reader: no formula but sums of figures and checks, and every text a text. */
async function expectNoFormula(bytes: Uint8Array): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
  workbook.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.formula !== undefined) expect(cell.formula).toMatch(/^(?:IF|SUM)\(/);
        expect(cell.type).not.toBe(ExcelJS.ValueType.Hyperlink);
      }),
    ),
  );
}

describe.each(FORMATS.map((format) => [format.id, format] as const))('random reports of format %s', (_id, format) => {
  it('read back from every file, cell by cell, and give the same bytes again', async () => {
    await fc.assert(
      fc.asyncProperty(annualReportArbitrary(format), async (report) => {
        const files = await filesOf(report);
        expectCsv(files['report.csv'], report);
        await expectNoFormula(files['report.xlsx']);
        for (const name of ['report.xlsx', 'report.docx', 'report.pdf'] as const) {
          const read = await readReportFile(files[name]);
          expect([name, isRefusal(read) ? read : essence(read.report)]).toEqual([name, essence(report)]);
        }
        const again = await filesOf(structuredClone(report));
        for (const name of DERIVED_NAMES) expect([name, Buffer.compare(again[name], files[name])]).toEqual([name, 0]);
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  }, 3_600_000);
});
