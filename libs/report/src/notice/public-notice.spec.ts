import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { annualReportArbitrary } from '../../../../test/support/report-arbitrary.js';
import { FORMATS } from '../format.js';
import type { AnnualReport, Cell } from '../model.js';
import { MAX_REASON, noticeBytes, parseNotice, type PublicNotice } from './public-notice.js';
import { changesBetween, isUnchanged } from './report-changes.js';

const any = fc.oneof(...FORMATS.map(annualReportArbitrary));
const SOME = [
  fc.sample(annualReportArbitrary(FORMATS[0]!), { numRuns: 1, seed: 7 })[0]!,
  fc.sample(annualReportArbitrary(FORMATS[1]!), { numRuns: 1, seed: 7 })[0]!,
] as const;
const number = (value: string): Cell => ({ state: 'value', value, original: value });
const withCell = (report: AnnualReport, table: string, id: string, cell: Cell): AnnualReport => ({
  ...report,
  tables: { ...report.tables, [table]: { ...report.tables[table], [id]: cell } },
});
const withParagraphs = (report: AnnualReport, no: number, paragraphs: readonly string[]): AnnualReport => ({
  ...report,
  chapters: report.chapters.map((chapter) => (chapter.no === no ? { ...chapter, paragraphs } : chapter)),
});

const DOCUMENT = '5f3c7a0e-8d6b-4a3e-9d53-0a9a7f7f2c11';
const notice: PublicNotice = {
  schema: 'sunward.notice/1',
  kind: 'correct',
  document: DOCUMENT,
  edition: 2,
  replaces: 1,
  reason: '录入时数字颠倒。',
  changes: { cells: [{ cell: 't3.1.total', name: '表三 一 总计', before: '812', after: '821' }], texts: [] },
};
const read = (value: unknown): ReturnType<typeof parseNotice> =>
  parseNotice(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)));

describe('what changed between two editions', () => {
  const [report] = SOME;

  it('is nothing between equals', () => {
    fc.assert(fc.property(any, (one) => expect(isUnchanged(changesBetween(one, structuredClone(one)))).toBe(true)));
  });

  it('names the cell as people call it, with both figures as printed', () => {
    const [id] = Object.keys(report.tables['t3']!);
    const before = withCell(report, 't3', id!, number('812'));
    const { cells, texts } = changesBetween(before, withCell(report, 't3', id!, number('821')));
    expect(cells).toEqual([{ cell: id, name: expect.stringContaining('表三'), before: '812', after: '821' }]);
    expect(texts).toEqual([]);
  });

  it('names the sentence and leaves its neighbours alone', () => {
    const before = withParagraphs(report, 1, ['一句不变。收到申请812件。末句不变。']);
    const after = withParagraphs(report, 1, ['一句不变。收到申请821件。末句不变。']);
    expect(changesBetween(before, after).texts).toEqual([
      {
        place: 'chapter-1',
        name: expect.stringContaining('一、'),
        before: '收到申请812件。',
        after: '收到申请821件。',
      },
    ]);
  });

  it('tells of paragraphs that come, go and move, of titles and of what stands beside the prose', () => {
    const words = ['甲甲甲甲甲。', '乙乙乙乙乙。', '丙丙丙丙丙。'];
    const before = withParagraphs(report, 1, words);
    const texts = (after: AnnualReport): readonly unknown[] => changesBetween(before, after).texts;
    expect(texts(withParagraphs(report, 1, words.slice(1)))).toMatchObject([{ before: words[0], after: null }]);
    expect(texts(withParagraphs(report, 1, [...words, '丁丁。']))).toMatchObject([{ before: null, after: '丁丁。' }]);
    expect(texts(withParagraphs(report, 1, [words[1]!, words[2]!, words[0]!])).length).toBeGreaterThan(0);
    expect(texts({ ...before, title: '另一标题' })).toMatchObject([{ place: 'title', after: '另一标题' }]);
    expect(texts({ ...before, scope: 'region' })).toMatchObject([{ place: 'data' }]);
  });

  it('leaves nothing out: two reports differ exactly when a change is listed', () => {
    const plain = (one: AnnualReport): string =>
      JSON.stringify(one, (key, value: unknown) => (key === 'original' ? '' : value));
    fc.assert(
      fc.property(any, any, fc.boolean(), (one, other, alike) => {
        const after = alike ? structuredClone(one) : other;
        expect(isUnchanged(changesBetween(one, after))).toBe(plain(one) === plain(after));
      }),
    );
  });
});

describe('a notice', () => {
  it('is read back from its exact bytes', () => {
    expect(parseNotice(noticeBytes(notice))).toEqual(notice);
    fc.assert(
      fc.property(any, any, (one, other) => {
        const drawn = { ...notice, changes: changesBetween(one, other) };
        expect(parseNotice(noticeBytes(drawn))).toEqual(drawn);
      }),
      { numRuns: 30 },
    );
  });

  it.each<[string, unknown]>([
    ['without a reason', { ...notice, reason: '  ' }],
    ['with a reason nobody reads to its end', { ...notice, reason: '长'.repeat(MAX_REASON + 1) }],
    ['with a hidden character', { ...notice, reason: '理由\u202e' }],
    ['of another act', { ...notice, kind: 'publish' }],
    ['correcting nothing', { ...notice, replaces: null, changes: null }],
    ['correcting a later edition', { ...notice, replaces: 2 }],
    ['correcting without saying what', { ...notice, changes: null }],
    ['withdrawing another edition', { ...notice, kind: 'withdraw', replaces: 1, changes: null }],
    ['withdrawing with changes', { ...notice, kind: 'withdraw', replaces: 2 }],
    ['with a field more', { ...notice, note: 'x' }],
    [
      'with a change that names no cell',
      { ...notice, changes: { cells: [{ name: 'x', before: '', after: '' }], texts: [] } },
    ],
    ['not in canonical form', ` ${JSON.stringify(notice)}`],
    ['cut off', '{'],
  ])('%s is refused', (_what, value) => {
    expect(isRefusal(read(value))).toBe(true);
  });

  it('of a withdrawal or of a first emergency needs no changes', () => {
    for (const one of [
      { ...notice, kind: 'withdraw' as const, replaces: 2, changes: null },
      { ...notice, kind: 'emergency' as const, edition: 1, replaces: null, changes: null },
    ])
      expect(parseNotice(noticeBytes(one))).toEqual(one);
  });
});
