import { describe, expect, it } from '@jest/globals';
import { hanNumber } from './han-numeral.js';

describe('a 汉字 numeral', () => {
  it.each([
    ['零', 0],
    ['三', 3],
    ['两', 2],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['九十九', 99],
    ['一百零五', 105],
    ['一百一十五', 115],
    ['三百', 300],
    ['两千零一十', 2010],
    ['一千二百三十四', 1234],
    ['一万二千', 12_000],
    ['三万零五百', 30_500],
    ['二〇二三', 2023],
    ['一〇五', 105],
  ])('%s is %d', (text, value) => {
    expect(hanNumber(text)).toBe(value);
  });

  it.each([
    '',
    '三三',
    '十百',
    '一百五',
    '百',
    '零五',
    '一百零',
    '十一十',
    '一二',
    '甲',
    '一万万',
    '万',
    '二十零五',
    '一千五',
  ])('%s is no number', (text) => {
    expect(hanNumber(text)).toBeNull();
  });
});
