import type { Place } from '../place.js';
import { judged, notAssessable, wholeById } from './figures.js';
import { type QuotedNumber, quotedNumbers } from './prose-quoted-rules.js';
import { ALL_FORMATS, type Outcome, type Rule, type Subject } from './rule.js';

/** 其中 one part is more than the whole it is taken from. */
const BREAKDOWN = /(?<whole>\d{1,9})\s*(?<unit>[件条次个篇份])[，,]?其中(?<parts>[^。；]{1,200})/gu;
const BESIDE = /同比|环比|增[长加]|减少|下降|上年|去年|较|平均|累计/u;

function partsWithin({ report }: Subject): readonly Outcome[] {
  return report.chapters.flatMap(({ no, paragraphs }) =>
    paragraphs.flatMap((text, paragraph) =>
      [...text.matchAll(BREAKDOWN)].flatMap((match) => {
        const { whole = '', unit = '', parts = '' } = match.groups ?? {};
        const counted = [...parts.matchAll(/[^，、,]+/gu)].flatMap(([clause]) => {
          const number = new RegExp(String.raw`(\d{1,9})\s*${unit}`, 'u').exec(clause)?.[1];
          return number === undefined || BESIDE.test(clause) ? [] : [BigInt(number)];
        });
        if (counted.length === 0) return [];
        const largest = counted.reduce((most, number) => (number > most ? number : most), 0n);
        const place: Place = { chapter: no, paragraph, from: match.index, to: match.index + match[0].length };
        const numbers = { expected: `≤ ${whole}`, found: String(largest), formula: `${largest} ≤ ${whole}` };
        return [
          judged(largest <= BigInt(whole), place, numbers, {
            pass: { zh: `其中各项均不超过 ${whole}${unit}`, en: `no part exceeds the whole of ${whole}` },
            fail: {
              zh: `其中一项为 ${largest}${unit}，超过总数 ${whole}${unit}；请核对`,
              en: `a part of ${largest} exceeds the whole of ${whole}`,
            },
          }),
        ];
      }),
    ),
  );
}

const GROWTH =
  /(?:新收|收到|受理)[^，。；\d]{0,16}申请[^，。；\d]{0,4}(?<now>\d{1,9})件[^。；\d]{0,12}(?:同比|较上年|比上年)(?<way>增长|增加|上升|下降|减少)(?:了)?(?<percent>\d{1,4}(?:\.\d{1,4})?)[%％]/gu;

/** 同比增长 x % of the applications, rounded to its own decimals. */
function growth({ report, context }: Subject): readonly Outcome[] {
  const { lastYear } = context;
  return report.chapters.flatMap(({ no, paragraphs }) =>
    paragraphs.flatMap((text, paragraph) =>
      [...text.matchAll(GROWTH)].map((match): Outcome => {
        const { now = '0', way = '', percent = '' } = match.groups ?? {};
        const from = match.index + match[0].lastIndexOf(percent);
        const place: Place = { chapter: no, paragraph, from, to: from + percent.length };
        const before = lastYear === undefined ? null : wholeById(lastYear, 't3.1.total');
        if (before === null || before === 0n)
          return notAssessable(
            place,
            `文中称${way} ${percent}%：没有上年数`,
            `"${way} ${percent}%": last year's number is not known`,
          );
        const decimals = percent.split('.')[1]?.length ?? 0;
        const exact = ((Number(now) - Number(before)) / Number(before)) * 100;
        const said = /增|升/u.test(way) ? Number(percent) : -Number(percent);
        const rounded = exact.toFixed(decimals);
        const numbers = {
          expected: `${rounded}%`,
          found: `${said}%`,
          formula: `(${now} − ${before}) ÷ ${before} = ${rounded}%`,
        };
        return judged(said === Number(rounded), place, numbers, {
          pass: {
            zh: `与上年 ${before} 件相比${way} ${percent}%，相符`,
            en: `${way} ${percent}% against ${before} holds`,
          },
          fail: {
            zh: `上年 ${before} 件、本年 ${now} 件，应为 ${rounded}%，文中为${way} ${percent}%；请改正`,
            en: `${before} last year and ${now} this year make ${rounded}%, the text says ${said}%`,
          },
        });
      }),
    ),
  );
}

/** One quantity has one value wherever it is quoted. */
function oneValue(subject: Subject): readonly Outcome[] {
  const bySubject = new Map<string, QuotedNumber[]>();
  for (const number of quotedNumbers(subject)) {
    const known = bySubject.get(number.quoted.name) ?? [];
    bySubject.set(number.quoted.name, [...known, number]);
  }
  return [...bySubject].flatMap(([name, numbers]): Outcome[] => {
    const [first] = numbers;
    if (first === undefined || numbers.length < 2) return [];
    const other = numbers.find(({ found }) => found !== first.found);
    const formula = numbers.map(({ found }) => String(found)).join('，');
    return [
      judged(
        other === undefined,
        other?.place ?? first.place,
        { expected: String(first.found), found: String((other ?? first).found), formula },
        {
          pass: { zh: `“${name}”各处均为 ${first.found} 件`, en: `"${name}" is ${first.found} everywhere` },
          fail: {
            zh: `“${name}”前文为 ${first.found} 件，此处为 ${other?.found ?? ''} 件；同一数字应当一致`,
            en: `"${name}" is ${first.found} above and ${other?.found ?? ''} here; one quantity, one number`,
          },
        },
      ),
    ];
  });
}

const FOUR = ['新收申请', '上年结转', '办结', '结转下年'] as const;

/** 新收 + 上年结转 = 办结 + 结转下年 where one paragraph quotes all four. */
function fourAddUp(subject: Subject): readonly Outcome[] {
  const byParagraph = new Map<string, QuotedNumber[]>();
  for (const number of quotedNumbers(subject)) {
    const { place } = number;
    if (!('chapter' in place)) continue;
    const key = `${place.chapter}/${place.paragraph}`;
    byParagraph.set(key, [...(byParagraph.get(key) ?? []), number]);
  }
  return [...byParagraph.values()].flatMap((numbers): Outcome[] => {
    const [received, carried, handled, left] = FOUR.map((name) => numbers.find(({ quoted }) => quoted.name === name));
    if (received === undefined || carried === undefined || handled === undefined || left === undefined) return [];
    const [before, after] = [received.found + carried.found, handled.found + left.found];
    const formula = `${received.found} + ${carried.found} = ${handled.found} + ${left.found}`;
    return [
      judged(
        before === after || received.found === after,
        handled.place,
        { expected: String(before), found: String(after), formula },
        {
          pass: {
            zh: `新收 + 上年结转 = 办结 + 结转下年：${formula}`,
            en: `received + carried = handled + left: ${formula}`,
          },
          fail: {
            zh: `新收 + 上年结转 = 办结 + 结转下年 不成立：${formula}，相差 ${before - after}`,
            en: `received + carried = handled + left does not hold: ${formula}`,
          },
        },
      ),
    ];
  });
}

const ABOUT =
  /(?:收到|受理|新收)[^，。；\d]{0,16}申请[^，。；\d]{0,4}?(?<about>约|近)?(?<number>\d{1,9})(?<more>余|多)?件/gu;
const NEAR = 0.1;

/** 余 and 多 say at least, 近 and 约 about: within a tenth. */
function approximations({ report }: Subject): readonly Outcome[] {
  const exact = wholeById(report, 't3.1.total');
  return report.chapters.flatMap(({ no, paragraphs }) =>
    paragraphs.flatMap((text, paragraph) =>
      [...text.matchAll(ABOUT)].flatMap((match): Outcome[] => {
        const { about, number = '', more } = match.groups ?? {};
        if (about === undefined && more === undefined) return [];
        const place: Place = { chapter: no, paragraph, from: match.index, to: match.index + match[0].length };
        if (exact === null)
          return [notAssessable(place, '约数：表三新收总计未填', 'an approximation; the total of table t3 is missing')];
        const said = Number(number);
        const holds = more === undefined ? Math.abs(Number(exact) - said) <= said * NEAR : Number(exact) >= said;
        const numbers = {
          expected: String(exact),
          found: `${about ?? ''}${number}${more ?? ''}`,
          formula: `${exact} ${more === undefined ? '≈' : '≥'} ${number}`,
        };
        return [
          judged(holds, place, numbers, {
            pass: { zh: `约数 ${numbers.found} 与表三 ${exact} 相合`, en: `${numbers.found} agrees with ${exact}` },
            fail: {
              zh: `约数 ${numbers.found} 与表三新收总计 ${exact} 不合；报告宜写确数`,
              en: `${numbers.found} does not agree with ${exact}; a report states exact numbers`,
            },
          }),
        ];
      }),
    ),
  );
}

const own = {
  formats: ALL_FORMATS,
  version: 1,
  scope: 'national',
  overridable: false,
  source: '国办公开办函〔2021〕30号（四）',
} as const;

/** Rules between the numbers of the prose. Rules of the catalogue: P03, P06, P10 to P12. */
export const proseConsistencyRules: readonly Rule[] = [
  { ...own, id: 'P03', severity: 'E', check: partsWithin },
  { ...own, id: 'P06', severity: 'W', check: growth },
  { ...own, id: 'P10', severity: 'W', check: oneValue },
  { ...own, id: 'P11', severity: 'W', check: fourAddUp },
  { ...own, id: 'P12', severity: 'I', check: approximations },
];
