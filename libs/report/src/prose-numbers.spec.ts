import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { amountsIn } from './prose-numbers.js';

const quoted = (text: string): string[] =>
  amountsIn(text).map(({ value, unit, approximate }) => `${approximate ? '≈' : ''}${value}${unit}`);

describe('what is no counted whole number', () => {
  it.each([
    '公开率99.5%',
    '2020年',
    '1.2万条',
    '3.5条',
    '第3',
    '（2020）22号',
    '999，217条',
    '1，217条',
    '12,34条',
    '０12条',
  ])('%s', (text) => {
    expect(quoted(text)).toEqual([]);
  });
});

describe('counted whole numbers', () => {
  it.each([
    ['全年公开2072条。', ['2072条']],
    ['网站999条；微信1017条；其它56条', ['999条', '1017条', '56条']],
    ['网站，999条，微信，1017条', ['999条', '1017条']],
    ['公开1,017条', ['1017条']],
    ['培训3场30人次', ['3场', '30人次']],
    ['约30条，40余件，近50次', ['≈30条', '≈40件', '≈50次']],
  ])('%s', (text, expected) => {
    expect(quoted(text)).toEqual(expected);
  });

  it('are never split: a number stands whole or not at all, whatever surrounds it', () => {
    const around = fc.stringMatching(/^[公开年，。0-9.,第（）]{0,6}$/);
    fc.assert(
      fc.property(around, fc.nat({ max: 9_999_999 }), around, (before, number, after) => {
        const text = `${before}${number}条${after}`;
        for (const { value, from, to } of amountsIn(text)) {
          expect(text.slice(from, to).replace(/[,条]/g, '')).toMatch(new RegExp(`^0*${value}$`));
          expect(text[from - 1] ?? '').not.toMatch(/[\d.]/);
        }
      }),
    );
  });
});
