import { describe, expect, it } from '@jest/globals';
import { readQuestion } from './search-question.js';

const any = { organ: '', organs: [], year: null };
const refusedBy = (typed: string): unknown => (readQuestion(typed, any) as { refused?: string } | null)?.refused;

describe('a question', () => {
  it('is words between blanks, folded, each once', () => {
    expect(readQuestion(' 住建　结转 ２０２４ 结转 ', { organ: 'a', organs: [], year: 2024 })).toEqual({
      typed: '住建　结转 ２０２４ 结转',
      words: ['住建', '结转', '2024'],
      organ: 'a',
      organs: [],
      year: 2024,
    });
  });

  it('is none where nothing was typed', () => {
    expect(readQuestion(' \t　', any)).toBeNull();
  });

  it.each(['结', '%', '__', '结 转', '，。', '\u0000', '\u200b\u200b', '*', "'", '𠮷'])(
    'needs two letters in a row: %j is too short',
    (typed) => expect(refusedBy(typed)).toBe('search_too_short'),
  );

  it('lets single letters go with a word', () => {
    expect(readQuestion('结转 条', any)).toMatchObject({ words: ['结转', '条'] });
  });

  it('has an end', () => {
    expect(refusedBy('结'.repeat(60))).toBeUndefined();
    expect(refusedBy('结'.repeat(61))).toBe('search_too_long');
    expect(refusedBy('结转 公开 信息 年度 报告 政府 申请 复议')).toBeUndefined();
    expect(refusedBy('结转 公开 信息 年度 报告 政府 申请 复议 诉讼')).toBe('search_too_many_words');
    // One sign may fold into many; what is looked for has its end all the same.
    expect(refusedBy('ﷺ'.repeat(60))).toBeUndefined();
  });
});
