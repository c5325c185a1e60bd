import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { FORMATS } from '#report/format';
import type { AnnualReport } from '#report/model';
import { readPlainText } from '#report/readers/plain-text';
import { reportHtml } from '#report/writers/report-html';
import { reportText } from '#report/writers/report-text';
import { annualReportArbitrary } from '../../../test/support/report-arbitrary.js';
import { readReportFile } from './read-report-file.js';
import { reportDocx } from './writers/docx-writer.js';
import { reportXlsx } from './writers/xlsx-template.js';

const reading = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample is a report');
const sample = reading.report;

const WRITERS: Readonly<Record<string, (report: AnnualReport) => Promise<Uint8Array>>> = {
  text: async (report) => new TextEncoder().encode(reportText(report)),
  html: async (report) => new TextEncoder().encode(reportHtml(report)),
  docx: reportDocx,
  xlsx: reportXlsx,
};

/** Units and signs may be spelled another way when printed; everything else must come back. */
function comparable(report: AnnualReport): unknown {
  const tables = Object.entries(report.tables).map(([id, cells]) => [
    id,
    Object.entries(cells).map(([cell, { original, ...rest }]) => [
      cell,
      rest,
      rest.state === 'value' ? null : original,
    ]),
  ]);
  return { ...report, tables };
}

describe.each(Object.entries(WRITERS))('a report written as %s', (_kind, write) => {
  it('reads back to the same report', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(...FORMATS.map(annualReportArbitrary)), async (report) => {
        const back = await readReportFile(await write(report));
        expect(isRefusal(back) ? back : comparable(back.report)).toEqual(comparable(report));
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('reads the sample back, with no finding of severity E', async () => {
    const back = await readReportFile(await write(sample));
    if (isRefusal(back)) throw new Error(JSON.stringify(back));
    expect(comparable(back.report)).toEqual(comparable(sample));
    expect(back.findings.filter(({ severity }) => severity === 'E')).toEqual([]);
    expect(Object.keys(back.sources)).toHaveLength(198);
  }, 30_000);
});
