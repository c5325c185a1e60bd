import { printCell } from '#report/cell-text';
import type { CellPlace, FormatDefinition, TableDefinition } from '#report/format-definition';
import type { Cell, Cells } from '#report/model';
import { readEntry } from './entry.js';
import { type At, cellAt, figureRows, placeOfCell } from './table-rows.js';
import { isTotal } from './totals.js';

/** Two corners of a rectangle of cells: where it began, and where one has come to. */
export interface Range {
  readonly from: At;
  readonly to: At;
}

/** The cells of a rectangle by row, as printed; where a row is shorter than the rectangle, those it has. */
export function rangeRows(table: TableDefinition, { from, to }: Range): readonly (readonly CellPlace[])[] {
  const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
  const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)];
  return figureRows(table)
    .slice(top, bottom + 1)
    .map(({ cells }) => cells.slice(left, right + 1))
    .filter((cells) => cells.length > 0);
}

/** The rectangle between two cells; null where one of them is of another table. */
export function rangeBetween(table: TableDefinition, one: string, other: string): Range | null {
  const [from, to] = [placeOfCell(table, one), placeOfCell(table, other)];
  return from === null || to === null ? null : { from, to };
}

type Rows = readonly (readonly CellPlace[])[];

const textOf = (cell: Cell | undefined, { column }: CellPlace): string =>
  cell === undefined ? '' : printCell(column.kind, cell);

/** Rows as spreadsheets take them from the clipboard: tabs between cells, a line for each row; what is not filled is empty. */
export function rangeText(rows: Rows, cells: Cells): string {
  const plain = (text: string): string => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map((place) => plain(textOf(cells[place.id], place))).join('\t')).join('\r\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The same as a table of HTML, which spreadsheets prefer. */
export function rangeHtml(rows: Rows, cells: Cells): string {
  const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (found) => ENTITIES[found] ?? found);
  const row = (places: readonly CellPlace[]): string =>
    `<tr>${places.map((place) => `<td>${escaped(textOf(cells[place.id], place))}</td>`).join('')}</tr>`;
  return `<table>${rows.map(row).join('')}</table>`;
}

/** Every cell of the rectangle without a figure. */
export const cleared = (rows: Rows): Readonly<Record<string, Cell>> =>
  Object.fromEntries(rows.flat().map(({ id }) => [id, { state: 'unfilled', original: '' } as const]));

/**
 * The first row of a rectangle written into those below it, or its first column into those beside it, as if the drafter typed it; of a single
 * row or column, the one before it. Totals follow by themselves and are not written.
 */
export function filled(
  format: FormatDefinition,
  table: TableDefinition,
  { range, cells, to }: { readonly range: Range; readonly cells: Cells; readonly to: 'down' | 'right' },
): Readonly<Record<string, Cell>> {
  const [row, column] = [Math.min(range.from.row, range.to.row), Math.min(range.from.column, range.to.column)];
  const isOneLine = to === 'down' ? range.from.row === range.to.row : range.from.column === range.to.column;
  const first = (to === 'down' ? row : column) - (isOneLine ? 1 : 0);
  const writes: Record<string, Cell> = {};
  for (const place of rangeRows(table, range).flat()) {
    const at = placeOfCell(table, place.id);
    if (at === null || isTotal(format, table, place.id)) continue;
    const source = cellAt(table, to === 'down' ? { row: first, column: at.column } : { row: at.row, column: first });
    const cell = source && cells[source.id];
    if (source === undefined || cell === undefined || source.id === place.id) continue;
    const { cell: written } = readEntry(place.column.kind, textOf(cell, source));
    writes[place.id] = written;
  }
  return writes;
}
