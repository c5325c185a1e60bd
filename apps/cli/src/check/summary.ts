import type { Language } from '../output.js';
import type { CheckedFile } from './checked-file.js';

/** What many files came to: how many are fit, must be mended, could not be read, and which rules failed in how many of them. */
export interface CheckSummary {
  readonly files: number;
  readonly fit: number;
  readonly toMend: number;
  readonly unread: number;
  readonly rules: readonly { readonly rule: string; readonly files: number }[];
}

/** Counts the files by their outcome; rules with the most files first. */
export function summaryOf(checked: readonly CheckedFile[]): CheckSummary {
  const rules = new Map<string, number>();
  for (const { findings, checks } of checked) {
    const failed = checks.filter(({ status, severity }) => status === 'fail' && severity !== 'I');
    const noticed = findings.filter(({ severity }) => severity !== 'I');
    for (const rule of new Set([...failed, ...noticed].map((one) => one.rule)))
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
  }
  const unread = checked.filter(({ refusal }) => refusal !== undefined).length;
  const fit = checked.filter(({ blocked }) => !blocked).length;
  return {
    files: checked.length,
    fit,
    toMend: checked.length - fit - unread,
    unread,
    rules: [...rules]
      .map(([rule, files]) => ({ rule, files }))
      .toSorted((a, b) => b.files - a.files || a.rule.localeCompare(b.rule)),
  };
}

const SHOWN_RULES = 12;

/** The summary in lines for people. */
export function summaryLines(
  { files, fit, toMend, unread, rules }: CheckSummary,
  language: Language,
): readonly string[] {
  const zh = language === 'zh';
  const top = rules.slice(0, SHOWN_RULES).map(({ rule, files: count }) => `${rule} ${count}`);
  return [
    zh
      ? `共 ${files} 份：可送审 ${fit}，须改正 ${toMend}，无法读取 ${unread}`
      : `${files} files: ${fit} fit, ${toMend} to mend, ${unread} not read`,
    ...(top.length === 0
      ? []
      : [zh ? `涉及最多的规则（份数）：${top.join('，')}` : `most frequent rules (files): ${top.join(', ')}`]),
  ];
}
