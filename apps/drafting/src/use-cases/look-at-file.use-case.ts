import type { z } from 'zod';
import type { ReadReport, ReportRead } from '#contracts/http/drafting.api';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { Handle } from '#persistence/sql';
import { draftFromLastYear } from '#report/draft-from-last-year';
import type { AnnualReport } from '#report/model';
import type { ReportReading } from '#report/readers/read-report-document';
import { checkContextOf } from '../check-context.js';
import { checkContent, summaryOf } from '../content-checks.js';
import type { StoredReport } from '../persistence/report.repository.js';

/**
 * What a person looks at before anything is kept: the report as read, where each figure stood, and what the rules say of it. Of last year's file
 * only frame and prose come into the draft, no figure. Refuses what the reader refuses, and year_differs (found, expected).
 */
export async function lookAtFile(
  handle: Handle,
  report: StoredReport,
  reading: ReportReading | Refusal,
  use: z.infer<typeof ReadReport>['use'],
): Promise<z.infer<typeof ReportRead> | Refusal> {
  if (isRefusal(reading)) return reading;
  const expected = use === 'last-year' ? report.year - 1 : report.year;
  if (reading.report.year !== expected) return refuse('year_differs', { found: reading.report.year, expected });
  const content = use === 'last-year' ? carried(reading.report, report.year) : reading.report;
  if (isRefusal(content)) return content;
  const { results, blocked } = checkContent(content, await checkContextOf(handle, report));
  return {
    report: content,
    findings: [...reading.findings],
    passages: [...reading.passages],
    sources: { ...reading.sources },
    checks: results.map(summaryOf),
    blocked,
    lastYear: use === 'last-year' ? reading.report : null,
  };
}

function carried(lastYear: AnnualReport, year: number): AnnualReport | Refusal<'unknown_format'> {
  const draft = draftFromLastYear(lastYear, year);
  return isRefusal(draft) ? draft : draft.report;
}
