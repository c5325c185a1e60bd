import type { CellNote } from '#report/cell-text';
import type { CellPlace, FormatDefinition, TableDefinition } from '#report/format-definition';
import type { Cell, Cells } from '#report/model';
import { gridFigures } from '#report/readers/grid-figures';
import { gridOf } from '#report/readers/grid';
import { type ClipCell, documentTable } from './clipboard-text.js';
import { readEntry, sameFigure } from './entry.js';
import { type At, cellAt, figureRows, placeOfCell } from './table-rows.js';
import { isTotal, totalsAsCalculated } from './totals.js';

/** What becomes of `-`, `/` and 无: a statement of the drafter, never a guess. */
export type Dashes = 'unfilled' | 'zero';

/** Where one text of the clipboard goes. */
export interface PasteWrite {
  readonly place: CellPlace;
  readonly text: string;
  readonly cell: Cell;
  readonly note: CellNote | null;
}

/** What pasting would do, to be confirmed: nothing of it has happened. */
export interface PastePlan {
  readonly by: 'labels' | 'position';
  /** Rows and columns on the clipboard, and how many of those of the form were recognised. */
  readonly size: { readonly rows: number; readonly columns: number };
  readonly recognised: { readonly rows: number; readonly columns: number };
  readonly writes: readonly PasteWrite[];
  /** Cells that are locked and would become another figure: not taken. */
  readonly left: readonly CellPlace[];
  /** Cells that hold another figure now. */
  readonly overwritten: number;
  /** `-`, `/`, 无: to be decided. */
  readonly dashes: readonly PasteWrite[];
  /** Texts that are no figure: not taken. */
  readonly unreadable: readonly { readonly place: CellPlace | null; readonly text: string }[];
  /** Totals on the clipboard that differ from what their parts make: shown, never taken. */
  readonly differing: readonly { readonly place: CellPlace; readonly pasted: string; readonly made: string }[];
  /** Totals on the clipboard that agree. */
  readonly agreeing: number;
  /** Texts that lie outside the table, or in rows and columns the form does not have. */
  readonly outside: number;
}

interface Target {
  readonly format: FormatDefinition;
  readonly table: TableDefinition;
  readonly cells: Cells;
  readonly at: At;
  /** True for a cell that is locked in a correction. */
  readonly isLeft: (cell: string) => boolean;
}

type Found = ReadonlyMap<string, string>;

/** True when labels on the clipboard say where its figures belong. */
export const hasLabels = (clip: readonly (readonly ClipCell[])[], table: TableDefinition): boolean =>
  labelled(clip, table).found.size > 0;

/** What pasting would do: by the labels of rows and columns, or from the cell one stands on. */
export function pastePlan(
  clip: readonly (readonly ClipCell[])[],
  by: PastePlan['by'],
  dashes: Dashes,
  { format, table, cells, at, isLeft }: Target,
): PastePlan {
  const grid = gridOf(documentTable(clip));
  const size = { rows: grid.length, columns: grid.reduce((most, row) => Math.max(most, row.length), 0) };
  const { found, outside, unreadable } = by === 'labels' ? labelled(clip, table) : positioned(clip, table, at);
  const places = [...found].flatMap(([id, text]) => {
    const where = placeOfCell(table, id);
    const place = where && cellAt(table, where);
    return place ? [{ place, text, ...readEntry(place.column.kind, text) }] : [];
  });
  const [totals, figures] = parted(places, ({ place }) => isTotal(format, table, place.id));
  const [filled] = parted(figures, ({ cell }) => cell.state !== 'unfilled');
  const [undecided, decided] = parted(filled, ({ cell }) => cell.state === 'not-applicable');
  const [wrong, right] = parted(decided, ({ cell }) => cell.state === 'unreadable');
  const zeros = dashes === 'zero' ? undecided.map((one) => ({ ...one, ...readEntry(one.place.column.kind, '0') })) : [];
  const [locked, writes] = parted([...right, ...zeros], ({ place }) => isLeft(place.id));
  const after = { ...cells, ...Object.fromEntries(writes.map(({ place, cell }) => [place.id, cell])) };
  const made = totalsAsCalculated(format, table, after);
  const differing = totals.flatMap(({ place, text, cell }) => {
    const sum = made.get(place.id);
    if (cell.state === 'unfilled' || sum === undefined || sum.state === 'unfilled' || sameFigure(cell, sum)) return [];
    return [{ place, pasted: text.trim(), made: sum.state === 'value' ? sum.value : '' }];
  });
  const now = (id: string): Cell | undefined => cells[id];
  return {
    by,
    size,
    recognised: {
      rows: new Set(places.map(({ place }) => `${place.block.id}/${place.row.id}`)).size,
      columns: new Set(places.map(({ place }) => `${place.block.id}/${place.column.id}`)).size,
    },
    writes,
    left: locked.filter(({ place: { id }, cell }) => !sameFigure(cells[id] ?? cell, cell)).map(({ place }) => place),
    overwritten: writes.filter(({ place, cell }) => {
      const old = now(place.id);
      return old !== undefined && old.state !== 'unfilled' && !sameFigure(old, cell);
    }).length,
    dashes: undecided,
    unreadable: [...wrong.map(({ place, text }) => ({ place, text })), ...unreadable],
    differing,
    agreeing: totals.filter(({ cell }) => cell.state === 'value').length - differing.length,
    outside,
  };
}

interface Reading {
  readonly found: Found;
  readonly outside: number;
  readonly unreadable: readonly { readonly place: null; readonly text: string }[];
}

/** By the labels, with the reader of files: a figure no label names, or merged over several, is not taken. */
function labelled(clip: readonly (readonly ClipCell[])[], table: TableDefinition): Reading {
  const { texts, misfits, problems } = gridFigures([{ table: documentTable(clip), line: 1 }], table);
  const found = new Map([...texts].map(([id, { text }]) => [id, text]));
  const misfit = new Set([...misfits.values()].map(({ text }) => text));
  return {
    found,
    outside: problems.filter(({ code }) => code === 'unknown_row').length,
    unreadable: [...misfit].map((text) => ({ place: null, text })),
  };
}

/** From the cell one stands on, to the right and down; what a merged cell covers is left out. */
function positioned(clip: readonly (readonly ClipCell[])[], table: TableDefinition, { row, column }: At): Reading {
  const found = new Map<string, string>();
  let outside = 0;
  gridOf(documentTable(clip)).forEach((places, down) => {
    places.forEach((place, right) => {
      if (place?.begins !== true) return;
      const target = cellAt(table, { row: row + down, column: column + right });
      if (target !== undefined) found.set(target.id, place.cell.text);
      else if (place.cell.text.trim() !== '') outside += 1;
    });
  });
  return { found, outside, unreadable: [] };
}

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  const first: T[] = [];
  const second: T[] = [];
  for (const one of all) (isFirst(one) ? first : second).push(one);
  return [first, second];
}

/** How many rows and columns of figures a table has at most. */
export function tableSize(table: TableDefinition): { readonly rows: number; readonly columns: number } {
  const rows = figureRows(table);
  return { rows: rows.length, columns: rows.reduce((most, { cells }) => Math.max(most, cells.length), 0) };
}
