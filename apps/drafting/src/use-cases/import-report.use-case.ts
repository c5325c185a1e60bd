import type { z } from 'zod';
import type { ImportReport, RevisionSaved } from '#contracts/http/drafting.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import type { ReportReading } from '#report/readers/read-report-document';
import type { Asker, DraftingPorts } from '../drafting-ports.js';
import { saveRevision } from './save-report.use-case.js';

/**
 * Keeps what was read from a file as the next revision; a refused file leaves nothing behind. The reading was done
 * before: it takes as long as it takes, and no lock may wait for it. Refuses what the reader and `saveRevision` refuse.
 */
export async function importReport(
  tx: Tx,
  file: { readonly document: string } & Pick<z.infer<typeof ImportReport>, 'baseRevision' | 'fileName'>,
  reading: ReportReading | Refusal,
  asker: Asker,
  ports: Pick<DraftingPorts, 'crypto'>,
): Promise<z.infer<typeof RevisionSaved> | Refusal> {
  if (isRefusal(reading)) return reading;
  const { document, baseRevision, fileName: importedFrom } = file;
  return saveRevision(tx, { document, baseRevision, ...reading, importedFrom, isFile: true }, asker, ports);
}
