import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { cellsOf, FORMATS } from './format.js';
import type { FormatDefinition } from './format-definition.js';
import type { AnnualReport } from './model.js';
import { printedTables, type PrintedTable } from './printed-tables.js';
import { readPlainText } from './readers/plain-text.js';

const reading = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample must be readable');
const sample = reading.report;

/** A report of a format whose cells show their running number. */
function numbered(format: FormatDefinition): AnnualReport {
  const tables = format.tables.map((table) => [
    table.id,
    Object.fromEntries(
      cellsOf(table).map(({ id }, index) => [
        id,
        { state: 'value', value: String(index), original: String(index) } as const,
      ]),
    ),
  ]);
  return { ...sample, format: format.id, tables: Object.fromEntries(tables) };
}

/** Which cells cover each grid place: every place must be covered exactly once. */
function coverage(table: PrintedTable): number[][] {
  return table.groups.flatMap(({ rows }) => {
    const grid = rows.map(() => Array.from({ length: table.columns }, () => 0));
    rows.forEach((row, line) => {
      let at = 0;
      for (const cell of row) {
        while (grid[line]?.[at] !== undefined && grid[line][at] !== 0) at += 1;
        for (let down = 0; down < cell.rowSpan; down += 1) {
          for (let right = 0; right < cell.colSpan; right += 1) {
            const covered = grid[line + down];
            if (covered === undefined) throw new Error(`${cell.text} spans past its group`);
            covered[at + right] = (covered[at + right] ?? 99) + 1;
          }
        }
      }
    });
    return grid;
  });
}

describe.each(FORMATS.map((format) => [format.id, format] as const))(
  'the printed tables of format %s',
  (_id, format) => {
    const tables = printedTables(numbered(format));

    it('stand in the chapters of the form', () => {
      expect(tables.map(({ id, chapter }) => [id, chapter])).toEqual([
        ['t2', 2],
        ['t3', 3],
        ['t4', 4],
      ]);
    });

    it('cover their grid without gap or overlap', () => {
      for (const table of tables) expect(new Set(coverage(table).flat())).toEqual(new Set([1]));
    });

    it('show every cell once, in the order of the form', () => {
      const shown = tables.flatMap(({ groups }) =>
        groups.flatMap(({ rows }) => rows.flat().flatMap((cell) => (cell.kind === 'data' ? [cell.cellId] : []))),
      );
      expect(shown).toEqual(format.tables.flatMap((table) => cellsOf(table).map(({ id }) => id)));
    });
  },
);

const rowsOf = (table: PrintedTable | undefined): string[] =>
  table?.groups.flatMap(({ rows }) => rows.map((row) => row.map(({ text }) => text).join(' | '))) ?? [];

describe('the printed sample', () => {
  const [disclosure, applications] = printedTables(sample);

  it('shows signs and units', () => {
    expect(rowsOf(disclosure)).toContain('行政许可 | 19 | +11 | 111');
    expect(rowsOf(disclosure).at(-1)).toBe('政府集中采购 | 41 | 1150 万元');
  });

  it('prints group labels of 表三 once, over the rows they cover', () => {
    const groups = applications?.groups
      .flatMap(({ rows }) => rows.flat())
      .filter((cell) => cell.kind === 'head' && cell.scope === 'rowgroup');
    expect(groups?.map(({ text, rowSpan }) => [text, rowSpan])).toEqual([
      ['三、本年度办理结果', 20],
      ['（三）不予公开', 8],
      ['（四）无法提供', 3],
      ['（五）不予处理', 5],
    ]);
  });

  it('refuses to print a report that lacks a cell', () => {
    expect(() => printedTables({ ...sample, tables: { ...sample.tables, t4: {} } })).toThrow(
      'the report has no cell t4.review.upheld',
    );
  });
});
