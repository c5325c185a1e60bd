import type { z } from 'zod';
import type { CheckSummary } from '#contracts/http/drafting.api';
import { type CheckResult, blocksSubmission, checkReport } from '#report/check-report';
import type { AnnualReport } from '#report/model';

/** A report's checks: every result, how many failed, and whether they bar submission. */
export interface ContentChecks {
  readonly results: readonly CheckResult[];
  readonly errors: number;
  readonly warnings: number;
  readonly blocked: boolean;
}

/** Applies the whole rule catalogue. */
export function checkContent(report: AnnualReport): ContentChecks {
  const results = checkReport(report);
  const failed = (severity: CheckResult['severity']): number =>
    results.filter((result) => result.status === 'fail' && result.severity === severity).length;
  return { results, errors: failed('E'), warnings: failed('W'), blocked: blocksSubmission(results) };
}

/** What a door shows of the results. */
export function summaryOf(results: readonly CheckResult[]): z.infer<typeof CheckSummary>[] {
  return results.map(({ rule, severity, status, message, place }) => ({
    rule,
    severity,
    status,
    message: { ...message },
    place,
  }));
}

/** The rules that bar submission, each once. */
export function failedRules({ results }: ContentChecks): string[] {
  const barring = results.filter(({ status, severity }) => status === 'fail' && severity === 'E');
  return [...new Set(barring.map(({ rule }) => rule))];
}
