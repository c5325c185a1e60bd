import { groupBy } from '#domain/grouping';
import { sumDecimals } from '../decimal-sum.js';
import { numbersIn } from '../prose/prose-number.js';
import { placeOfNumber, type ProseFigure, proseOf, type ProseParagraph } from '../prose/prose-figures.js';
import type { Clause } from '../prose/clauses.js';
import { judged, notAssessable } from './figures.js';
import { waysIn } from './prose-ways.js';
import { numberFor } from './rule-settings.js';
import { ALL_FORMATS, type Outcome, type Rule, type Subject } from './rule.js';

const CHANGE =
  /(?:同比|较(?:去年|上一?年度?|往年)(?:同期)?|比(?:去年|上一?年度?)(?:同期)?|与(?:去年|上一?年度?)(?:同期)?相比)(?:的?(?<base>\d{1,9})件?)?(?<way>增长|增加|上升|提高|增|多|下降|减少|降低|减|少)(?:了)?/u;

/** Growth of a figure of the tables: against last year's report where it is known, against a base the sentence names itself otherwise. */
function growth(subject: Subject): readonly Outcome[] {
  return proseOf(subject).figures.flatMap((figure) => {
    const { clauses } = figure.sentence;
    const at = clauses.indexOf(figure.clause);
    const rest = clauses.slice(at + 1);
    // Up to the next figure of its own.
    const end = rest.findIndex(
      ({ text, numbers }) => numbers.length > 0 && !CHANGE.test(text) && !text.startsWith('其中'),
    );
    return (end < 0 ? rest : rest.slice(0, end)).flatMap((clause) => changeOutcome(figure, clause, subject));
  });
}

function changeOutcome(figure: ProseFigure, clause: Clause, { format, context }: Subject): readonly Outcome[] {
  const match = CHANGE.exec(clause.text);
  const number = clause.numbers.at(-1);
  if (match === null || number === undefined || (number.unit !== '%' && number.unit !== figure.number.unit)) return [];
  if (number.from < match.index + match[0].length - 1 || number.approximate !== null) return [];
  const place = placeOfNumber(figure.paragraph, clause, number);
  const { base, way = '' } = match.groups ?? {};
  const bases =
    context.lastYear === undefined
      ? []
      : waysIn(figure.subject.ways, format, context.lastYear).flatMap(({ total }) => (total === null ? [] : [total]));
  const before = base ?? bases[0];
  const said = `${way} ${number.value}${number.unit}`;
  if (before === undefined || (Number(before) === 0 && number.unit === '%'))
    return [notAssessable(place, `文中称${said}：没有上年数`, `"${said}": last year's number is not known`)];
  const sign = /增|升|提高|多/u.test(way) ? 1 : -1;
  const decimals = clause.text.slice(number.digitsFrom, number.digitsTo).split('.')[1]?.length ?? 0;
  const changeFrom = (from: string): string =>
    number.unit === '%'
      ? (((Number(figure.number.value) - Number(from)) / Number(from)) * 100).toFixed(decimals)
      : sumDecimals([figure.number.value, from === '0' ? '0' : `-${from}`]);
  const candidates = base === undefined ? bases : [base];
  const holding = candidates.find((from) => Number(changeFrom(from)) === sign * Number(number.value));
  const shown = holding ?? before;
  const expected = `${changeFrom(shown)}${number.unit}`;
  const formula =
    number.unit === '%'
      ? `(${figure.number.value} − ${shown}) ÷ ${shown} = ${expected}`
      : `${figure.number.value} − ${shown} = ${expected}`;
  return [
    judged(
      holding !== undefined,
      place,
      { expected, found: `${sign < 0 ? '-' : ''}${number.value}${number.unit}`, formula },
      {
        pass: { zh: `与上年 ${shown} 相比${said}，相符`, en: `${said} against ${shown} holds` },
        fail: {
          zh: `上年 ${shown}、本年 ${figure.number.value}，应为 ${expected}，文中为${said}；请改正`,
          en: `${shown} last year and ${figure.number.value} this year make ${expected}, the text says ${said}`,
        },
      },
    ),
  ];
}

interface Said {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly paragraph: ProseParagraph;
  readonly clause: Clause;
  readonly number: Clause['numbers'][number];
}

const SHORTEST_PHRASE = 6;
const LEADING = /^(?:\d{4}年度?|本年度?|今年|全年|年内|共计?|总共|我[局委办区市县镇]|[，,、:])+/u;
const TRAILING = /(?:共计?|总数|数量|合计|总计|为|达到?|:)+$/u;

/** The same words with a number, said of the whole office and the whole year. */
function phrasesOf(subject: Subject): readonly Said[] {
  const { figures, paragraphs } = proseOf(subject);
  const tied = new Set(figures.map(({ clause }) => clause));
  const phrases = paragraphs.flatMap((paragraph) =>
    paragraph.sentences.flatMap(({ clauses }) =>
      clauses.flatMap((clause): Said[] => {
        const [number, more] = clause.numbers;
        if (number === undefined || more !== undefined || tied.has(clause)) return [];
        if (!clause.own || clause.part || clause.depth > 0 || clause.joined || number.approximate !== null) return [];
        const words = clause.text.slice(0, number.from).replace(LEADING, '').replace(TRAILING, '');
        if (words.length < SHORTEST_PHRASE || numbersIn(words).length > 0 || clause.to - clause.from > 40) return [];
        if (clause.text.slice(number.to) !== '') return [];
        return [{ key: `${words} ${number.unit}`, name: words, value: number.value, paragraph, clause, number }];
      }),
    ),
  );
  const figuresSaid = figures
    .filter(
      ({ clause, number }) => clause.depth === 0 && number.approximate === null && clause.numbers.includes(number),
    )
    .map(({ subject: { id, name }, number, paragraph, clause }) => ({
      key: `#${id}`,
      name,
      value: number.value,
      paragraph,
      clause,
      number,
    }));
  return [...figuresSaid, ...phrases];
}

/** One quantity has one value wherever it is quoted. */
function oneValue(subject: Subject): readonly Outcome[] {
  return [...groupBy(phrasesOf(subject), ({ key }) => key).values()].flatMap((said): Outcome[] => {
    const [first] = said;
    if (first === undefined || said.length < 2) return [];
    const other = said.find(({ value }) => value !== first.value);
    const { name } = first;
    const unit = first.number.unit;
    const at = other ?? first;
    return [
      judged(
        other === undefined,
        placeOfNumber(at.paragraph, at.clause, at.number),
        { expected: first.value, found: at.value, formula: said.map(({ value }) => value).join('，') },
        {
          pass: { zh: `“${name}”各处均为 ${first.value}${unit}`, en: `"${name}" is ${first.value} everywhere` },
          fail: {
            zh: `“${name}”前文为 ${first.value}${unit}，此处为 ${at.value}${unit}；同一数字应当一致，所指不同请写明`,
            en: `"${name}" is ${first.value} above and ${at.value} here; one quantity, one number`,
          },
        },
      ),
    ];
  });
}

const FOUR = ['received', 'carriedIn', 'handled', 'carriedOut'] as const;

/** 新收 + 上年结转 = 办结 + 结转下年 where one paragraph quotes all four. */
function fourAddUp(subject: Subject): readonly Outcome[] {
  return [...groupBy(proseOf(subject).figures, ({ paragraph }) => paragraph).values()].flatMap((figures): Outcome[] => {
    const [received, carried, handled, left] = FOUR.map((id) =>
      figures.find((figure) => figure.subject.id === id && figure.number.approximate === null),
    );
    if (received === undefined || carried === undefined || handled === undefined || left === undefined) return [];
    const whole = sumDecimals([received.number.value, carried.number.value]);
    const after = sumDecimals([handled.number.value, left.number.value]);
    // 收到 44 件（含上年结转 3 件） counts what was carried in already.
    const contains = carried.clause.depth > 0 || /含|其中/u.test(carried.clause.text);
    const before = contains ? received.number.value : whole;
    const values = [received, carried, handled, left].map(({ number }) => number.value);
    const formula = contains
      ? `${values[0]} = ${values[2]} + ${values[3]}`
      : `${values[0]} + ${values[1]} = ${values[2]} + ${values[3]}`;
    return [
      judged(
        before === after,
        handled.place,
        { expected: before, found: after, formula },
        {
          pass: {
            zh: `新收 + 上年结转 = 办结 + 结转下年：${formula}`,
            en: `received + carried = handled + left: ${formula}`,
          },
          fail: {
            zh: `新收 + 上年结转 = 办结 + 结转下年 不成立：${formula}，左边 ${before}，右边 ${after}；请核对`,
            en: `received + carried = handled + left does not hold: ${formula}, ${before} against ${after}`,
          },
        },
      ),
    ];
  });
}

/** 余 and 多 say at least, 近 and 约 about. */
function approximations(subject: Subject): readonly Outcome[] {
  const { report, format, context } = subject;
  const near = numberFor(context.settings, 'P12.percent', report.year) / 100;
  return proseOf(subject).figures.flatMap(({ subject: { ways, name }, number, place, clause }): Outcome[] => {
    if (number.approximate === null) return [];
    const known = waysIn(ways, format, report).flatMap(({ total }) => (total === null ? [] : [total]));
    const said = clause.text.slice(number.from, number.to);
    if (known.length === 0)
      return [notAssessable(place, `约数“${said}”：表格未填`, `"${said}": the table is not filled`)];
    const value = Number(number.value);
    const fits = (exact: string): boolean =>
      number.approximate === 'least'
        ? Number(exact) >= value && Number(exact) < value * (1 + near * 5)
        : Math.abs(Number(exact) - value) <= value * near;
    const holding = known.find(fits);
    const exact = holding ?? known[0] ?? '';
    const numbers = {
      expected: exact,
      found: said,
      formula: `${exact} ${number.approximate === 'least' ? '≥' : '≈'} ${number.value}`,
    };
    return [
      judged(holding !== undefined, place, numbers, {
        pass: { zh: `约数“${said}”与表中 ${exact} 相合`, en: `"${said}" agrees with ${exact}` },
        fail: {
          zh: `“${name}”的约数“${said}”与表中 ${exact} 不合；报告宜写确数`,
          en: `"${said}" does not agree with ${exact}; a report states exact numbers`,
        },
      }),
    ];
  });
}

const own = {
  formats: ALL_FORMATS,
  version: 2,
  scope: 'national',
  overridable: false,
  source: '国办公开办函〔2021〕30号（四）',
} as const;

/** Rules between the numbers of the prose and with last year. Rules of the catalogue: P06, P10 to P12. */
export const proseAgreementRules: readonly Rule[] = [
  { ...own, id: 'P06', severity: 'W', check: growth },
  { ...own, id: 'P10', severity: 'W', check: oneValue },
  { ...own, id: 'P11', severity: 'E', check: fourAddUp },
  { ...own, id: 'P12', severity: 'I', check: approximations },
];
