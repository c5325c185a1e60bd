import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blankReport } from '#report/blank-report';
import { isRefusal } from '#domain/decision';
import { formatById, tableOf } from '#report/format';
import type { Cell, Cells } from '#report/model';
import { clipOfText } from './clipboard-text.js';
import { readEntry } from './entry.js';
import { cleared, filled, rangeBetween, rangeHtml, rangeRows, rangeText } from './range.js';
import { cellAt, figureRows } from './table-rows.js';

const blank = blankReport('向阳区', 2026);
if (isRefusal(blank)) throw new Error(blank.refused);
const format = formatById(blank.format)!;
const t3 = tableOf(format, 't3');
const t2 = tableOf(format, 't2');
const figure = (text: string): Cell => readEntry('count', text).cell;
const cellsOf = (table: typeof t3, figures: Readonly<Record<string, string>>): Cells => ({
  ...blank.tables[table.id]!,
  ...Object.fromEntries(Object.entries(figures).map(([id, text]) => [id, figure(text)])),
});
const between = (from: string, to: string) => rangeBetween(t3, from, to)!;
const ids = (rows: readonly (readonly { readonly id: string }[])[]) => rows.map((row) => row.map(({ id }) => id));

describe('a rectangle of cells', () => {
  it('is the same from whichever corner it was drawn', () => {
    const here = rangeRows(t3, between('t3.1.natural-person', 't3.2.commercial'));
    expect(ids(here)).toEqual([
      ['t3.1.natural-person', 't3.1.commercial'],
      ['t3.2.natural-person', 't3.2.commercial'],
    ]);
    expect(rangeRows(t3, between('t3.2.natural-person', 't3.1.commercial'))).toEqual(here);
  });

  it('has of shorter rows what they have', () => {
    const rows = figureRows(t2);
    const last = rows.at(-1)!.cells[0]!.id;
    const all = rangeRows(t2, rangeBetween(t2, rows[0]!.cells.at(-1)!.id, last)!);
    expect(all.map((row) => row.length)).toEqual(rows.map(({ cells }) => cells.length));
    expect(rangeBetween(t2, last, 't3.1.other')).toBeNull();
  });
});

describe('a copied rectangle', () => {
  const cells = cellsOf(t3, { 't3.1.natural-person': '12', 't3.2.commercial': '=7+3' });
  const rows = rangeRows(t3, between('t3.1.natural-person', 't3.2.commercial'));

  it('is tabs and lines, and a table; what is not filled stays empty', () => {
    expect(rangeText(rows, cells)).toBe('12\t\r\n\t10');
    expect(rangeHtml(rows, cells)).toBe('<table><tr><td>12</td><td></td></tr><tr><td></td><td>10</td></tr></table>');
  });

  it('is read by the paste as what it was, whatever stands in the cells', () => {
    const text = fc.string({ unit: fc.constantFrom('1', '件', '"', '\t', '\n', '<', ' ', '—'), maxLength: 6 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const some = cellsOf(t3, {});
        const written: Cells = {
          ...some,
          't3.1.natural-person': { state: 'unreadable', original: one },
          't3.2.commercial': { state: 'unreadable', original: other },
        };
        const clip = clipOfText(rangeText(rows, written));
        expect(clip?.map((row) => row.map((cell) => cell.text))).toEqual([
          [one, ''],
          ['', other],
        ]);
      }),
      { seed: 20261126, numRuns: 200 },
    );
  });

  it('lets nothing of a cell become markup', () => {
    const written: Cells = { ...cells, 't3.1.natural-person': { state: 'unreadable', original: '<b>"&' } };
    expect(rangeHtml(rows, written)).toContain('<td>&lt;b&gt;&quot;&amp;</td>');
  });
});

describe('filling', () => {
  it('down writes the first row into the others, right the first column, and never a total', () => {
    const cells = cellsOf(t3, { 't3.1.legal-service': '3', 't3.1.other': '4', 't3.1.total': '7' });
    const down = filled(format, t3, { range: between('t3.1.legal-service', 't3.2.total'), cells, to: 'down' });
    expect(Object.entries(down).map(([id, cell]) => [id, cell.original])).toEqual([
      ['t3.2.legal-service', '3'],
      ['t3.2.other', '4'],
    ]);
    const right = filled(format, t3, { range: between('t3.1.legal-service', 't3.1.total'), cells, to: 'right' });
    expect(Object.entries(right).map(([id, cell]) => [id, cell.original])).toEqual([['t3.1.other', '3']]);
  });

  it('of one cell takes the one above or before, and at the edge there is none', () => {
    const cells = cellsOf(t3, { 't3.1.natural-person': '=2+3' });
    const one = (id: string, to: 'down' | 'right') => filled(format, t3, { range: between(id, id), cells, to });
    expect(one('t3.2.natural-person', 'down')).toEqual({ 't3.2.natural-person': figure('5') });
    expect(one('t3.1.commercial', 'right')).toEqual({ 't3.1.commercial': figure('5') });
    expect(one('t3.1.natural-person', 'down')).toEqual({});
    expect(one('t3.1.natural-person', 'right')).toEqual({});
  });

  it('with a blank makes blanks, and clearing leaves none filled', () => {
    const cells = cellsOf(t3, { 't3.2.natural-person': '9' });
    const range = between('t3.1.natural-person', 't3.2.natural-person');
    expect(filled(format, t3, { range, cells, to: 'down' })['t3.2.natural-person']).toMatchObject({
      state: 'unfilled',
    });
    expect(Object.keys(cleared(rangeRows(t3, range)))).toEqual(['t3.1.natural-person', 't3.2.natural-person']);
    expect(cellAt(t3, range.from)?.id).toBe('t3.1.natural-person');
  });
});
