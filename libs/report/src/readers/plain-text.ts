import type { Refusal } from '#domain/decision';
import { readReportDocument, type ReportReading } from './read-report-document.js';
import { textDocument } from './text-document.js';

/** Reads a report that is text: one cell per line, cells parted by tabs, or tables drawn with bars. Refuses what `readReportDocument` refuses. */
export function readPlainText(
  text: string,
): ReportReading | Refusal<'empty_file' | 'not_a_report' | 'truncated_report' | 'invalid_report'> {
  return readReportDocument(textDocument(text));
}
