import { cellId } from '../format.js';
import type { BlockDefinition, ColumnDefinition, RowDefinition, TableDefinition } from '../format-definition.js';
import type { Message } from '../place.js';
import type { DocumentTable } from './report-document.js';
import { type Grid, gridOf, type GridPlace } from './grid.js';
import { headColumns, headPaths } from './head-columns.js';
import type { TableFigures, TableProblem } from './table-figures.js';
import type { RawCell } from './table-rows.js';
import { labelKey } from './text-line.js';

/** A table of the file; `line` counts the file's paragraphs and tables. */
export interface GridPiece {
  readonly table: DocumentTable;
  readonly line: number;
}

interface Region {
  readonly block: BlockDefinition;
  readonly rows: Grid;
  readonly line: number;
}

interface Reading {
  readonly table: TableDefinition;
  readonly texts: Map<string, RawCell>;
  readonly misfits: Map<string, RawCell>;
  readonly problems: TableProblem[];
  readonly seen: Set<string>;
  /** Columns of a block as its first piece has them, for pieces that go on without a head. */
  readonly columns: Map<
    BlockDefinition,
    { readonly width: number; readonly byColumn: ReadonlyMap<number, ColumnDefinition> }
  >;
}

/**
 * Puts the figures of a table under the cell ids of its definition, by the labels of row and column, never by position. A table may come in
 * several pieces; a piece without a head goes on with the columns of the piece before when it is as wide. What stands in a cell merged over
 * several figures, in a column no head names or in a row no label names is not taken over.
 */
export function gridFigures(pieces: readonly GridPiece[], table: TableDefinition): TableFigures {
  const reading: Reading = {
    table,
    texts: new Map(),
    misfits: new Map(),
    problems: [],
    seen: new Set(),
    columns: new Map(),
  };
  let block = table.blocks[0]?.heading === null ? table.blocks[0] : undefined;
  for (const piece of pieces) {
    for (const region of regionsOf(piece, table, block)) {
      readRegion(region, reading);
      block = region.block;
    }
  }
  return reading;
}

/** How many labels of a definition a table of the file carries: heads and rows, each once. */
export function labelsFound({ rows }: DocumentTable, table: TableDefinition): number {
  const found = new Set(rows.flatMap((row) => row.map(({ text }) => labelKey(text))));
  const own = new Set(
    table.blocks.flatMap((block) => [
      ...(block.heading === null ? [] : [labelKey(block.heading)]),
      ...headPaths(block, table).flatMap(({ path }) => path),
      ...block.rows.flatMap(({ labels }) => labels.map(labelKey)),
    ]),
  );
  return [...own].filter((key) => found.has(key)).length;
}

/** Parts of a table under one block heading each; a table whose form has no such headings is one region. */
function regionsOf(
  { table: found, line }: GridPiece,
  table: TableDefinition,
  block: BlockDefinition | undefined,
): readonly Region[] {
  const grid = gridOf(found);
  const regions: { block: BlockDefinition; rows: (readonly (GridPlace | undefined)[])[]; line: number }[] = [];
  if (block !== undefined) regions.push({ block, rows: [], line });
  for (const row of grid) {
    const opened = table.blocks.find(
      ({ heading }) =>
        heading !== null && row.some((place) => place?.begins === true && place.key === labelKey(heading)),
    );
    if (opened !== undefined) regions.push({ block: opened, rows: [], line });
    else regions.at(-1)?.rows.push(row);
  }
  return regions.filter(({ rows }) => rows.length > 0);
}

interface LabelledRow {
  readonly row: RowDefinition;
  readonly places: readonly (GridPlace | undefined)[];
  /** First grid column after the label. */
  readonly figuresFrom: number;
}

/** Which grid column shows which column of the form, and how wide the head is. */
interface Columns {
  readonly width: number;
  readonly byColumn: ReadonlyMap<number, ColumnDefinition>;
}

function readRegion({ block, rows, line }: Region, reading: Reading): void {
  const found = rows.map((places) => labelled(places, block));
  const firstData = unlabelled(block)
    ? firstFigureRow(rows, block, reading.table)
    : found.findIndex((row) => row !== null);
  if (firstData < 0) return;
  const head = rows.slice(0, firstData);
  const width = (head.length === 0 ? rows : head).reduce((most, row) => Math.max(most, row.length), 0);
  const from = found[firstData]?.figuresFrom ?? 0;
  const columns: Columns = { width, byColumn: columnsOf({ head, width, from }, block, line, reading) };
  rows.slice(firstData).forEach((places, index) => {
    const row = unlabelled(block) ? onlyRow(block, places, index) : (found[firstData + index] ?? null);
    if (row !== null) readRow(row, block, columns, line, reading);
    else if (!repeatsHead(places, block, reading.table)) noteUnknown(places, block, line, reading);
  });
}

const unlabelled = ({ rows }: BlockDefinition): boolean => rows.length === 1 && rows[0]?.labels.length === 0;

function onlyRow(block: BlockDefinition, places: LabelledRow['places'], index: number): LabelledRow | null {
  const [row] = block.rows;
  return row === undefined || index > 0 ? null : { row, places, figuresFrom: 0 };
}

function firstFigureRow(rows: Grid, block: BlockDefinition, table: TableDefinition): number {
  return rows.findIndex(
    (places, index) => index > 0 && !repeatsHead(places, block, table) && places.some((place) => place?.begins),
  );
}

/** The row of the form a grid row is: by its own label, the last one that is a label, and the groups before it. */
function labelled(places: LabelledRow['places'], block: BlockDefinition): LabelledRow | null {
  const keys = places.map((place) => place?.key ?? '');
  for (let column = keys.length - 1; column >= 0; column -= 1) {
    const key = keys[column] ?? '';
    if (key === '' || keys[column + 1] === key) continue;
    const named = block.rows.filter(({ labels }) => labelKey(labels.at(-1) ?? '') === key);
    const groups = new Set(keys.slice(0, column));
    const fitting = named.length > 1 ? named.filter(({ labels }) => groups.has(labelKey(labels.at(-2) ?? ''))) : named;
    const [row] = fitting;
    if (fitting.length === 1 && row !== undefined) return { row, places, figuresFrom: column + 1 };
  }
  return null;
}

interface HeadRows {
  readonly head: Grid;
  readonly width: number;
  readonly from: number;
}

function columnsOf(
  { head, width, from }: HeadRows,
  block: BlockDefinition,
  line: number,
  reading: Reading,
): ReadonlyMap<number, ColumnDefinition> {
  const { byColumn, unknown } = headColumns(head, width, from, block, reading.table);
  const before = reading.columns.get(block);
  if (byColumn.size === 0 && unknown.length === 0 && before?.width === width) return before.byColumn;
  reading.columns.set(block, { width, byColumn });
  const found = [...byColumn].toSorted(([a], [b]) => a - b).map(([, column]) => column);
  const inOrder = block.columns.filter((column) => found.includes(column));
  const same = found.length === block.columns.length && unknown.length === 0;
  if (!same || found.some((column, index) => column !== inOrder[index])) {
    const expected = block.columns.map(({ name }) => name).join(' | ');
    const shown = [...found.map(({ name }) => name), ...unknown].join(' | ');
    reading.problems.push({ code: 'head_differs', block: block.id, row: '', line, expected, found: shown });
  }
  return byColumn;
}

function readRow(
  labelledRow: LabelledRow,
  block: BlockDefinition,
  columns: Columns,
  line: number,
  reading: Reading,
): void {
  const { row, places, figuresFrom } = labelledRow;
  const key = `${block.id}/${row.id}`;
  const at = { block: block.id, row: row.id, line };
  if (reading.seen.has(key)) {
    const found = textsOf(places.slice(figuresFrom));
    reading.problems.push({ ...at, code: 'repeated_row', expected: `${row.labels.at(-1) ?? ''} ×1`, found });
    return;
  }
  reading.seen.add(key);
  const under = fits(labelledRow, columns) ? columns.byColumn : inTurn(labelledRow, block, columns.byColumn);
  if (under === null) {
    const whole = { text: textsOf(places.slice(figuresFrom)), line };
    for (const column of block.columns)
      reading.misfits.set(cellId(reading.table.id, block.id, row.id, column.id), whole);
    const expected = `${block.columns.length} figures`;
    reading.problems.push({ ...at, code: 'row_width', expected, found: whole.text });
    return;
  }
  const shared = sharedCells(places, under);
  for (const [index, column] of under) {
    const place = places[index];
    if (place === undefined) continue;
    const raw = rawCell(place, line, under === columns.byColumn ? undefined : IN_TURN);
    // A cell over several figures, or reaching down from a row above, says of none of them what it is; a blank one says nothing either way.
    const own = !shared.has(place.cell) && (place.begins || place.cell.rowSpan === 1);
    const id = cellId(reading.table.id, block.id, row.id, column.id);
    if (own || raw.text.trim() === '') reading.texts.set(id, raw);
    else reading.misfits.set(id, raw);
  }
  const found = [...shared].map(({ text }) => text.trim()).join(' | ');
  if (found !== '') reading.problems.push({ ...at, code: 'merged_figure', expected: '', found });
}

const IN_TURN: Message = {
  zh: '本行列宽与表头不一致，按次序对应',
  en: 'the row is not as wide as the head; figures were taken in turn',
};

function rawCell({ cell }: GridPlace, line: number, otherDoubt: Message | undefined): RawCell {
  const doubt = cell.doubt ?? otherDoubt;
  return { text: cell.text, line, at: cell.at, ...(doubt === undefined ? {} : { doubt }) };
}

/** A row fits its head when it is as wide and its figures begin where the columns do: a cell too few or too many would shift the rest. */
function fits({ places, figuresFrom }: LabelledRow, { width, byColumn }: Columns): boolean {
  const first = Math.min(...byColumn.keys());
  const between = places.slice(figuresFrom, first).some((place) => place?.begins === true && place.key !== '');
  return byColumn.size > 0 && places.length === width && figuresFrom <= first && !between;
}

/** Careless spans leave a row narrower or wider than its head; with one cell for every column in the order of the form there is one reading. */
function inTurn(
  { places, figuresFrom }: LabelledRow,
  block: BlockDefinition,
  byColumn: ReadonlyMap<number, ColumnDefinition>,
): ReadonlyMap<number, ColumnDefinition> | null {
  const order = [...byColumn].toSorted(([a], [b]) => a - b).map(([, column]) => column);
  if (order.length !== block.columns.length || order.some((column, index) => column !== block.columns[index]))
    return null;
  const begun = places.flatMap((place, index) => (index >= figuresFrom && place?.begins === true ? [index] : []));
  if (begun.length !== order.length) return null;
  return new Map(
    begun
      .map((index, at) => [index, order[at]] as const)
      .filter((pair): pair is [number, ColumnDefinition] => pair[1] !== undefined),
  );
}

function sharedCells(
  places: LabelledRow['places'],
  byColumn: ReadonlyMap<number, ColumnDefinition>,
): Set<GridPlace['cell']> {
  const cells = [...byColumn.keys()].flatMap((at) => (places[at] === undefined ? [] : [places[at].cell]));
  return new Set(cells.filter((cell, index) => cells.indexOf(cell) !== index));
}

function repeatsHead(places: LabelledRow['places'], block: BlockDefinition, table: TableDefinition): boolean {
  const keys = new Set(headPaths(block, table).flatMap(({ path }) => path));
  return places.some((place) => place !== undefined && keys.has(place.key));
}

const FIGURE = /\d|[０-９]/u;

/** A row without a label of the form matters when it holds figures; a caption or a note does not. */
function noteUnknown(places: LabelledRow['places'], block: BlockDefinition, line: number, reading: Reading): void {
  const found = textsOf(places);
  if (FIGURE.test(found))
    reading.problems.push({ code: 'unknown_row', block: block.id, row: '', line, expected: '', found });
}

function textsOf(places: LabelledRow['places']): string {
  return places
    .filter((place) => place?.begins)
    .map((place) => place?.cell.text.trim() ?? '')
    .join(' | ')
    .slice(0, 200);
}
