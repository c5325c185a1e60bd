import type { CheckResult } from '#report/check-report';
import { formatById } from '#report/format';
import type { Finding } from '#report/finding';
import type { AnnualReport } from '#report/model';
import type { Message, Severity } from '#report/place';
import type { Language } from '../output.js';
import type { CheckedFile } from './checked-file.js';
import { placeText } from './place-text.js';

/** One thing to say about a file: where, what, how to mend it. */
interface Entry {
  readonly severity: Severity;
  readonly rule: string;
  readonly where: string;
  readonly what: string;
  readonly mend: string | null;
}

const HEADS: Readonly<Record<Severity, Message & { readonly mark: string }>> = {
  E: { zh: '必须改正', en: 'must be mended', mark: '✗' },
  W: { zh: '提醒（改正或说明）', en: 'warnings (mend or explain)', mark: '!' },
  I: { zh: '提示', en: 'for information', mark: '·' },
};

/** What a person reads about one file. `all`: what passed as well, and each check that could not be made. */
export function fileLines(checked: CheckedFile, language: Language, all: boolean): readonly string[] {
  const { file, refusal, report, figures, blocked } = checked;
  const zh = language === 'zh';
  if (refusal !== undefined) return [`✗ ${file}`, `    ${refusal.message[language]}`];
  if (report === undefined || figures === undefined) return [];
  const years = formatById(report.format)?.id ?? report.format;
  const entries = [
    ...checked.findings.map((finding) => findingEntry(finding, report, language)),
    ...checked.checks.filter(({ status }) => status === 'fail').map((check) => checkEntry(check, report, language)),
  ];
  const errors = entries.filter(({ severity }) => severity === 'E').length;
  return [
    report.title,
    zh
      ? `  ${file} · ${years} 年格式 · ${figures.cells} 格中读出 ${figures.read} 格`
      : `  ${file} · format ${years} · ${figures.read} of ${figures.cells} cells read`,
    ...(['E', 'W', 'I'] as const).flatMap((severity) => section(entries, severity, language)),
    ...notAssessed(checked.checks, language, all),
    ...passedLines(checked.checks, report, language, all),
    blocked
      ? zh
        ? `  ✗ 有 ${errors} 处必须改正，不能送审。`
        : `  ✗ ${errors} errors forbid submission.`
      : zh
        ? '  ✓ 没有必须改正之处，可以送审。'
        : '  ✓ Nothing forbids submission.',
  ];
}

function section(entries: readonly Entry[], severity: Severity, language: Language): readonly string[] {
  const own = entries.filter((entry) => entry.severity === severity);
  if (own.length === 0) return [];
  const { mark, [language]: head } = HEADS[severity];
  const lines = own.flatMap(({ rule, where, what, mend }) => [
    `  ${mark} ${rule.padEnd(5)} ${where}`,
    `          ${what}`,
    ...(mend === null ? [] : [`          → ${mend}`]),
  ]);
  return [`  ${head} ${own.length}`, ...lines];
}

function findingEntry(finding: Finding, report: AnnualReport, language: Language): Entry {
  const { severity, rule, place, line, message } = finding;
  const at = line === null ? '' : language === 'zh' ? `（原文第 ${line} 行）` : ` (line ${line} of the file)`;
  return { severity, rule, where: placeText(place, report, language) + at, what: message[language], mend: null };
}

function checkEntry(check: CheckResult, report: AnnualReport, language: Language): Entry {
  const { severity, rule, place, message, formula, fix, overridable } = check;
  const what =
    formula === undefined || message[language].includes(formula)
      ? message[language]
      : `${message[language]}（${formula}）`;
  return {
    severity,
    rule,
    where: placeText(place, report, language),
    what,
    mend: mendText(fix, overridable, language),
  };
}

function mendText(fix: string | undefined, overridable: boolean, language: Language): string | null {
  const zh = language === 'zh';
  if (fix !== undefined)
    return zh ? `可改为：${fix === '' ? '（删去）' : fix}` : `mend it to: ${fix === '' ? '(delete)' : fix}`;
  if (overridable)
    return zh
      ? '确有依据的，可由公开工作机构负责人书面说明后放行'
      : 'may be overridden in writing by the disclosure head';
  return null;
}

/** Never shown as passed: what could not be checked, by rule. */
function notAssessed(checks: readonly CheckResult[], language: Language, all: boolean): readonly string[] {
  const open = checks.filter(({ status }) => status === 'not-assessable');
  if (open.length === 0) return [];
  const rules = [...new Set(open.map(({ rule }) => rule))];
  const head =
    language === 'zh'
      ? `  ? 无法核对 ${open.length} 项：${rules.join(' ')}`
      : `  ? ${open.length} checks could not be made: ${rules.join(' ')}`;
  return all ? [head, ...open.map(({ rule, message }) => `    ? ${rule.padEnd(5)} ${message[language]}`)] : [head];
}

function passedLines(
  checks: readonly CheckResult[],
  report: AnnualReport,
  language: Language,
  all: boolean,
): readonly string[] {
  const passed = checks.filter(({ status }) => status === 'pass');
  const head = language === 'zh' ? `  ✓ 通过 ${passed.length} 项` : `  ✓ ${passed.length} checks passed`;
  if (!all) return [head];
  return [
    head,
    ...passed.map(
      (check) => `    ✓ ${check.rule.padEnd(5)} ${placeText(check.place, report, language)} ${check.message[language]}`,
    ),
  ];
}
