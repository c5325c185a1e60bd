import { describe, expect, it } from '@jest/globals';
import { organsCalled } from './organs-called.js';

const NAMES = [
  '向阳区人民政府',
  '向阳区住房和城乡建设局',
  '向阳区人力资源和社会保障局',
  '向阳区文化和旅游局',
  '向阳区市场监督管理局',
  '向阳区发展和改革委员会',
  '向阳区民政局',
];
const called = (typed: string): readonly string[] => organsCalled(NAMES, typed, (name) => [name]);

describe('an organ by a part of its name', () => {
  it.each([
    ['住建', '向阳区住房和城乡建设局'],
    ['住建局', '向阳区住房和城乡建设局'],
    ['区人社局', '向阳区人力资源和社会保障局'],
    ['文旅', '向阳区文化和旅游局'],
    ['市监局', '向阳区市场监督管理局'],
    ['发改委', '向阳区发展和改革委员会'],
  ])('%s is %s', (typed, name) => expect(called(typed)).toEqual([name]));

  it('is found by what is written in it before what it is called for short', () => {
    expect(called('民政')).toEqual(['向阳区人民政府', '向阳区民政局']);
    expect(called('市场')).toEqual(['向阳区市场监督管理局']);
  });

  it('is not found by its characters in another order, by a single one it lacks, or by one beside it', () =>
    expect(['建住', '火', '住建厅'].map(called)).toEqual([[], [], []]));

  it('is found however the name is typed, and nothing typed means all', () => {
    expect(called(' 住 建 ')).toEqual(['向阳区住房和城乡建设局']);
    expect(called('')).toEqual(NAMES);
  });
});
