import { isRefusal, type Refusal } from '#domain/decision';
import { decodeText } from '#report/readers/decode';
import { readPlainText } from '#report/readers/plain-text';

/** Reads a report file. Refuses what `decodeText` and `readPlainText` refuse; nothing is kept of a refused file. */
export function readReportFile(bytes: Uint8Array): ReportReading | Refusal {
  const decoded = decodeText(bytes);
  return isRefusal(decoded) ? decoded : readPlainText(decoded.text);
}
