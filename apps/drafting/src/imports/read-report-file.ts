import { isRefusal, type Refusal } from '#domain/decision';
import { decodeText } from '#report/readers/decode';
import { type PlainTextReading, readPlainText } from '#report/readers/plain-text';

/** How a file's bytes become a report; the service reads in a worker, a test may read in place. */
export type ReadReportFile = (bytes: Uint8Array) => Promise<PlainTextReading | Refusal>;

/** Reads a report file. Refuses what `decodeText` and `readPlainText` refuse; nothing is kept of a refused file. */
export function readReportFile(bytes: Uint8Array): PlainTextReading | Refusal {
  const decoded = decodeText(bytes);
  return isRefusal(decoded) ? decoded : readPlainText(decoded.text);
}
