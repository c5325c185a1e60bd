import { describe, expect, it } from '@jest/globals';
import { foldWords } from './folded-words.js';
import { formMark, isOnePair, pairsOf, yearMark } from './word-pairs.js';

const pairs = (typed: string): number[] => pairsOf(foldWords(typed).text);

describe('folding', () => {
  it.each([
    ['２０２０ 年', '2020年'],
    ['　结 转\t', '结转'],
    ['Open DATA', 'opendata'],
    ['①㎡', '1m2'],
    ['结\u200b转\u0000\u202e', '结转'],
    ['\ud800', ''],
  ])('takes %j for %j', (typed, folded) => expect(foldWords(typed).text).toBe(folded));

  it('knows where each sign stood', () => {
    const { text, at } = foldWords('a ㎡𠮷b');
    expect(text).toBe('am2𠮷b');
    expect(at).toEqual([0, 2, 2, 3, 3, 5, 6]);
  });
});

describe('pairs', () => {
  it('of a word are among those of every text that holds it, wherever it stands', () => {
    const text = '就住房和城乡建设领域2024年老旧小区改造（含Ａ类𠮷野）结转信息77条';
    for (let from = 0; from < text.length; from += 1)
      for (let to = from + 1; to <= text.length; to += 1)
        expect(pairs(text)).toEqual(expect.arrayContaining(pairs(text.slice(from, to))));
  });

  it('stand for no sign between letters, and for each two of them once', () => {
    expect(pairs('结，转')).toEqual([]);
    expect(pairs('公开公开')).toHaveLength(2);
    expect(pairs('%_\\\'"')).toEqual([]);
  });

  it('are numbers of 32 bits that name their letters, and no year or form', () => {
    const seen = new Set<number>();
    const letters = Array.from('一丁公开政府信息年度报告𠮷𠀀𪚥azAZ09');
    for (const a of letters) for (const b of letters) seen.add(pairs(a + b)[0] ?? 0);
    for (const one of seen) expect(one | 0).toBe(one);
    const marks = [yearMark(2020), yearMark(2021), formMark('2019'), formMark('2021')];
    expect(new Set(marks).size).toBe(4);
    for (const mark of marks) expect(seen.has(mark)).toBe(false);
  });

  it('decide alone about two letters of the basic plane only', () => {
    expect(['结转', '22', '一a'].map(isOnePair)).toEqual([true, true, true]);
    expect(['结', '结转入', '𠮷野', '𠮷', '结，', ''].map(isOnePair)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
