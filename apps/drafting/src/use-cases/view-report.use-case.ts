import type { z } from 'zod';
import type { ReportDetail } from '#contracts/http/drafting.api';
import { refuse, type Refusal } from '#domain/decision';
import type { Handle } from '#persistence/sql';
import type { AnnualReport } from '#report/model';
import { checkContent, summaryOf } from '../content-checks.js';
import { maySee } from '../drafting-rights.js';
import { findReport, requireRevision } from '../persistence/report.repository.js';

/** The report with its newest revision and that revision's checks. Refuses not_found, also to whoever may not see it. */
export async function viewReport(
  handle: Handle,
  document: string,
  person: string,
): Promise<z.infer<typeof ReportDetail> | Refusal<'not_found'>> {
  const report = await findReport(handle, document);
  if (report === undefined || !(await maySee(handle, report, person))) return refuse('not_found');
  const { organ, year, state, headRevision, case: caseId, round, livePath } = report;
  const head = headRevision === 0 ? null : await requireRevision(handle, document, headRevision);
  const content = head === null ? null : (JSON.parse(head.report) as AnnualReport);
  return {
    document,
    organ,
    year,
    state,
    revision: headRevision,
    digest: head?.digest ?? null,
    report: content,
    checks: content === null ? [] : summaryOf(checkContent(content).results),
    case: caseId,
    round,
    path: livePath,
  };
}
