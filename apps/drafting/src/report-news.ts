import { announce } from '#outbox/announce';
import type { Tx } from '#persistence/transaction';
import { saveReportRow, type StoredReport } from './persistence/report.repository.js';

/** Saves a report's row and tells the lists about it, in one transaction. */
export async function saveAndTell(tx: Tx, report: StoredReport, correlationId: string): Promise<void> {
  await saveReportRow(tx, report);
  await tellReport(tx, report, correlationId);
}

/** Tells the lists how a report stands. */
export async function tellReport(tx: Tx, report: StoredReport, correlationId: string): Promise<void> {
  const { document, organ, year, state, headRevision: revision, errors, warnings } = report;
  const body = { document, organ, year, state, revision, errors, warnings };
  await announce(tx, [{ type: 'drafting.report-changed', stream: document, correlationId, body }]);
}
