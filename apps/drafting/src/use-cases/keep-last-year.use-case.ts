import type { z } from 'zod';
import { putContent } from '#content-store/content-store';
import type { LastYearKept } from '#contracts/http/drafting.api';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import type { ReportReading } from '#report/readers/read-report-document';
import type { Asker } from '../drafting-ports.js';
import { reportToWrite } from '../drafting-rights.js';
import { putLastYearFile } from '../persistence/last-year-file.repository.js';
import { lockReport } from '../persistence/report.repository.js';

const FILE = 'application/octet-stream';

/** A file as it was sent, with what the reader made of it. */
export interface SentLastYear {
  readonly document: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly reading: ReportReading | Refusal;
}

/**
 * Keeps the file of last year's report beside the draft: its exact bytes as evidence, what was read to compare with and to
 * check against until last year's report is public here. Refuses not_found, not_allowed, what the reader refuses, and
 * year_differs (found, expected).
 */
export async function keepLastYear(
  tx: Tx,
  { document, fileName, bytes, reading }: SentLastYear,
  { person }: Asker,
): Promise<z.infer<typeof LastYearKept> | Refusal> {
  const report = await reportToWrite(tx, await lockReport(tx, document), person);
  if (isRefusal(report)) return report;
  if (isRefusal(reading)) return reading;
  const { year } = reading.report;
  if (year !== report.year - 1) return refuse('year_differs', { found: year, expected: report.year - 1 });
  const digest = await putContent(tx, bytes, FILE);
  await putLastYearFile(tx, document, { fileName, digest, report: reading.report, author: person });
  return { document, year, digest };
}
