import { isRefusalCode, refusalSentence } from '#contracts/refusals';
import { isRefusal, type Refusal } from '#domain/decision';
import { blocksSubmission, type CheckResult, checkReport } from '#report/check-report';
import type { Finding } from '#report/finding';
import type { AnnualReport } from '#report/model';
import type { Message } from '#report/place';
import type { CheckContext } from '#report/rules/check-context';
import type { ReportReading } from '#report/readers/read-report-document';

/** What checking one file found. `blocked`: it could not be submitted as it is. */
export interface CheckedFile {
  readonly file: string;
  readonly blocked: boolean;
  readonly refusal?: { readonly code: string; readonly message: Message; readonly data: Refusal['data'] };
  readonly report?: AnnualReport;
  readonly figures?: { readonly read: number; readonly cells: number };
  readonly findings: readonly Finding[];
  readonly checks: readonly CheckResult[];
}

/** Judges what a reader made of a file. `year`: the report year it must be for, null when any will do. */
export function checkedFile(
  file: string,
  reading: ReportReading | Refusal,
  context: CheckContext,
  year: number | null,
): CheckedFile {
  if (isRefusal(reading)) {
    const refusal = { code: reading.refused, message: refusalMessage(reading), data: reading.data };
    return { file, blocked: true, refusal, findings: [], checks: [] };
  }
  const { report, findings } = reading;
  const checks = [...(year === null ? [] : yearCheck(report, year)), ...checkReport(report, context)];
  const cells = Object.values(report.tables).flatMap((table) => Object.values(table));
  const figures = { read: cells.filter(({ state }) => state === 'value').length, cells: cells.length };
  const unreadable = findings.some(({ severity }) => severity === 'E');
  return { file, blocked: unreadable || blocksSubmission(checks), report, figures, findings, checks };
}

function yearCheck({ year: found }: AnnualReport, expected: number): readonly CheckResult[] {
  if (found === expected) return [];
  const message = {
    zh: `这是 ${found} 年度的报告，要核对的是 ${expected} 年度；请换文件，或改 --year。`,
    en: `This is the report for ${found}, not for ${expected}; choose another file or another --year.`,
  };
  const numbers = { expected: String(expected), found: String(found) };
  const own = { rule: 'S09', version: 1, severity: 'E', overridable: false, status: 'fail' } as const;
  return [{ ...own, place: { part: 'title' }, ...numbers, message }];
}

/** The sentence of a refusal; the code and its data when the catalogue has none. */
export function refusalMessage({ refused, data }: Refusal): Message {
  if (!isRefusalCode(refused))
    return { zh: `${refused} ${JSON.stringify(data)}`, en: `${refused} ${JSON.stringify(data)}` };
  return { zh: refusalSentence(refused, 'zh', data), en: refusalSentence(refused, 'en', data) };
}
