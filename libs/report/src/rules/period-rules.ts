import { ALL_FORMATS, passed, type Outcome, type Rule, type Subject } from './rule.js';

function wholeYear({ report }: Subject): readonly Outcome[] {
  const place = { part: 'period' } as const;
  const expected = `${report.year}-01-01 / ${report.year}-12-31`;
  const found = report.period === null ? '' : `${report.period.from} / ${report.period.to}`;
  if (found === expected)
    return [passed(place, `统计期限为 ${report.year} 年全年`, `the period is the year ${report.year}`)];
  const fix = `${report.year}年1月1日至${report.year}年12月31日`;
  const message =
    report.period === null
      ? { zh: `统计期限：没有写明，应为${fix}；请在引言中补写`, en: `no period is stated; it must be ${expected}` }
      : { zh: `统计期限：应为${fix}，实为 ${found}；请改正`, en: `the period must be ${expected}, not ${found}` };
  return [{ status: 'fail', place, expected, found, fix, message }];
}

/** Rules on dates. Rules of the catalogue: D. */
export const periodRules: readonly Rule[] = [
  {
    id: 'D01',
    severity: 'E',
    overridable: false,
    formats: ALL_FORMATS,
    version: 1,
    scope: 'national',
    source: '条例第四十九条；DB51/T 2660-2019 2.1',
    check: wholeYear,
  },
];
