import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { FORMATS } from '#report/format';
import type { AnnualReport } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import { reportHtml } from '#report/writers/report-html';
import { reportText } from '#report/writers/report-text';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { readReportFile } from '../read-report-file.js';
import { reportDocx } from './docx-writer.js';
import { reportXlsx } from './xlsx-template.js';

const reading = readPlainText(readFileSync(new URL('../../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample must be readable');
const sample = reading.report;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const page = (report: AnnualReport): string =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>x</title></head><body>${reportHtml(report)}</body></html>`;

/** What must come back: words as typed, every cell's state and value. The spelling of a figure may change. */
function essence({ format, year, title, preface, chapters, tables }: AnnualReport): unknown {
  const cells = Object.values(tables).flatMap((table) =>
    Object.entries(table).map(([id, cell]) =>
      cell.state === 'value' ? [id, cell.state, cell.value, cell.unit] : [id, cell.state],
    ),
  );
  return { format, year, title, preface, chapters, cells };
}

describe.each([
  ['text', (report: AnnualReport) => Promise.resolve(utf8(reportText(report))), 20],
  ['HTML', (report: AnnualReport) => Promise.resolve(utf8(page(report))), 20],
  ['DOCX', reportDocx, 8],
  ['XLSX', reportXlsx, 8],
] as const)('%s', (_kind, write, numRuns) => {
  async function back(report: AnnualReport): Promise<unknown> {
    const read = await readReportFile(await write(report));
    return isRefusal(read) ? read : essence(read.report);
  }

  it('of the sample reads back to the sample', async () => {
    expect(await back(sample)).toEqual(essence(sample));
  });

  it.each(FORMATS.map((format) => [format.id, format] as const))(
    'of any report of format %s reads back to that report',
    async (_id, format) => {
      await fc.assert(
        fc.asyncProperty(annualReportArbitrary(format), async (report) => {
          expect(await back(report)).toEqual(essence(report));
        }),
        { numRuns },
      );
    },
    60_000,
  );

  it('keeps what is no figure apart from figures', async () => {
    const states = {
      't3.1.natural-person': { state: 'unfilled', original: '' },
      't3.1.other': { state: 'not-applicable', original: '无' },
      't3.2.natural-person': { state: 'unreadable', original: '若干' },
      't3.2.other': { state: 'unreadable', original: '12' },
      't4.review.total': { state: 'value', value: '7', original: '7' },
    } as const;
    const tables = Object.fromEntries(
      Object.entries(sample.tables).map(([id, cells]) => [
        id,
        { ...cells, ...Object.fromEntries(Object.entries(states).filter(([cell]) => cell.startsWith(`${id}.`))) },
      ]),
    );
    const report = { ...sample, tables };
    expect(await back(report)).toEqual(essence(report));
  });
});
