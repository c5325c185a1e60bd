import { describe, expect, it } from '@jest/globals';
import { initialsOf, isMeant } from './pinyin.js';

describe('the initials of a name', () => {
  it.each([
    ['向阳区人民政府', 'xyqrmzf'],
    ['市场监督管理局', 'scjdglj'],
    ['青山区 2020', 'qsq2020'],
    ['刘建华', 'ljh'],
    ['安全办', 'aqb'],
    ['欧阳子', 'oyz'],
    ['陈静', 'cj'],
    ['王敏', 'wm'],
    ['吴越', 'wy'],
    ['罗毅', 'ly'],
    ['Notes', 'notes'],
  ])('of %s are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('find what is meant, as do its words', () => {
    expect(isMeant('青山区人民政府', 'qsq')).toBe(true);
    expect(isMeant('青山区人民政府', '青山')).toBe(true);
    expect(isMeant('青山区人民政府', 'ljq')).toBe(false);
    expect(isMeant('anything', ' ')).toBe(true);
  });
});
