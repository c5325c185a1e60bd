import { describe, expect, it } from '@jest/globals';
import { checkReport } from '#report/check-report';
import type { AnnualReport } from '#report/model';
import { checkKey } from '#report/settled-checks';
import type { Check } from '../api/answers.js';
import { type Candidate, candidatesIn, linesOf, piecesOf } from './candidates.js';

const text: AnnualReport = {
  format: '2021',
  year: 2023,
  organName: '向阳区人民政府',
  title: '向阳区人民政府2023年政府信息公开工作年度报告',
  preface: '联系电话：0454-8888888。\n邮箱：xyzwgk@163.com。',
  period: null,
  scope: 'region',
  chapters: [
    { no: 5, title: '存在的主要问题', paragraphs: ['信访人张小明、李四反映：家住幸福小区3号楼2单元501室。', '无。'] },
  ],
  tables: {},
};

const checksOf = (report: AnnualReport): Check[] =>
  checkReport(report).map((result) => ({ ...result, key: checkKey(result), message: { ...result.message } }));
const found = (place: unknown, reveals: Check['reveals']): Check => ({
  key: 'k',
  rule: 'X01',
  version: 1,
  severity: 'W',
  overridable: false,
  status: 'fail',
  message: { zh: '', en: '' },
  place,
  ...(reveals === undefined ? {} : { reveals }),
});

describe('what may be confidential in a text', () => {
  it('is every stretch the rules name, where the page draws it', () => {
    const { count, inText, elsewhere } = candidatesIn(text, checksOf(text));
    expect([...inText]).toEqual([
      [
        '5.0',
        [
          { from: 3, to: 6, reveals: ['citizen-name'] },
          { from: 7, to: 9, reveals: ['citizen-name'] },
          { from: 16, to: 28, reveals: ['home'] },
        ],
      ],
      [`preface.${text.preface.indexOf('邮')}`, [{ from: 3, to: 17, reveals: ['private-mail'] }]],
    ]);
    expect(count).toBe(4);
    expect(elsewhere).toEqual([]);
  });

  it('is nothing where the rules find nothing, and nothing they find of another kind', () => {
    const clean = { ...text, preface: '', chapters: [] };
    expect(candidatesIn(clean, checksOf(clean)).count).toBe(0);
    expect(candidatesIn(text, [found({ chapter: 5, paragraph: 0, from: 0, to: 2 }, undefined)]).count).toBe(0);
  });

  it('is a whole cell, a heading by its characters, the title', () => {
    const checks = [
      found({ table: 't3', row: '1', column: 'total', cell: 't3.1.total' }, 'mobile-number'),
      found({ chapter: 5, from: 0, to: 2 }, 'citizen-name'),
      found({ part: 'title', from: 0, to: 3 }, 'secrecy-marking'),
    ];
    const { inText } = candidatesIn(text, checks);
    expect([...inText.keys()]).toEqual(['t3.1.total', 'chapter-5', 'title']);
    expect(piecesOf('13812345678', inText.get('t3.1.total') ?? [])).toMatchObject([{ text: '13812345678' }]);
  });

  it('counts what stands in no place that is drawn, too', () => {
    const contact = { ...text, preface: '', chapters: [], contact: { email: 'xyzwgk@qq.com' } };
    const { count, inText, elsewhere } = candidatesIn(contact, checksOf(contact));
    expect([count, inText.size, elsewhere.length]).toEqual([1, 0, 1]);
    expect(candidatesIn(text, [found({ table: 't3', row: '1' }, 'home')]).elsewhere).toHaveLength(1);
  });

  it('is one stretch where two overlap, and two where they only touch', () => {
    const at = (from: number, to: number, reveals: Check['reveals']) =>
      found({ chapter: 5, paragraph: 1, from, to }, reveals);
    const one = candidatesIn(text, [at(2, 6, 'card-number'), at(0, 3, 'citizen-number'), at(6, 8, 'home')]);
    expect(one.inText.get('5.1')).toEqual([
      { from: 0, to: 6, reveals: ['card-number', 'citizen-number'] },
      { from: 6, to: 8, reveals: ['home'] },
    ]);
    expect(one.count).toBe(2);
  });
});

describe('a text cut at its candidates', () => {
  const candidate = (from: number, to: number): Candidate => ({ from, to, reveals: ['home'] });

  it.each<[string, Candidate[], string[]]>([
    ['none', [], ['甲乙丙丁']],
    ['one inside', [candidate(1, 2)], ['甲', '[乙]', '丙丁']],
    ['both ends', [candidate(0, 1), candidate(3, 4)], ['[甲]', '乙丙', '[丁]']],
    ['one beyond the end', [candidate(2, 9), candidate(9, 12)], ['甲乙', '[丙丁]']],
  ])('with %s loses nothing', (_what, candidates, expected) => {
    const pieces = piecesOf('甲乙丙丁', candidates);
    expect(pieces.map((piece) => (piece.candidate === null ? piece.text : `[${piece.text}]`))).toEqual(expected);
    expect(pieces.map((piece) => piece.text).join('')).toBe('甲乙丙丁');
  });

  it('keeps the lines of a preface where they begin', () => {
    expect(linesOf('一\n\n二三')).toEqual([
      { text: '一', from: 0 },
      { text: '', from: 2 },
      { text: '二三', from: 3 },
    ]);
  });
});
