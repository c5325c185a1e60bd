import { cellId } from '../format.js';
import type { BlockDefinition, ColumnDefinition, RowDefinition, TableDefinition } from '../format-definition.js';
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

function readRegion({ block, rows, line }: Region, reading: Reading): void {
  const found = rows.map((places) => labelled(places, block));
  const firstData = unlabelled(block)
    ? firstFigureRow(rows, block, reading.table)
    : found.findIndex((row) => row !== null);
  if (firstData < 0) return;
  const head = rows.slice(0, firstData);
  const width = Math.max(...rows.map((row) => row.length));
  const from = found[firstData]?.figuresFrom ?? 0;
  const byColumn = columnsOf({ head, width, from }, block, line, reading);
  rows.slice(firstData).forEach((places, index) => {
    const row = unlabelled(block) ? onlyRow(block, places, index) : (found[firstData + index] ?? null);
    if (row !== null) readRow(row, block, byColumn, line, reading);
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
  { row, places, figuresFrom }: LabelledRow,
  block: BlockDefinition,
  byColumn: ReadonlyMap<number, ColumnDefinition>,
  line: number,
  reading: Reading,
): void {
  const key = `${block.id}/${row.id}`;
  const label = row.labels.at(-1) ?? '';
  if (reading.seen.has(key)) {
    const found = textsOf(places.slice(figuresFrom));
    reading.problems.push({ code: 'repeated_row', block: block.id, row: row.id, line, expected: `${label} ×1`, found });
    return;
  }
  reading.seen.add(key);
  const shared = sharedCells(places, byColumn);
  for (const [at, column] of byColumn) {
    const place = at < figuresFrom ? undefined : places[at];
    if (place === undefined) continue;
    const { text, at: source, doubt } = place.cell;
    const raw: RawCell = { text, line, at: source, ...(doubt === undefined ? {} : { doubt }) };
    // A cell over several figures, or reaching down from a row above, says of none of them what it is; a blank one says nothing either way.
    const own = !shared.has(place.cell) && (place.begins || place.cell.rowSpan === 1);
    const id = cellId(reading.table.id, block.id, row.id, column.id);
    if (own || text.trim() === '') reading.texts.set(id, raw);
    else reading.misfits.set(id, raw);
  }
  if (shared.size > 0) {
    const found = [...shared].map(({ text }) => text.trim()).join(' | ');
    if (found !== '')
      reading.problems.push({ code: 'merged_figure', block: block.id, row: row.id, line, expected: '', found });
  }
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
