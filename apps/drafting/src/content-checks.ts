import type { z } from 'zod';
import type { CheckSummary } from '#contracts/http/drafting.api';
import { refuse, type Refusal } from '#domain/decision';
import { type CheckResult, blocksSubmission, checkReport } from '#report/check-report';
import type { AnnualReport } from '#report/model';
import type { CheckContext } from '#report/rules/check-context';
import { checkKey, type Explanation, type SettledChecks, settleChecks } from '#report/settled-checks';

/** A report's checks: every result, how many failed, and whether they bar submission. */
export interface ContentChecks {
  readonly results: readonly CheckResult[];
  readonly errors: number;
  readonly warnings: number;
  readonly blocked: boolean;
}

/** The checks document frozen with a submission; its digest is in the signed statement. Overridden errors come first; `opened`: what a correction could change, and why. */
export interface FrozenChecks {
  readonly schema: 'sunward.checks/1';
  readonly explained: readonly (CheckResult & { readonly sentence: string })[];
  readonly results: readonly CheckResult[];
  readonly opened?: readonly FrozenPlace[];
}

/** A place a correction could change; `reason` null for where it began. */
export interface FrozenPlace {
  readonly place: string;
  readonly name: string;
  readonly reason: string | null;
}

/** Applies the whole rule catalogue. */
export function checkContent(report: AnnualReport, context: CheckContext): ContentChecks {
  const results = checkReport(report, context);
  const failed = (severity: CheckResult['severity']): number =>
    results.filter((result) => result.status === 'fail' && result.severity === severity).length;
  return { results, errors: failed('E'), warnings: failed('W'), blocked: blocksSubmission(results) };
}

/** What a door shows of a result. */
export function summaryOf(result: CheckResult): z.infer<typeof CheckSummary> {
  const { rule, version, severity, overridable, status, message, place, expected, found, formula, fix, reveals } =
    result;
  return {
    key: checkKey(result),
    rule,
    version,
    severity,
    overridable,
    status,
    message: { ...message },
    place,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(formula === undefined ? {} : { formula }),
    ...(fix === undefined ? {} : { fix }),
    ...(reveals === undefined ? {} : { reveals }),
  };
}

/**
 * The checks with the sentences given for them, when nothing bars submission any more. Refuses explanation_outdated (count, checks), invalid
 * (errors, rules), warnings_unexplained (warnings, rules).
 */
export function settledForSubmission(
  { results }: ContentChecks,
  explanations: readonly Explanation[],
): SettledChecks | Refusal<'explanation_outdated' | 'invalid' | 'warnings_unexplained'> {
  // No result at all is no clean bill: the engine did not run.
  if (results.length === 0) return refuse('invalid', { errors: 1, rules: ['-'] });
  const settled = settleChecks(results, explanations);
  const { barring, unexplained, unknown } = settled;
  if (unknown.length > 0) return refuse('explanation_outdated', { count: unknown.length, checks: unknown });
  if (barring.length > 0) return refuse('invalid', { errors: barring.length, rules: rulesOf(barring) });
  if (unexplained.length > 0)
    return refuse('warnings_unexplained', { warnings: unexplained.length, rules: rulesOf(unexplained) });
  return settled;
}

/** What is frozen of settled checks, and of the places a correction could change; null where nothing was locked. */
export function frozenChecks(
  { results }: ContentChecks,
  { overridden, explained }: SettledChecks,
  opened: readonly FrozenPlace[] | null,
): FrozenChecks {
  const sentences = [...overridden, ...explained].map(({ check, sentence }) => ({ ...check, sentence }));
  const places = opened?.map(({ place, name, reason }) => ({ place, name, reason }));
  return {
    schema: 'sunward.checks/1',
    explained: sentences,
    results,
    ...(places === undefined ? {} : { opened: places }),
  };
}

/** The sentences in the frozen checks of a submission; the first release asked for none and froze the results alone, as a list. */
export function sentencesIn(frozen: Uint8Array): FrozenChecks['explained'] {
  const read = JSON.parse(new TextDecoder().decode(frozen)) as FrozenChecks | readonly CheckResult[];
  return 'explained' in read ? read.explained : [];
}

const rulesOf = (checks: readonly CheckResult[]): string[] => [...new Set(checks.map(({ rule }) => rule))];
