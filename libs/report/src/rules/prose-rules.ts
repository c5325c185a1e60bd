import { cellName, cellsOf, tableOf } from '../format.js';
import type { Place } from '../place.js';
import { amountsIn, type ProseAmount } from '../prose-numbers.js';
import { ALL_FORMATS, passed, wholeAt, type Outcome, type Rule, type Subject } from './rule.js';

interface Passage {
  readonly place: Place;
  readonly text: string;
}

function paragraphsOf({ report }: Subject): readonly Passage[] {
  return report.chapters.flatMap(({ no, paragraphs }) =>
    paragraphs.map((text, paragraph) => ({ place: { chapter: no, paragraph }, text })),
  );
}

/** Where a sentence says 其中: the words before it up to the sentence before, the words after it up to the full stop. */
function breakdownsIn(text: string): readonly { readonly from: number; readonly to: number; readonly at: number }[] {
  const breakdowns: { from: number; to: number; at: number }[] = [];
  for (let at = text.indexOf('其中'); at >= 0; at = text.indexOf('其中', at + 1)) {
    // A full stop right before 其中 does not part it from its whole.
    const from =
      Math.max(text.lastIndexOf('。', at - 2), text.lastIndexOf('；', at - 2), text.lastIndexOf('\n', at - 2)) + 1;
    const stop = text.slice(at).search(/[。\n]/u);
    breakdowns.push({ from: at < 2 ? 0 : from, at, to: stop < 0 ? text.length : at + stop });
  }
  return breakdowns;
}

function partsAddUp(subject: Subject): readonly Outcome[] {
  return paragraphsOf(subject).flatMap(({ place, text }) =>
    breakdownsIn(text).flatMap(({ from, at, to }) =>
      partsOutcome(text.slice(from, at), text.slice(at + 2, to), { ...place, from, to }),
    ),
  );
}

// Comparisons with other years and averages stand beside the parts but are none of them.
const BESIDE = /同比|环比|增[长加]|减少|下降|上年|去年|较|平均|累计/u;

function countedIn(text: string): readonly ProseAmount[] {
  return text
    .split(/[；、;]|[，,](?!\d{3}(?!\d))/u)
    .flatMap((clause) => (BESIDE.test(clause) ? [] : amountsIn(clause)));
}

function partsOutcome(before: string, after: string, place: Place): readonly Outcome[] {
  if (after.includes('其中')) return /\d/.test(after) ? [notAddable(place, '分层列举', 'nested breakdowns')] : [];
  const whole = countedIn(before).at(-1);
  const parts = countedIn(after).filter(({ unit }) => unit === whole?.unit);
  if (whole === undefined || parts.length < 2) return [];
  if ([whole, ...parts].some(({ approximate }) => approximate)) return [notAddable(place, '含约数', 'rounded numbers')];
  const sum = parts.reduce((total, { value }) => total + value, 0n);
  const formula = `${parts.map(({ value }) => value).join(' + ')} = ${sum}`;
  const name = `其中各项之和 = ${whole.value}${whole.unit}`;
  const numbers = { expected: String(whole.value), found: String(sum), formula };
  if (sum === whole.value) return [{ ...passed(place, `${name}：${formula}`, `${name}: ${formula}`), ...numbers }];
  const open = /等[。，；]?$|主要/u.test(after);
  const message = {
    zh: `${name} 不成立：${formula}`,
    en: `the quoted parts make ${sum}, the quoted whole is ${whole.value} ${whole.unit}`,
  };
  return [{ status: 'fail', place, ...numbers, ...(open ? { severity: 'W' as const } : {}), message }];
}

function notAddable(place: Place, zh: string, en: string): Outcome {
  return {
    status: 'not-assessable',
    place,
    message: { zh: `其中各项：${zh}，无法核对`, en: `parts of a whole: ${en}, cannot be checked` },
  };
}

interface Claim {
  readonly about: string;
  readonly pattern: RegExp;
  readonly table: 't3' | 't4';
  readonly cells: readonly (readonly [row: string, column: string])[];
}

const NOT = '(?:未|没有|无)';
const HAPPENED = '(?:收到|接到|受理|发生|出现|产生|提起|涉及|因)';

/** Sentences that claim nothing happened, and the cells that must then be 0. Not those on another year or on verdicts only. */
const CLAIMS: readonly Claim[] = [
  {
    about: '未收到申请',
    pattern: new RegExp(
      `${NOT}(?:收到|接到|受理)[^。；复诉重]{0,30}(?:依申请公开|(?:公开|信息)[^。；复诉]{0,6}申请)|零申请`,
      'u',
    ),
    table: 't3',
    cells: [['1', 'total']],
  },
  {
    about: '未发生行政复议',
    pattern: new RegExp(`${NOT}${HAPPENED}[^。；]{0,40}复议`, 'u'),
    table: 't4',
    cells: [['', 'review.total']],
  },
  {
    about: '未发生行政诉讼',
    pattern: new RegExp(`${NOT}${HAPPENED}[^。；]{0,40}诉讼`, 'u'),
    table: 't4',
    cells: [
      ['', 'litigation-direct.total'],
      ['', 'litigation-after-review.total'],
    ],
  },
];
const NO_FEES = /(?:未|没有)[^。；]{0,30}收取[^。；]{0,20}费/u;

function claimsHold(subject: Subject): readonly Outcome[] {
  const { report } = subject;
  return paragraphsOf(subject).flatMap(({ place, text }) =>
    [...text.matchAll(/[^。；]+/gu)].flatMap((sentence) => {
      const at: Place = { ...place, from: sentence.index, to: sentence.index + sentence[0].length };
      if (/上年|上一年|去年|往年|纠正|败诉|撤销/u.test(sentence[0]) || otherYear(sentence[0], report.year)) return [];
      const claims = CLAIMS.filter(({ pattern }) => pattern.test(sentence[0])).flatMap((claim) =>
        claimOutcomes(claim, at, subject),
      );
      return NO_FEES.test(sentence[0]) ? [...claims, noFeeCell(at)] : claims;
    }),
  );
}

function otherYear(sentence: string, year: number): boolean {
  const years = [...sentence.matchAll(/(\d{4})年/g)].map((match) => Number(match[1]));
  return years.length > 0 && !years.includes(year);
}

function noFeeCell(place: Place): Outcome {
  const message = {
    zh: '称未收取费用：表中没有信息处理费一格，无法核对',
    en: 'claims that no fees were taken; the tables have no cell for them',
  };
  return { status: 'not-assessable', place, message };
}

function claimOutcomes(claim: Claim, place: Place, { report, format }: Subject): readonly Outcome[] {
  const cells = cellsOf(tableOf(format, claim.table));
  return claim.cells.map(([row, column]): Outcome => {
    const at = cells.find((cell) => cell.row.id === row && cell.column.id === column);
    if (at === undefined) throw new RangeError(`format ${format.id} has no cell ${row} ${column} in ${claim.table}`);
    const number = wholeAt(report, at);
    const name = `文中称“${claim.about}”，${cellName(at)}`;
    if (number === null)
      return { status: 'not-assessable', place, message: { zh: `${name}未填，无法核对`, en: `${name}: not filled` } };
    const numbers = { expected: '0', found: String(number), formula: `${number} = 0` };
    if (number === 0n) return { ...passed(place, `${name}为 0`, `${name} is 0`), ...numbers };
    return {
      status: 'fail',
      place,
      ...numbers,
      message: { zh: `${name}却为 ${number}`, en: `${name} is ${number}, not 0` },
    };
  });
}

/** Rules between prose and numbers. Rules of the catalogue: P. */
export const proseRules: readonly Rule[] = [
  {
    id: 'P02',
    severity: 'E',
    overridable: true,
    formats: ALL_FORMATS,
    version: 1,
    scope: 'national',
    source: '国办公开办函〔2021〕30号（四）',
    check: partsAddUp,
  },
  {
    id: 'P05',
    severity: 'E',
    overridable: false,
    formats: ALL_FORMATS,
    version: 1,
    scope: 'national',
    source: '国办公开办函〔2021〕30号（四）',
    check: claimsHold,
  },
];
