import { formatById } from './format.js';
import type { AnnualReport } from './model.js';
import type { Severity } from './place.js';
import type { CheckContext } from './rules/check-context.js';
import { RULES } from './rules/catalogue.js';
import { NATIONAL_SETTINGS } from './rules/national-settings.js';
import type { Outcome, Rule } from './rules/rule.js';

/**
 * What one rule found at one place. `fail` with severity E blocks submission; `overridable`: an authorised person may override it in writing.
 * `not-assessable` is never a pass: something the rule needs is missing.
 */
export interface CheckResult extends Outcome {
  readonly rule: string;
  readonly version: number;
  readonly severity: Severity;
  readonly overridable: boolean;
}

/** Applies every rule of the report's format. A rule that breaks blocks (fails closed) and never silences the others. */
export function checkReport(
  report: AnnualReport,
  context: CheckContext = { settings: NATIONAL_SETTINGS },
  rules: readonly Rule[] = RULES,
): readonly CheckResult[] {
  // An unknown format has no rules of its own; then every rule applies and breaks, which blocks.
  const known = formatById(report.format) !== null;
  return rules.filter((rule) => !known || appliesTo(rule, report)).flatMap((rule) => applyRule(rule, report, context));
}

function appliesTo({ formats, years }: Rule, { format, year }: AnnualReport): boolean {
  const inYears = years === undefined || (year >= years.from && (years.to === null || year <= years.to));
  return inYears && (formats === 'all' || formats.includes(format));
}

/** True when the report may not be submitted: some rule of severity E failed, or nothing was checked at all. */
export function blocksSubmission(results: readonly CheckResult[]): boolean {
  return results.length === 0 || results.some(({ status, severity }) => status === 'fail' && severity === 'E');
}

function applyRule(rule: Rule, report: AnnualReport, context: CheckContext): readonly CheckResult[] {
  const own = { rule: rule.id, version: rule.version, severity: rule.severity, overridable: rule.overridable };
  try {
    const format = formatById(report.format);
    if (format === null) throw new RangeError(`no format ${report.format}`);
    return rule.check({ report, format, context }).map((outcome) => ({ ...own, ...outcome }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = {
      zh: `规则 ${rule.id} 执行出错，校验未完成：${reason}`,
      en: `rule ${rule.id} could not be applied, the check is incomplete: ${reason}`,
    };
    return [
      { ...own, severity: 'E', overridable: false, status: 'fail', place: { part: 'report' }, found: reason, message },
    ];
  }
}
