import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ReportStarted, StartReport } from '#contracts/http/drafting.api';
import { refuse, type Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { formatFor } from '#report/format';
import type { Asker } from '../drafting-ports.js';
import { knownDirectory, whyNoDrafter } from '../drafting-rights.js';
import { addReport, findReport } from '../persistence/report.repository.js';
import { tellReport } from '../report-news.js';

/**
 * Starts an organ's report for a year, without content. Refuses unknown_organ, not_allowed, unknown_format,
 * report_exists (organ, year).
 */
export async function startReport(
  tx: Tx,
  { organ, year }: z.infer<typeof StartReport>,
  { person, correlationId }: Asker,
): Promise<z.infer<typeof ReportStarted> | Refusal> {
  const directory = await knownDirectory(tx);
  if (!directory.document.organs.some(({ code }) => code === organ)) return refuse('unknown_organ', { organ });
  const refusal = await whyNoDrafter(tx, organ, person);
  if (refusal !== null) return refusal;
  if (formatFor(year) === null) return refuse('unknown_format', { year });
  const document = randomUUID();
  if (!(await addReport(tx, document, organ, year))) return refuse('report_exists', { organ, year });
  const report = await findReport(tx, document);
  if (report === undefined) throw new Error(`report ${document} vanished while it was made`);
  await tellReport(tx, report, correlationId);
  return { document };
}
