import { cellName } from '../format.js';
import type { CellPlace } from '../format-definition.js';
import type { Place } from '../place.js';
import { judged, notAssessable, placeById, tablePlaces } from './figures.js';
import { ALL_FORMATS, wholeAt, type Outcome, type Rule, type Subject } from './rule.js';

/** A number quoted in a sentence with the words that name a row of the form. `ways`: cells it may be the sum of, any of them. */
interface Quoted {
  readonly rule: 'P01' | 'P07' | 'P08';
  readonly name: string;
  readonly pattern: RegExp;
  readonly ways: readonly (readonly string[])[];
}

const NUMBER = String.raw`(?<number>\d{1,9}(?:,\d{3})*)\s*(?:件|次|宗|起)`;
/** Words that may stand between the subject and its number; no digit, no stop, nothing that names another subject. */
const BETWEEN = String.raw`[^\d，。；、：（(同占其较上去]{0,12}?`;
const quoted = (words: string): RegExp => new RegExp(`(?:${words})${BETWEEN}${NUMBER}`, 'gu');
const group = (prefix: string): readonly string[] => [`t3.${prefix}.*.total`];

/** What reports quote, in the words they use. Longer phrases first: 不予公开 is not 公开. */
const QUOTED: readonly Quoted[] = [
  {
    rule: 'P01',
    name: '新收申请',
    pattern: quoted(
      '(?:新收|共收到|收到|受理|接收)(?:到|的|各类)?(?:政府信息公开|依申请公开|信息公开|公开)(?:政府信息)?(?:的)?申请',
    ),
    ways: [['t3.1.total'], ['t3.1.total', 't3.2.total']],
  },
  {
    rule: 'P01',
    name: '办结',
    pattern: quoted('(?:办结|答复|办理完毕)(?:政府信息公开|依申请公开|公开)?(?:申请)?'),
    ways: [['t3.3.7.total']],
  },
  { rule: 'P01', name: '予以公开', pattern: quoted('(?<!不)予以公开'), ways: [['t3.3.1.total']] },
  { rule: 'P01', name: '部分公开', pattern: quoted('部分公开'), ways: [['t3.3.2.total']] },
  { rule: 'P01', name: '不予公开', pattern: quoted('不予公开'), ways: [group('3.3')] },
  { rule: 'P01', name: '无法提供', pattern: quoted('无法提供'), ways: [group('3.4')] },
  { rule: 'P01', name: '不予处理', pattern: quoted('不予处理'), ways: [group('3.5')] },
  { rule: 'P01', name: '其他处理', pattern: quoted('其他处理'), ways: [group('3.6'), ['t3.3.6.total']] },
  {
    rule: 'P01',
    name: '结转下年',
    pattern: quoted('结转(?:至|到)?下(?:一)?年度?(?:继续办理)?'),
    ways: [['t3.4.total']],
  },
  { rule: 'P01', name: '上年结转', pattern: quoted('上(?:一)?年度?结转'), ways: [['t3.2.total']] },
  {
    rule: 'P07',
    name: '行政复议',
    pattern: quoted('(?:发生|收到|提起|引发|涉及)(?:政府信息公开|信息公开)?(?:的)?行政复议(?:案件|申请)?'),
    ways: [['t4.review.total']],
  },
  {
    rule: 'P07',
    name: '行政诉讼',
    pattern: quoted('(?:发生|提起|引发|涉及)(?:政府信息公开|信息公开)?(?:的)?行政诉讼(?:案件)?'),
    ways: [['t4.litigation-direct.total', 't4.litigation-after-review.total']],
  },
  {
    rule: 'P08',
    name: '制发规范性文件',
    pattern: quoted('(?:制发|制定|出台)(?:行政)?规范性文件'),
    ways: [['t2.20-1.normative.made']],
  },
  {
    rule: 'P08',
    name: '废止规范性文件',
    pattern: quoted('废止(?:行政)?规范性文件'),
    ways: [['t2.20-1.normative.repealed']],
  },
  {
    rule: 'P08',
    name: '现行有效规范性文件',
    pattern: quoted('现行有效(?:的)?(?:行政)?规范性文件'),
    ways: [['t2.20-1.normative.in-force']],
  },
  {
    rule: 'P08',
    name: '行政许可',
    pattern: quoted('(?:作出|办理|实施)行政许可(?:决定|事项)?'),
    ways: [['t2.20-5.licensing.decisions']],
  },
  {
    rule: 'P08',
    name: '行政处罚',
    pattern: quoted('(?:作出|办理|实施)行政处罚(?:决定|案件)?'),
    ways: [['t2.20-6.penalties.decisions']],
  },
  {
    rule: 'P08',
    name: '行政强制',
    pattern: quoted('(?:作出|办理|实施)行政强制(?:决定|措施)?'),
    ways: [['t2.20-6.enforcement.decisions']],
  },
];

/** Another year, a part of the whole, or an approximation: the number is not the total of this year. */
const OTHER =
  /同比|环比|较上|较去|比上年|去年|上年度?(?!度?结转)|[上下]半年|分别|共同|热线|建议|提案|咨询|信访|投诉|涉及|名义|复议机关|累计|历年|平均|约|近\d|余件|多件|自然人|商业企业|科研机构|网站|信函|当面|现场|电子邮件/u;

/** A number quoted in prose for a row of the form, with the sentence around it. */
export interface QuotedNumber {
  readonly quoted: Quoted;
  readonly found: bigint;
  readonly place: Place;
  readonly sentence: string;
}

/** Numbers of this year that a clear subject names, in the order of the text. */
export function quotedNumbers(subject: Subject): readonly QuotedNumber[] {
  return subject.report.chapters.flatMap(({ no, paragraphs }) =>
    paragraphs.flatMap((text, paragraph) =>
      [...text.matchAll(/[^。；\n]+/gu)].flatMap((sentence) =>
        numbersIn(sentence[0], { chapter: no, paragraph, offset: sentence.index }, subject),
      ),
    ),
  );
}

function quotedFigures(rule: Quoted['rule']): Rule['check'] {
  return (subject) =>
    quotedNumbers(subject)
      .filter(({ quoted: one }) => one.rule === rule)
      .flatMap(({ quoted: one, found, place }) => outcomeOf(one, found, place, subject));
}

interface At {
  readonly chapter: number;
  readonly paragraph: number;
  readonly offset: number;
}

function numbersIn(sentence: string, at: At, subject: Subject): readonly QuotedNumber[] {
  const text = sentence.normalize('NFKC');
  // Places count characters of the text as typed; where normalising changes its length they would be wrong.
  if (text.length !== sentence.length || OTHER.test(text) || otherYear(text, subject.report.year)) return [];
  return QUOTED.flatMap((one) =>
    [...text.matchAll(one.pattern)].map((match): QuotedNumber => {
      const number = match.groups?.['number'] ?? '';
      const from = at.offset + match.index + match[0].lastIndexOf(number);
      const place: Place = { chapter: at.chapter, paragraph: at.paragraph, from, to: from + number.length };
      return { quoted: one, found: BigInt(number.replaceAll(',', '')), place, sentence: text };
    }),
  );
}

function outcomeOf({ name, ways }: Quoted, found: bigint, place: Place, subject: Subject): readonly Outcome[] {
  const sums = ways.flatMap((ids) => {
    const cells = ids.flatMap((id) => cellsFor(id, subject));
    return cells.length === 0 ? [] : [sumOf(cells, subject)];
  });
  const known = sums.filter((sum) => sum.total !== null);
  if (sums.length === 0) return [];
  const [first] = known;
  if (first === undefined)
    return [
      notAssessable(place, `文中“${name}”${found} 件：对应表格未填`, `"${name}" ${found}: the table is not filled`),
    ];
  const match = known.find(({ total }) => total === found);
  const expected = known.map(({ total }) => String(total)).join(' 或 ');
  const shown = match ?? first;
  return [
    judged(
      match !== undefined,
      place,
      { expected, found: String(found), formula: `${found} = ${shown.formula}` },
      {
        pass: { zh: `文中“${name}”${found} 件与${shown.name}一致`, en: `"${name}" ${found} equals ${shown.name}` },
        fail: {
          zh: `文中“${name}”为 ${found} 件，${shown.name}为 ${expected}；请核对后改为一致`,
          en: `the text says "${name}" ${found}, ${shown.name} says ${expected}; make them agree`,
        },
      },
    ),
  ];
}

interface Sum {
  readonly total: bigint | null;
  readonly formula: string;
  readonly name: string;
}

function sumOf(cells: readonly CellPlace[], { report }: Subject): Sum {
  const numbers = cells.map((at) => wholeAt(report, at));
  const total = numbers.reduce<bigint | null>(
    (sum, number) => (sum === null || number === null ? null : sum + number),
    0n,
  );
  const [only] = cells;
  const name = cells.length === 1 && only !== undefined ? cellName(only) : `表中各项之和`;
  return { total, formula: numbers.map((number) => number ?? '□').join(' + '), name };
}

/** Cells of an id; `t3.3.3.*.total` is every row of the group. */
function cellsFor(id: string, { format }: Subject): readonly CellPlace[] {
  if (!id.includes('*')) {
    const at = placeById(format, id);
    return at === undefined ? [] : [at];
  }
  const [prefix = ''] = id.split('*');
  return tablePlaces(format, 't3').filter((at) => at.id.startsWith(prefix) && at.column.id === 'total');
}

function otherYear(sentence: string, year: number): boolean {
  const years = [...sentence.matchAll(/(\d{4})年/g)].map((match) => Number(match[1]));
  return years.some((named) => named !== year);
}

const VERDICTS: readonly (readonly [pattern: RegExp, name: string, table: RegExp])[] = [
  [/行政复议[^。；]{0,12}(?:均|全部)(?:获|予以|被)?维持/u, '复议均获维持', /^t4\.review\.(?:corrected|other|pending)$/],
  [
    /行政诉讼[^。；]{0,12}(?:均|全部)(?:获|予以)?(?:维持|胜诉)|零败诉/u,
    '诉讼均获维持',
    /^t4\.litigation-[a-z-]+\.(?:corrected)$/,
  ],
];

/** 均获维持 means that nothing was corrected. */
function verdicts(subject: Subject): readonly Outcome[] {
  const { report, format } = subject;
  return report.chapters.flatMap(({ no, paragraphs }) =>
    paragraphs.flatMap((text, paragraph) =>
      VERDICTS.flatMap(([pattern, name, cells]) => {
        const match = pattern.exec(text);
        if (match === null || /上年|去年/u.test(match[0])) return [];
        const place: Place = { chapter: no, paragraph, from: match.index, to: match.index + match[0].length };
        const sum = sumOf(
          tablePlaces(format, 't4').filter(({ id }) => cells.test(id)),
          subject,
        );
        if (sum.total === null)
          return [notAssessable(place, `文中称“${name}”：表四未填`, `"${name}": table t4 is not filled`)];
        return [
          judged(
            sum.total === 0n,
            place,
            { expected: '0', found: String(sum.total), formula: `${sum.formula} = ${sum.total}` },
            {
              pass: { zh: `“${name}”与表四一致`, en: `"${name}" agrees with table t4` },
              fail: {
                zh: `文中称“${name}”，表四却有 ${sum.total} 件不是维持；请核对`,
                en: `the text says "${name}", table t4 has ${sum.total} others`,
              },
            },
          ),
        ];
      }),
    ),
  );
}

const FEE_STEP_YUAN = 10;

/** Processing fees come in steps of ten 元. */
function feeSteps({ report }: Subject): readonly Outcome[] {
  const chapter = report.chapters.find(({ no }) => no === 6);
  return (chapter?.paragraphs ?? []).flatMap((text, paragraph) =>
    [...text.matchAll(/信息处理费[^。；\d]{0,12}(?<amount>\d{1,9}(?:\.\d{1,2})?)元/gu)].map((match): Outcome => {
      const amount = match.groups?.['amount'] ?? '';
      const from = match.index + match[0].lastIndexOf(amount);
      const place: Place = { chapter: 6, paragraph, from, to: from + amount.length };
      return judged(
        Number(amount) % FEE_STEP_YUAN === 0,
        place,
        { expected: `${FEE_STEP_YUAN} 的倍数`, found: amount, formula: `${amount} ÷ ${FEE_STEP_YUAN}` },
        {
          pass: { zh: `信息处理费 ${amount} 元合于收费标准的进位`, en: `a fee of ${amount} 元 fits the tariff` },
          fail: {
            zh: `信息处理费 ${amount} 元不是 10 元的倍数；按件、按量两种标准都以 10 元为单位，请核对`,
            en: `a fee of ${amount} 元 is no multiple of 10, as both tariffs are`,
          },
        },
      );
    }),
  );
}

const SHARE =
  /(?<whole>\d{1,9})\s*[件条次](?:[^。；%\d]|\d(?!\d*%)){0,30}?(?<part>\d{1,9})\s*[件条次][^。；\d]{0,6}占(?:比|总数的?|全部的?)?[^\d。；]{0,4}(?<percent>\d{1,3}(?:\.\d{1,4})?)\s*%/gu;

/** 占 x % is part over whole, rounded to its own decimals; cut off instead of rounded is said so. */
function shares({ report }: Subject): readonly Outcome[] {
  return report.chapters.flatMap(({ no, paragraphs }) =>
    paragraphs.flatMap((text, paragraph) =>
      [...text.matchAll(SHARE)].flatMap((match): Outcome[] => {
        const { whole = '', part = '', percent = '' } = match.groups ?? {};
        if (Number(whole) === 0 || Number(part) > Number(whole)) return [];
        const decimals = percent.split('.')[1]?.length ?? 0;
        const exact = (Number(part) / Number(whole)) * 100;
        const rounded = exact.toFixed(decimals);
        const cut = (Math.floor(exact * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
        const from = match.index + match[0].lastIndexOf(percent);
        const place: Place = { chapter: no, paragraph, from, to: from + percent.length };
        const why = percent === cut ? '应四舍五入，不是截尾' : '请核对';
        return [
          judged(
            Number(percent) === Number(rounded),
            place,
            { expected: rounded, found: percent, formula: `${part} ÷ ${whole} = ${rounded}%` },
            {
              pass: { zh: `${part} 占 ${whole} 的 ${percent}%`, en: `${part} of ${whole} is ${percent}%` },
              fail: {
                zh: `${part} 占 ${whole} 应为 ${rounded}%，文中为 ${percent}%；${why}`,
                en: `${part} of ${whole} is ${rounded}%, the text says ${percent}%`,
              },
            },
            { fix: rounded },
          ),
        ];
      }),
    ),
  );
}

const own = { formats: ALL_FORMATS, version: 1, scope: 'national', source: '国办公开办函〔2021〕30号（四）' } as const;

/**
 * Rules between numbers quoted in prose and the tables. A few words tell what a sentence counts, and it may speak of something else: these warn, block
 * nothing and offer no number. Rules of the catalogue: P01, P04, P07, P08, P09.
 */
export const quotedRules: readonly Rule[] = [
  { ...own, id: 'P01', severity: 'W', overridable: false, check: quotedFigures('P01') },
  { ...own, id: 'P04', severity: 'W', overridable: false, check: shares },
  {
    ...own,
    id: 'P07',
    severity: 'W',
    overridable: false,
    check: (subject) => [...quotedFigures('P07')(subject), ...verdicts(subject)],
  },
  { ...own, id: 'P08', severity: 'W', overridable: false, formats: ['2021'], check: quotedFigures('P08') },
  { ...own, id: 'P09', severity: 'W', overridable: false, source: '国办函〔2020〕109号', check: feeSteps },
];
