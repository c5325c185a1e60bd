import { cellName, formatById } from '../format.js';
import type { AnnualReport } from '../model.js';
import { judged, notAssessable, placeById, tablePlaces, unfilled, wholeById } from './figures.js';
import { ALL_FORMATS, placeOf, wholeAt, type Outcome, type Rule, type Subject } from './rule.js';

/** The report of the year before, or why there is none to compare with. */
function lastYearOf({ report, context }: Subject): AnnualReport | Outcome {
  const { lastYear } = context;
  const place = { part: 'report' } as const;
  if (lastYear === undefined) return notAssessable(place, '没有上一年度报告', 'no report of the year before');
  if (lastYear.year === report.year - 1) return lastYear;
  return notAssessable(place, `上年报告是 ${lastYear.year} 年度的`, `the earlier report is for ${lastYear.year}`);
}

const isOutcome = (value: AnnualReport | Outcome): value is Outcome => 'status' in value;

/** 二、上年结转 = 上年的 四、结转下年度, in every column; both formats have both rows. */
function carriedOver(subject: Subject): readonly Outcome[] {
  const lastYear = lastYearOf(subject);
  if (isOutcome(lastYear)) return [lastYear];
  const { report, format } = subject;
  return tablePlaces(format, 't3')
    .filter(({ row }) => row.id === '2')
    .map((at): Outcome => {
      const now = wholeAt(report, at);
      const before = wholeById(lastYear, `t3.4.${at.column.id}`);
      if (now === null) return unfilled(at);
      if (before === null)
        return notAssessable(
          placeOf(at),
          `上年结转下年度（${at.column.name}）未填`,
          `last year's row 四 (${at.column.name}) holds no number`,
        );
      const numbers = { expected: String(before), found: String(now), formula: `${now} = ${before}` };
      const name = cellName(at);
      return judged(
        now === before,
        placeOf(at),
        numbers,
        {
          pass: { zh: `${name} ${now}，与上年结转下年度相同`, en: `${name}: ${now}, as carried over last year` },
          fail: {
            zh: `${name}为 ${now}，上年“结转下年度继续办理”为 ${before}；请核对，口径有变的请说明`,
            en: `${name} is ${now}, last year carried over ${before}; check, or say why`,
          },
        },
        at.column.id === 'total' ? { fix: String(before) } : { severity: 'W', fix: String(before) },
      );
    });
}

/** 现行有效 = 上年现行有效 + 制发 − 废止, for 规章 and 行政规范性文件. */
function inForce(subject: Subject): readonly Outcome[] {
  const lastYear = lastYearOf(subject);
  if (isOutcome(lastYear)) return [lastYear];
  if (formatById(lastYear.format)?.id !== subject.format.id)
    return [notAssessable({ table: 't2' }, '上年报告用的是另一格式', 'last year used another format')];
  return sumOverYears(subject, lastYear, {
    total: 'in-force',
    terms: (id, report) => {
      const made = wholeById(report, id('made'));
      const repealed = wholeById(report, id('repealed'));
      const before = wholeById(lastYear, id('in-force'));
      return made === null || repealed === null || before === null
        ? null
        : { sum: before + made - repealed, formula: `${before} + ${made} − ${repealed}` };
    },
  });
}

/** 上一年项目数量 = 上年的 上一年项目数量 + 本年增/减. */
function itemsOverYears(subject: Subject): readonly Outcome[] {
  const lastYear = lastYearOf(subject);
  if (isOutcome(lastYear)) return [lastYear];
  if (lastYear.format !== subject.format.id)
    return [notAssessable({ table: 't2' }, '上年报告用的是另一格式', 'last year used another format')];
  return sumOverYears(subject, lastYear, {
    total: 'previous',
    terms: (id) => {
      const previous = wholeById(lastYear, id('previous'));
      const change = wholeById(lastYear, id('change'));
      return previous === null || change === null
        ? null
        : { sum: previous + change, formula: `${previous} + ${change}` };
    },
  });
}

interface OverYears {
  readonly total: string;
  readonly terms: (id: (column: string) => string, report: AnnualReport) => { sum: bigint; formula: string } | null;
}

function sumOverYears(
  { report, format }: Subject,
  _lastYear: AnnualReport,
  { total, terms }: OverYears,
): readonly Outcome[] {
  return tablePlaces(format, 't2')
    .filter(({ column }) => column.id === total)
    .map((at): Outcome => {
      const id = (column: string): string => at.id.replace(/[^.]+$/, column);
      const now = wholeAt(report, at);
      const due = terms(id, report);
      if (now === null) return unfilled(at);
      if (due === null)
        return notAssessable(
          placeOf(at),
          `${cellName(at)}：上年或本年有数字未填`,
          `${cellName(at)}: a number is missing`,
        );
      const formula = `${due.formula} = ${due.sum}`;
      const numbers = { expected: String(due.sum), found: String(now), formula };
      return judged(now === due.sum, placeOf(at), numbers, {
        pass: { zh: `${cellName(at)}与上年相接：${formula}`, en: `${cellName(at)} follows from last year: ${formula}` },
        fail: {
          zh: `${cellName(at)}应为 ${formula}，实为 ${now}，相差 ${now - due.sum}；清理旧件等情况请说明`,
          en: `${cellName(at)} should be ${formula}, not ${now} (difference ${now - due.sum}); explain a clean-up`,
        },
      });
    });
}

/** 尚未审结 of last year has to appear this year, closed or still open. */
function pendingReappears(subject: Subject): readonly Outcome[] {
  const lastYear = lastYearOf(subject);
  if (isOutcome(lastYear)) return [lastYear];
  const { report, format } = subject;
  return tablePlaces(format, 't4')
    .filter(({ column }) => column.id.endsWith('.total'))
    .map((at): Outcome => {
      const pending = wholeById(lastYear, at.id.replace(/total$/, 'pending'));
      const now = wholeAt(report, at);
      if (now === null || pending === null)
        return now === null
          ? unfilled(at)
          : notAssessable(placeOf(at), '上年尚未审结数未填', "last year's open cases are missing");
      const numbers = { expected: `≥ ${pending}`, found: String(now), formula: `${now} ≥ ${pending}` };
      return judged(now >= pending, placeOf(at), numbers, {
        pass: {
          zh: `${cellName(at)} ${now}，不少于上年尚未审结 ${pending}`,
          en: `${cellName(at)}: ${now}, last year left ${pending} open`,
        },
        fail: {
          zh: `${cellName(at)} ${now}，少于上年尚未审结的 ${pending} 件；上年未结的案件应在本年审结或仍为未结`,
          en: `${cellName(at)} is ${now}, but last year left ${pending} open; they must be closed or open this year`,
        },
      });
    });
}

/** 复议后起诉 needs a 复议 this year or last. */
function suitAfterReview(subject: Subject): readonly Outcome[] {
  const { report, format, context } = subject;
  const suits = placeById(format, 't4.litigation-after-review.total');
  const reviews = placeById(format, 't4.review.total');
  if (suits === undefined || reviews === undefined) return [];
  const [brought, reviewed] = [wholeAt(report, suits), wholeAt(report, reviews)];
  if (brought === null) return [unfilled(suits)];
  if (reviewed === null) return [unfilled(reviews)];
  const before = context.lastYear === undefined ? null : wholeById(context.lastYear, reviews.id);
  const numbers = {
    expected: '复议 > 0',
    found: String(reviewed),
    formula: `复议后起诉 ${brought}，复议 ${reviewed}，上年复议 ${before ?? '□'}`,
  };
  if (brought > 0n && reviewed === 0n && before === null)
    return [
      notAssessable(
        placeOf(suits),
        '有复议后起诉而本年无复议，上年情况未知',
        'suits after review, none reviewed this year, last year unknown',
      ),
    ];
  return [
    judged(brought === 0n || reviewed > 0n || (before ?? 0n) > 0n, placeOf(suits), numbers, {
      pass: { zh: '复议后起诉与复议件数相符', en: 'suits after review go with reviews' },
      fail: {
        zh: `复议后起诉 ${brought} 件，而本年和上年行政复议均为 0；请核对起诉是否应计入“未经复议直接起诉”`,
        en: `${brought} suits after review, but no review this year or last; do they belong under direct suits?`,
      },
    }),
  ];
}

/** A case in which the reviewing organ is sued along is counted by the organ that acted first; people have to be reminded. */
function jointCases({ report, format }: Subject): readonly Outcome[] {
  const at = placeById(format, 't4.litigation-after-review.total');
  const suits = at === undefined ? null : wholeAt(report, at);
  if (at === undefined || suits === 0n) return [];
  if (suits === null) return [unfilled(at)];
  const message = {
    zh: `复议后起诉 ${suits} 件：复议机关作共同被告的，只由作出原行政行为的机关统计，请确认没有重复`,
    en: `${suits} suits after review: where the reviewing organ is sued along, only the organ that acted first counts the case`,
  };
  return [{ status: 'fail', place: placeOf(at), found: String(suits), message }];
}

const FORM = '国办公开办函〔2021〕30号（四）';
const own = { formats: ALL_FORMATS, version: 1, scope: 'national', source: FORM } as const;

/** Rules that tie a year to the year before. Rules of the catalogue: T2-04, T2-05. */
export const stockRules: readonly Rule[] = [
  { ...own, id: 'T2-04', severity: 'E', overridable: true, formats: ['2021'], check: inForce },
  { ...own, id: 'T2-05', severity: 'W', overridable: false, formats: ['2019'], check: itemsOverYears },
];

/** Rules of the catalogue: T3-05. */
export const carryOverRules: readonly Rule[] = [
  { ...own, id: 'T3-05', severity: 'E', overridable: true, check: carriedOver },
];

/** Rules of the catalogue: T4-02 to T4-04. */
export const litigationRules: readonly Rule[] = [
  { ...own, id: 'T4-02', severity: 'W', overridable: false, check: suitAfterReview },
  { ...own, id: 'T4-03', severity: 'W', overridable: false, check: pendingReappears },
  { ...own, id: 'T4-04', severity: 'I', overridable: false, source: '国办公开办函〔2016〕201号', check: jointCases },
];
