import { cellId } from '../format.js';
import type { BlockDefinition, RowDefinition, TableDefinition } from '../format-definition.js';
import type { RawCell } from './table-rows.js';
import { labelKey } from './text-line.js';

/** Why part of a table could not be taken over as it stands. `row`: label of the row, empty when it has none. */
export interface TableProblem {
  readonly code: 'row_width' | 'head_differs' | 'unknown_row' | 'repeated_row' | 'merged_figure';
  readonly block: string;
  readonly row: string;
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

/** Texts of the cells by cell id. A row that does not fit its columns is in `misfits` under every of its cells, never shifted. */
export interface TableFigures {
  readonly texts: ReadonlyMap<string, RawCell>;
  readonly misfits: ReadonlyMap<string, RawCell>;
  readonly problems: readonly TableProblem[];
}

interface Reading {
  block: BlockDefinition | undefined;
  head: RawCell[];
  sound: boolean;
  readonly seen: Set<string>;
  readonly texts: Map<string, RawCell>;
  readonly misfits: Map<string, RawCell>;
  readonly problems: TableProblem[];
}

/** Puts the figures of a flattened table under the cell ids of its definition, by labels, never by position in the file. */
export function figuresOf(rows: readonly (readonly RawCell[])[], table: TableDefinition): TableFigures {
  const reading: Reading = {
    block: table.blocks[0]?.heading === null ? table.blocks[0] : undefined,
    head: [],
    sound: true,
    seen: new Set(),
    texts: new Map(),
    misfits: new Map(),
    problems: [],
  };
  for (const row of rows) readRow(row, table, reading);
  return reading;
}

function readRow(row: readonly RawCell[], table: TableDefinition, reading: Reading): void {
  const filled = row.filter(({ text }) => text.trim() !== '');
  const opened = table.blocks.find(
    (block) => filled[0] !== undefined && keysOf(block).heading === labelKey(filled[0].text),
  );
  if (opened !== undefined) {
    reading.block = opened;
    reading.head = filled.slice(1);
    return;
  }
  const { block } = reading;
  if (block === undefined) return noteUnknown(filled, reading);
  const headKnown = reading.seen.has(`${block.id}/head`);
  const headComplete = headKnown || reading.head.length >= keysOf(block).head.length;
  const match = rowOf(row, block, headComplete);
  if (match !== null) return readFigures(match.row, match.cells, row, { table, block, reading });
  if (!headComplete) reading.head.push(...filled);
  else noteUnknown(filled, reading);
}

// The row's own label is the last label in the row; what stands after it are figures. A table without labels has figures once its head is complete.
function rowOf(
  row: readonly RawCell[],
  block: BlockDefinition,
  headComplete: boolean,
): { readonly row: RowDefinition; readonly cells: readonly RawCell[] } | null {
  for (let index = row.length - 1; index >= 0; index -= 1) {
    const cell = row[index];
    const found = cell === undefined ? undefined : keysOf(block).rows.get(labelKey(cell.text));
    if (found !== undefined) return { row: found, cells: row.slice(index + 1) };
  }
  const [only] = block.rows;
  return only?.labels.length === 0 && headComplete ? { row: only, cells: row } : null;
}

function readFigures(
  row: RowDefinition,
  cells: readonly RawCell[],
  whole: readonly RawCell[],
  { table, block, reading }: { table: TableDefinition; block: BlockDefinition; reading: Reading },
): void {
  const line = whole[0]?.line ?? 0;
  const label = row.labels.at(-1) ?? '';
  const place = { block: block.id, row: row.id, line };
  const key = `${block.id}/${row.id}`;
  if (reading.seen.has(key)) {
    reading.problems.push({ ...place, code: 'repeated_row', expected: `${label} once`, found: textsOf(cells) });
    return;
  }
  if (!reading.seen.has(`${block.id}/head`)) checkHead(block, line, reading);
  reading.seen.add(key);
  const fits = cells.length === block.columns.length;
  if (!fits) {
    const expected = `${block.columns.length} figures`;
    reading.problems.push({ ...place, code: 'row_width', expected, found: `${cells.length}: ${textsOf(cells)}` });
  }
  block.columns.forEach((column, index) => {
    const id = cellId(table.id, block.id, row.id, column.id);
    const cell = fits ? cells[index] : { text: textsOf(cells), line };
    if (cell !== undefined) (fits && reading.sound ? reading.texts : reading.misfits).set(id, cell);
  });
}

// A head with known labels in other places means other columns: its figures must not be taken over under ours.
function checkHead(block: BlockDefinition, line: number, reading: Reading): void {
  const expected = keysOf(block).head;
  const found = reading.head.map(({ text }) => labelKey(text));
  const known = new Set(expected);
  const moved = found.some((label, index) => known.has(label) && label !== expected[index]);
  reading.sound = found.length === expected.length && !moved;
  reading.seen.add(`${block.id}/head`);
  if (!reading.sound || found.some((label, index) => label !== expected[index])) {
    const shown = reading.head.map(({ text }) => text.trim()).join(' | ');
    const wanted = block.head
      .flat()
      .map(({ label }) => label)
      .join(' | ');
    reading.problems.push({ code: 'head_differs', block: block.id, row: '', line, expected: wanted, found: shown });
  }
  reading.head = [];
}

function noteUnknown(filled: readonly RawCell[], reading: Reading): void {
  const [first] = filled;
  if (first === undefined) return;
  const place = { block: reading.block?.id ?? '', row: '', line: first.line };
  reading.problems.push({ ...place, code: 'unknown_row', expected: '', found: textsOf(filled) });
}

interface BlockKeys {
  readonly heading: string | null;
  readonly head: readonly string[];
  readonly rows: ReadonlyMap<string, RowDefinition>;
}

const keysOfBlock = new WeakMap<BlockDefinition, BlockKeys>();

function keysOf(block: BlockDefinition): BlockKeys {
  const known = keysOfBlock.get(block);
  if (known !== undefined) return known;
  const keys: BlockKeys = {
    heading: block.heading === null ? null : labelKey(block.heading),
    head: block.head.flat().map(({ label }) => labelKey(label)),
    rows: new Map(block.rows.flatMap((row) => row.labels.slice(-1).map((label) => [labelKey(label), row]))),
  };
  keysOfBlock.set(block, keys);
  return keys;
}

function textsOf(cells: readonly RawCell[]): string {
  return cells
    .map(({ text }) => text.trim())
    .join(' | ')
    .slice(0, 200);
}
