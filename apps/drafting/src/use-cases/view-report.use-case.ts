import type { z } from 'zod';
import type { ReportDetail } from '#contracts/http/drafting.api';
import { getContent } from '#content-store/content-store';
import { refuse, type Refusal } from '#domain/decision';
import { serviceKeys } from '#evidence/trust';
import type { Handle } from '#persistence/sql';
import type { AnnualReport } from '#report/model';
import { checkContextOf } from '../check-context.js';
import { checkContent, type FrozenChecks, summaryOf } from '../content-checks.js';
import type { DraftingPorts } from '../drafting-ports.js';
import { maySee } from '../drafting-rights.js';
import { opened, storedEnvelope } from '#signoff/stored-evidence';
import { findReport, lastSubmission, requireRevision } from '../persistence/report.repository.js';

/** The report with its newest revision and that revision's checks. Refuses not_found, also to whoever may not see it. */
export async function viewReport(
  handle: Handle,
  document: string,
  person: string,
  ports: DraftingPorts,
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
    checks: content === null ? [] : checkContent(content, await checkContextOf(handle, report)).results.map(summaryOf),
    explained: state === 'draft' || state === 'returned' ? [] : await explainedAt(handle, document, ports),
    case: caseId,
    round,
    path: livePath,
  };
}

/** The sentences given at the last submission; those who sign see them first. */
async function explainedAt(
  handle: Handle,
  document: string,
  { trust, crypto }: DraftingPorts,
): Promise<z.infer<typeof ReportDetail>['explained']> {
  const submission = await lastSubmission(handle, document);
  if (submission === undefined) return [];
  const envelope = await storedEnvelope(handle, submission.submission);
  const { statement } = opened('submission', envelope, serviceKeys(trust, 'drafting', crypto), crypto);
  const frozen = JSON.parse(new TextDecoder().decode(await getContent(handle, statement.checks))) as FrozenChecks;
  return frozen.explained.map((one) => ({ ...summaryOf(one), sentence: one.sentence }));
}
