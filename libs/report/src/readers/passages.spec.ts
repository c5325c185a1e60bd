import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../finding.js';
import { passagesOf } from './passages.js';
import type { DocumentTable, ReportDocument, SourcePlace } from './report-document.js';

const paragraph = (no: number, text: string) => ({ kind: 'paragraph', text, at: { paragraph: no } }) as const;
const table: DocumentTable = {
  kind: 'table',
  at: { table: 1 },
  rows: ['项目|金额', '集中采购|1150万'].map((row, at) =>
    row.split('|').map((text, column) => ({
      text,
      colSpan: 1,
      rowSpan: 1,
      at: { table: 1, row: at + 1, column: column + 1 },
    })),
  ),
};
const document: ReportDocument = {
  kind: 'docx',
  notices: [],
  blocks: [
    paragraph(1, '一、总体情况'),
    paragraph(2, ' '),
    paragraph(3, `${'长'.repeat(200)}提升全市水平，全市工作${'尾'.repeat(200)}`),
    table,
    paragraph(4, '四是\u200b加强'),
  ],
};
const finding = (at: SourcePlace | null, original: string): Finding => ({
  code: 'x',
  rule: 'S01',
  severity: 'W',
  place: { part: 'preface' },
  line: null,
  at,
  original,
  message: { zh: '', en: '' },
});
const of = (at: SourcePlace | null, original: string) => passagesOf(document, [finding(at, original)])[0]!;
const doubtful = (at: SourcePlace, original: string) =>
  of(at, original)
    .rows.flat()
    .flatMap(({ parts }) => parts.filter(({ isDoubtful }) => isDoubtful).map(({ text }) => text));

describe('the passage of a finding', () => {
  it('is null for what concerns no place, or one the file does not have', () => {
    expect(of(null, 'x')).toBeNull();
    expect(of({ paragraph: 99 }, 'x')).toBeNull();
  });

  it('of a paragraph is what stands around the words meant, each time they stand there, with its neighbours', () => {
    const found = of({ paragraph: 3 }, '全市');
    expect(found).toMatchObject({ kind: 'paragraph', before: '一、总体情况', after: '' });
    expect(found.rows[0]![0]!.parts.map(({ text, isDoubtful }) => (isDoubtful ? `[${text}]` : text)).join('')).toBe(
      `…${'长'.repeat(78)}提升[全市]水平，[全市]工作${'尾'.repeat(78)}…`,
    );
  });

  it('of a cell is the head of its table and its row, the cell marked', () => {
    const found = of({ table: 1, row: 2, column: 2 }, '万');
    expect(found.rows.map((row) => row.map(({ parts }) => parts.map(({ text }) => text).join('')))).toEqual([
      ['项目', '金额'],
      ['集中采购', '1150万'],
    ]);
    expect(found.rows.flat().map(({ isDoubtful }) => isDoubtful)).toEqual([false, false, false, true]);
    expect(doubtful({ table: 1, row: 2, column: 2 }, '万')).toEqual(['万']);
    expect(of({ table: 1 }, '集中采购').rows).toHaveLength(1);
  });

  it('shows a character nobody sees by its name', () => {
    expect(doubtful({ paragraph: 4 }, 'U+200B')).toEqual(['U+200B']);
  });

  it('loses and invents no character of a short paragraph', () => {
    for (const original of ['', '四', '加强', '不在其中', '四是'])
      expect(
        of({ paragraph: 4 }, original)
          .rows[0]![0]!.parts.map(({ text }) => text)
          .join(''),
      ).toBe('四是\u200b加强');
  });
});
