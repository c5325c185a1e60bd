import { describe, expect, it } from '@jest/globals';
import { cellName, cellsOf, formatById, formatFor, FORMATS, tableOf } from './format.js';
import type { FormatDefinition } from './format-definition.js';

const size = (format: FormatDefinition, table: string): number => cellsOf(tableOf(format, table)).length;

describe('the format of a year', () => {
  it.each([
    [2008, null],
    [2018, null],
    [2019, '2019'],
    [2020, '2019'],
    [2021, '2021'],
    [2035, '2021'],
  ])('%i: %s', (year, id) => {
    expect(formatFor(year)?.id ?? null).toBe(id);
  });

  it('is unknown by a made-up id', () => {
    expect(formatById('2020')).toBeNull();
  });
});

describe.each(FORMATS.map((format) => [format.id, format] as const))('format %s', (id, format) => {
  it('has the cells of the paper form', () => {
    const expected = { '2019': [22, 161, 15], '2021': [10, 175, 15] }[id];
    expect(['t2', 't3', 't4'].map((table) => size(format, table))).toEqual(expected);
  });

  it('gives every cell an id of its own', () => {
    const ids = format.tables.flatMap((table) => cellsOf(table).map((cell) => cell.id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const cell of ids) expect(cell).toMatch(/^t[234]\.[a-z0-9.-]+$/);
  });

  it('names every cell apart for people', () => {
    const names = format.tables.flatMap((table) => cellsOf(table).map((cell) => `${cell.block.id} ${cellName(cell)}`));
    expect(new Set(names).size).toBe(names.length);
  });

  it('names only cells it has in its identities', () => {
    for (const { table, across, left, right } of format.identities) {
      const cells = cellsOf(tableOf(format, table));
      const known = new Set(cells.map(({ row, column }) => (across === 'rows' ? row.id : column.id)));
      expect([...left, ...right].filter((term) => !known.has(term))).toEqual([]);
    }
  });

  it('adds up every outcome row once', () => {
    const outcomes = cellsOf(tableOf(format, 't3')).filter(
      ({ row, column }) => column.id === 'total' && /^3\.[1-6]/.test(row.id),
    );
    expect(format.identities.find(({ rule }) => rule === 'T3-02')?.right).toEqual(outcomes.map(({ row }) => row.id));
  });
});
