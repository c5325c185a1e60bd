import { isRealDate } from '../real-date.js';
import type { ReportDays } from './check-context.js';
import { nationalRule } from './national-rule.js';
import { otherPeriodsAreDeliberate } from './period-words-check.js';
import { failureIn, failuresOr, notAssessable, passagesOf, rangesOf, type Passage } from './report-passages.js';
import type { Outcome, Rule, Subject } from './rule.js';
import { passed } from './rule.js';

const REPORT = { part: 'report' } as const;
const DATE =
  /(?<!\d)(?:(?<year>(?:19|20)\d{2})\s*(?:年|[-/.](?=\d{1,2}[-/.]\d{1,2}(?![\d.])))\s*)?(?<month>\d{1,2})(?:\s*月\s*(?<day>\d{1,2})\s*日|[-/.](?<plainDay>\d{1,2})(?![\d.]))/gu;

/** D04: every date in the text, and every day given for the report, exists. */
function datesAreReal({ report, context }: Subject): readonly Outcome[] {
  const failures = [...passagesOf(report).flatMap(falseDatesIn), ...falseDays(context.days)];
  return failuresOr(failures, '日期均为真实日期', 'every date exists');
}

function falseDatesIn(passage: Passage): readonly Outcome[] {
  return rangesOf(passage.text, DATE).flatMap((range): Outcome[] => {
    const { year, month = '', day, plainDay } = range.match.groups ?? {};
    // Without 月 and 日 only a full date is one: 3.15 or 10-20 may be anything.
    if (plainDay !== undefined && year === undefined) return [];
    const text = `${year ?? '2020'}-${month.padStart(2, '0')}-${(day ?? plainDay ?? '').padStart(2, '0')}`;
    if (isRealDate(text)) return [];
    const zh = `“${range.match[0]}”不是真实日期；请核对月份和日期`;
    return [
      failureIn(passage, range, {
        zh,
        en: `"${range.match[0]}" is no date; see to month and day`,
        expected: '真实日期',
      }),
    ];
  });
}

const DAY_NAMES: readonly (readonly [keyof ReportDays, string])[] = [
  ['today', '当前日期'],
  ['deadline', '截止日期'],
  ['submitted', '报送日期'],
  ['written', '成文日期'],
  ['published', '发布日期'],
];

function falseDays(days: ReportDays | undefined): readonly Outcome[] {
  return DAY_NAMES.flatMap(([id, name]): Outcome[] => {
    const day = days?.[id];
    if (day === undefined || isRealDate(day)) return [];
    const message = { zh: `${name}：“${day}”不是真实日期；请改正`, en: `${id}: "${day}" is no date; correct it` };
    return [{ status: 'fail', place: REPORT, expected: `${name}：真实日期`, found: day, message }];
  });
}

/** D03: handed in and published by the deadline of the organ's level, or an earlier local one; overdue when neither has happened yet. */
function deadlineIsKept({ report, context }: Subject): readonly Outcome[] {
  const { days, profile } = context;
  const statutory = profile === undefined || profile.level === 5 ? undefined : profile.government ? '03-31' : '01-31';
  const bounds = [days?.deadline, statutory === undefined ? undefined : `${report.year + 1}-${statutory}`];
  const deadline = bounds.filter((day) => day !== undefined).toSorted()[0];
  if (days === undefined || deadline === undefined)
    return notAssessable(
      REPORT,
      days === undefined ? '没有报送、发布日期，无法核对期限' : '没有本级截止日期，也没有机关资料，无法核对期限',
      days === undefined
        ? 'no days are known, the deadline cannot be checked'
        : 'neither deadline nor profile is known',
    );
  const done = [
    ['submitted', '报送', 'submitted', days.submitted],
    ['published', '发布', 'published', days.published],
  ] as const;
  const happened = done.filter(([, , , day]) => day !== undefined);
  const dated =
    happened.length > 0 ? happened : ([['today', '今日尚未报送', 'not submitted yet', days.today]] as const);
  return dated.map(([, zh, en, day = '']): Outcome => {
    const formula = `${day} ≤ ${deadline}`;
    const numbers = { expected: `≤ ${deadline}`, found: day, formula };
    if (day <= deadline) return { ...passed(REPORT, `${zh}：${formula}`, `${en}: ${formula}`), ...numbers };
    const message = {
      zh: `期限：${zh}（${day}）晚于 ${deadline}；请尽快办理并说明逾期原因`,
      en: `deadline: ${en} (${day}) after ${deadline}; act now and give the reason`,
    };
    return { status: 'fail', place: REPORT, ...numbers, message };
  });
}

/** D05: 成文日期 is not after 发布日期, and both are in the year after the report year. */
function daysAreInOrder({ report, context }: Subject): readonly Outcome[] {
  const { written, published } = context.days ?? {};
  if (written === undefined && published === undefined)
    return notAssessable(REPORT, '没有成文日期和发布日期，无法核对先后', 'neither 成文日期 nor 发布日期 is known');
  const year = String(report.year + 1);
  const named = [
    ['成文日期', written],
    ['发布日期', published],
  ] as const;
  const inYear = named.flatMap(([name, day]): Outcome[] => {
    if (day === undefined || day.startsWith(`${year}-`)) return [];
    const message = {
      zh: `${name}：${day} 不在 ${year} 年内；${report.year} 年度报告应在次年成文、发布，请核对`,
      en: `${name}: ${day} is not in ${year}; the report for ${report.year} is written and published the year after`,
    };
    return [{ status: 'fail', place: REPORT, expected: `${name}：${year} 年`, found: day, message }];
  });
  return [...inYear, ...orderOf(written, published, inYear.length > 0)];
}

function orderOf(written: string | undefined, published: string | undefined, failed: boolean): readonly Outcome[] {
  if (written === undefined || published === undefined) {
    const [zh, en] =
      written === undefined ? ['成文日期', 'the day of writing'] : ['发布日期', 'the day of publication'];
    return notAssessable(REPORT, `没有${zh}，无法核对先后`, `${en} is not known, the order cannot be checked`);
  }
  const formula = `${written} ≤ ${published}`;
  const numbers = { expected: `≤ ${published}`, found: written, formula };
  if (written <= published)
    return failed
      ? []
      : [{ ...passed(REPORT, `成文、发布：${formula}`, `written, published: ${formula}`), ...numbers }];
  const message = {
    zh: `成文日期：${written} 晚于发布日期 ${published}；请核对两个日期`,
    en: `written on ${written}, after publication on ${published}; see to both days`,
  };
  return [{ status: 'fail', place: REPORT, ...numbers, message }];
}

/** Rules on dates beside the period. Rules of the catalogue: D02–D05. */
export const dateRules: readonly Rule[] = [
  nationalRule('D02', 'W', '粤办函〔2010〕249号', otherPeriodsAreDeliberate),
  // A late report is still due; it must be possible to hand it in with the reason.
  nationalRule('D03', 'E', '条例第四十九条', deadlineIsKept, { overridable: true }),
  nationalRule('D04', 'E', '粤办函〔2010〕249号', datesAreReal),
  nationalRule('D05', 'W', '条例第四十九条', daysAreInOrder),
];
