import { shiftDecimal } from '../decimal.js';
import { hanNumber } from '../han-numeral.js';

/**
 * A number with the counter behind it. `value`: a canonical decimal, amounts of money in 元; `unit`: the counter, 元 for money, % for shares.
 * `approximate`: what beside it says it is rounded, `least` for 余 and 多, `near` for 约 and 近. `from`, `to` in the folded text.
 */
export interface ProseNumber {
  readonly value: string;
  readonly unit: string;
  readonly approximate: 'least' | 'near' | null;
  readonly from: number;
  readonly to: number;
  readonly digitsFrom: number;
  readonly digitsTo: number;
}

const ARABIC = String.raw`\d{1,3}(?:,\d{3}){1,4}|\d{1,15}(?:\.\d{1,6})?`;
const HAN = '[零〇一二两三四五六七八九十百千]{1,8}';
const COUNTERS = '人次|件次|万元|亿元|件|条|次|宗|起|个|篇|份|项|人|场|期|批|册|部|元|%';
// A number is taken whole or not at all: digits, decimals, dates and ordinals beside it exclude a match.
const NUMBER = new RegExp(
  String.raw`(?<before>约|近|超过|超)?(?<![\d.]|\d,|第|[零〇一二两三四五六七八九十百千万])(?<number>${ARABIC}|${HAN})(?![\d.]|,\d)(?<more>余|多)?\s*(?<unit>${COUNTERS})(?<after>左右)?`,
  'gu',
);
const MONEY: Readonly<Record<string, number>> = { 元: 0, 万元: 4, 亿元: 8 };

/** Every counted number of a folded text, in its order. */
export function numbersIn(text: string): readonly ProseNumber[] {
  return [...text.matchAll(NUMBER)].flatMap((match) => {
    const { before, number = '', more, unit = '', after } = match.groups ?? {};
    const plain = /^\d/.test(number) ? number.replaceAll(',', '') : String(hanNumber(number) ?? '');
    if (plain === '') return [];
    const shift = MONEY[unit];
    const digitsFrom = match.index + (before?.length ?? 0);
    return [
      {
        value: shiftDecimal(plain, shift ?? 0),
        unit: shift === undefined ? unit : '元',
        approximate:
          more !== undefined || before?.startsWith('超') === true
            ? 'least'
            : before !== undefined || after !== undefined
              ? 'near'
              : null,
        from: match.index,
        to: match.index + match[0].length,
        digitsFrom,
        digitsTo: digitsFrom + number.length,
      } as const,
    ];
  });
}
