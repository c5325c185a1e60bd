import { sumDecimals } from '../decimal-sum.js';
import { type Breakdown, type BreakdownPart, breakdownsIn, kindWords } from '../prose/breakdowns.js';
import type { Sentence } from '../prose/clauses.js';
import { placeIn, placeOfNumber, proseOf, type ProseParagraph } from '../prose/prose-figures.js';
import type { ProseNumber } from '../prose/prose-number.js';
import { judged, notAssessable } from './figures.js';
import { numberFor } from './rule-settings.js';
import { ALL_FORMATS, type Outcome, type Rule, type Subject } from './rule.js';

interface Found {
  readonly paragraph: ProseParagraph;
  readonly breakdown: Breakdown;
}

function breakdownsOf(subject: Subject): readonly Found[] {
  const kinds = kindWords(subject.context.settings, subject.report.year);
  return proseOf(subject).paragraphs.flatMap((paragraph) =>
    paragraph.sentences.flatMap((sentence, index) =>
      breakdownsIn(sentence, paragraph.sentences[index + 1], kinds).map((breakdown) => ({ paragraph, breakdown })),
    ),
  );
}

/** Parts that may add up: those of one kind, and all together where no kind is known. */
function groupsOf(parts: readonly BreakdownPart[]): readonly (readonly BreakdownPart[])[] {
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  if (kinds.length <= 1) return [parts];
  const known = kinds.filter((kind) => kind !== null).map((kind) => parts.filter((part) => part.kind === kind));
  return known.every(({ length }) => length < 2) ? [parts] : known;
}

/** 不予公开 for one reason and for another part that outcome alone, not the whole. */
function isRepeated(parts: readonly BreakdownPart[]): boolean {
  const words = parts.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
  return new Set(words).size < words.length;
}

const sumOfParts = (parts: readonly BreakdownPart[]): string => sumDecimals(parts.map(({ number }) => number.value));

function partsAddUp(subject: Subject): readonly Outcome[] {
  return breakdownsOf(subject).flatMap(({ paragraph, breakdown }): readonly Outcome[] => {
    const { whole, parts, nested } = breakdown;
    if (parts.length < 2) return [];
    const place = placeIn(paragraph, breakdown.from, breakdown.to);
    if ([whole, ...parts.map(({ number }) => number)].some(({ approximate }) => approximate !== null))
      return [notAddable(place, '含约数', 'rounded numbers')];
    if (nested) return [notAddable(place, '分层列举', 'nested breakdowns')];
    const all = sumOfParts(parts);
    if (all === whole.value) return [additionOutcome(place, breakdown, parts)];
    const groups = groupsOf(parts);
    const mixed = groups.flat().length < parts.length;
    return groups
      .filter((group) => group.length > 1)
      .map((group) =>
        isRepeated(group) || (mixed && sumOfParts(group) !== whole.value)
          ? notAddable(place, '各项分属不同类别', 'parts of several kinds')
          : additionOutcome(place, breakdown, group),
      );
  });
}

function additionOutcome(
  place: Outcome['place'],
  { whole, open, loose }: Breakdown,
  parts: readonly BreakdownPart[],
): Outcome {
  const sum = sumOfParts(parts);
  const said = `${whole.value}${whole.unit}`;
  const formula = `${parts.map(({ number }) => number.value).join(' + ')} = ${sum}`;
  const name = `各项之和 = ${said}`;
  const difference = sumDecimals([sum, `-${whole.value}`].map((value) => value.replace(/^-0$/, '0')));
  return judged(
    sum === whole.value,
    place,
    { expected: whole.value, found: sum, formula },
    {
      pass: { zh: `${name}：${formula}`, en: `the parts make the whole of ${said}: ${formula}` },
      fail: {
        zh: `${name} 不成立：${formula}，相差 ${difference}；请核对总数与各项`,
        en: `the quoted parts make ${sum}, the quoted whole is ${said}, difference ${difference}; check both`,
      },
    },
    open || loose ? { severity: 'W' } : {},
  );
}

function notAddable(place: Outcome['place'], zh: string, en: string): Outcome {
  return notAssessable(place, `其中各项：${zh}`, `parts of a whole: ${en}`);
}

/** No part exceeds its whole; nor does the sum of an open list, which P02 cannot judge. */
function partsWithin(subject: Subject): readonly Outcome[] {
  return breakdownsOf(subject).flatMap(({ paragraph, breakdown }): readonly Outcome[] => {
    const { whole, parts } = breakdown;
    if (whole.approximate !== null) return [];
    const place = placeIn(paragraph, breakdown.from, breakdown.to);
    const largest = parts.reduce((most, part) => (Number(part.number.value) > Number(most.number.value) ? part : most));
    const group = groupsOf(parts).find((one) => Number(sumOfParts(one)) > Number(whole.value));
    const found =
      Number(largest.number.value) > Number(whole.value) ? largest.number.value : group && sumOfParts(group);
    const said = `${whole.value}${whole.unit}`;
    return [
      judged(
        found === undefined,
        place,
        {
          expected: `≤ ${whole.value}`,
          found: found ?? largest.number.value,
          formula: `${found ?? largest.number.value} ≤ ${whole.value}`,
        },
        {
          pass: { zh: `其中各项均不超过 ${said}`, en: `no part exceeds the whole of ${said}` },
          fail: {
            zh: `其中各项为 ${found}${whole.unit}，超过总数 ${said}；请核对`,
            en: `parts of ${found} exceed the whole of ${said}; check both`,
          },
        },
      ),
    ];
  });
}

interface Share {
  readonly part: ProseNumber;
  readonly percent: ProseNumber;
  readonly clause: Sentence['clauses'][number];
  readonly wholes: readonly ProseNumber[];
}

/** 占 x % and (x %) right behind a number, with the numbers before it that it may be a share of. */
function sharesIn({ clauses }: Sentence): readonly Share[] {
  return clauses.flatMap((clause, index): Share[] => {
    const percent = clause.numbers.find(({ unit }) => unit === '%');
    if (percent === undefined) return [];
    const isShare = /占/u.test(clause.text) || clause.text.slice(percent.from, percent.to) === clause.text;
    const before = clauses.slice(0, index).flatMap(({ numbers }) => numbers.filter(({ unit }) => unit !== '%'));
    const inside = clause.numbers.filter(({ to, unit }) => to <= percent.from && unit !== '%');
    const own = inside.length > 0 ? inside : (clauses[index - 1]?.numbers ?? []).filter(({ unit }) => unit !== '%');
    const [part, more] = own;
    if (!isShare || part === undefined || more !== undefined || /同比|较|比上/u.test(clause.text)) return [];
    const others = inside.length > 0 ? before : before.slice(0, -1);
    const wholes = others.filter(({ unit, value }) => unit === part.unit && Number(value) >= Number(part.value));
    return [{ part, percent, clause, wholes }];
  });
}

function shares(subject: Subject): readonly Outcome[] {
  return proseOf(subject).paragraphs.flatMap((paragraph) =>
    paragraph.sentences.flatMap((sentence) => [
      ...sharesIn(sentence).flatMap((share) => shareOutcome(share, paragraph)),
      ...percentList(sentence, paragraph),
    ]),
  );
}

function shareOutcome({ part, percent, clause, wholes }: Share, paragraph: ProseParagraph): readonly Outcome[] {
  const [whole] = wholes;
  if (whole === undefined || Number(whole.value) === 0 || part.approximate !== null) return [];
  const decimals =
    percent.value.split('.')[1]?.length ??
    clause.text.slice(percent.from, percent.to).match(/\.(\d+)/)?.[1]?.length ??
    0;
  const rounded = (over: ProseNumber): string => ((Number(part.value) / Number(over.value)) * 100).toFixed(decimals);
  const match = wholes.find((over) => Number(percent.value) === Number(rounded(over)));
  const over = match ?? whole;
  const exact = (Number(part.value) / Number(over.value)) * 100;
  const cut = Math.floor(exact * 10 ** decimals) / 10 ** decimals;
  if (percent.approximate !== null && Math.abs(exact - Number(percent.value)) < 1) return [];
  const why = Number(percent.value) === cut ? '应四舍五入，不是截尾' : '请核对';
  return [
    judged(
      match !== undefined,
      placeOfNumber(paragraph, clause, percent),
      { expected: rounded(over), found: percent.value, formula: `${part.value} ÷ ${over.value} = ${rounded(over)}%` },
      {
        pass: {
          zh: `${part.value} 占 ${over.value} 的 ${percent.value}%`,
          en: `${part.value} of ${over.value} is ${percent.value}%`,
        },
        fail: {
          zh: `${part.value} 占 ${over.value} 应为 ${rounded(over)}%，文中为 ${percent.value}%；${why}`,
          en: `${part.value} of ${over.value} is ${rounded(over)}%, the text says ${percent.value}%`,
        },
      },
      wholes.length === 1 ? { fix: rounded(over) } : {},
    ),
  ];
}

const ROUNDING = 0.1;

/** A list of shares that is whole (占比, 分别占, or with 其他) makes 100, each share having been rounded. */
function percentList({ clauses, from, to }: Sentence, paragraph: ProseParagraph): readonly Outcome[] {
  const listed = clauses.filter(
    ({ text, numbers }) =>
      numbers.length === 1 && numbers[0]?.unit === '%' && /占/u.test(text) && !/同比|较|比上/u.test(text),
  );
  const text = paragraph.folded.text.slice(from, to);
  // Shares of stated numbers are judged one by one.
  const counted = clauses.some(({ numbers }) => numbers.some(({ unit }) => unit !== '%'));
  if (listed.length < 2 || counted) return [];
  const values = listed.map(({ numbers }) => numbers[0]?.value ?? '0');
  const sum = sumDecimals(values);
  const isWhole = /占比|分别占|其他|其它|其余/u.test(text);
  const tolerance = ROUNDING * listed.length;
  const over = Number(sum) - 100;
  if (!isWhole && over <= tolerance) return [];
  return [
    judged(
      Math.abs(over) <= tolerance,
      placeIn(paragraph, from, to),
      { expected: '100', found: sum, formula: `${values.join(' + ')} = ${sum}` },
      {
        pass: { zh: `各占比之和为 ${sum}%`, en: `the shares make ${sum}%` },
        fail: { zh: `各占比之和为 ${sum}%，应为 100%；请核对`, en: `the shares make ${sum}%, not 100%` },
      },
    ),
  ];
}

/** Processing fees come in steps, and their items add up in number and in money. */
function processingFees(subject: Subject): readonly Outcome[] {
  const step = numberFor(subject.context.settings, 'P09.step', subject.report.year);
  return proseOf(subject)
    .paragraphs.filter(({ chapter }) => chapter === 6)
    .flatMap((paragraph) =>
      paragraph.sentences
        .filter(({ from, to }) => paragraph.folded.text.slice(from, to).includes('信息处理费'))
        .flatMap((sentence) => [...feeSteps(sentence, paragraph, step), ...feeItems(sentence, paragraph)]),
    );
}

function feeSteps({ clauses }: Sentence, paragraph: ProseParagraph, step: number): readonly Outcome[] {
  return clauses.flatMap((clause) =>
    clause.numbers
      .filter(({ unit, approximate }) => unit === '元' && approximate === null)
      .map((number) =>
        judged(
          Number(number.value) % step === 0,
          placeOfNumber(paragraph, clause, number),
          { expected: `${step} 的倍数`, found: number.value, formula: `${number.value} ÷ ${step}` },
          {
            pass: {
              zh: `信息处理费 ${number.value} 元合于收费标准的进位`,
              en: `a fee of ${number.value} yuan fits the tariff`,
            },
            fail: {
              zh: `信息处理费 ${number.value} 元不是 ${step} 元的倍数；按件、按量两种标准都以 ${step} 元为单位，请核对`,
              en: `a fee of ${number.value} yuan is no multiple of ${step}, as both tariffs are`,
            },
          },
        ),
      ),
  );
}

function feeItems({ clauses, from, to }: Sentence, paragraph: ProseParagraph): readonly Outcome[] {
  const at = clauses.findIndex(({ text }) => text.includes('其中'));
  if (at < 1) return [];
  return (['件', '元'] as const).flatMap((unit): Outcome[] => {
    const numbers = (part: typeof clauses): readonly ProseNumber[] =>
      part.flatMap((clause) => clause.numbers.filter((number) => number.unit === unit));
    const whole = numbers(clauses.slice(0, at)).at(-1);
    const parts = numbers(clauses.slice(at));
    if (whole === undefined || parts.length < 2) return [];
    const sum = sumDecimals(parts.map(({ value }) => value));
    return [
      judged(
        sum === whole.value,
        placeIn(paragraph, from, to),
        { expected: whole.value, found: sum, formula: `${parts.map(({ value }) => value).join(' + ')} = ${sum}` },
        {
          pass: { zh: `信息处理费各项合计 ${sum} ${unit}`, en: `the items of the fees make ${sum} ${unit}` },
          fail: {
            zh: `信息处理费各项合计 ${sum} ${unit}，文中总数为 ${whole.value} ${unit}；请核对`,
            en: `the items of the fees make ${sum} ${unit}, the text says ${whole.value}`,
          },
        },
      ),
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

/** Rules between a whole and its parts in prose. Rules of the catalogue: P02, P03, P04, P09. */
export const prosePartsRules: readonly Rule[] = [
  { ...own, id: 'P02', severity: 'E', overridable: true, check: partsAddUp },
  { ...own, id: 'P03', severity: 'E', check: partsWithin },
  { ...own, id: 'P04', severity: 'W', check: shares },
  { ...own, id: 'P09', severity: 'W', source: '国办函〔2020〕109号', check: processingFees },
];
