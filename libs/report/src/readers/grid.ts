import type { DocumentTable, GridCell } from './report-document.js';
import { labelKey } from './text-line.js';

/** One position of a table laid out as a grid; `begins`: the cell starts here, it is not merely covered by a merged one. */
export interface GridPlace {
  readonly cell: GridCell;
  readonly key: string;
  readonly begins: boolean;
}

/** Rows of grid positions; undefined where the file has no cell. */
export type Grid = readonly (readonly (GridPlace | undefined)[])[];

/** More columns than any statutory table with room for notes; what lies beyond is not read. */
const MOST_COLUMNS = 60;

/** Lays a table's cells out so that each position knows the cell that covers it. Cells that would overlap move right, as browsers lay them out. */
export function gridOf({ rows }: DocumentTable): Grid {
  const grid: (GridPlace | undefined)[][] = rows.map(() => []);
  rows.forEach((row, r) => {
    let column = 0;
    for (const cell of row) {
      while (grid[r]?.[column] !== undefined) column += 1;
      if (column >= MOST_COLUMNS) break;
      cover(grid, r, column, cell);
      column += cell.colSpan;
    }
  });
  return grid;
}

function cover(grid: (GridPlace | undefined)[][], top: number, left: number, cell: GridCell): void {
  const key = labelKey(cell.text);
  const bottom = Math.min(grid.length, top + cell.rowSpan);
  const right = Math.min(MOST_COLUMNS, left + cell.colSpan);
  for (let r = top; r < bottom; r += 1) {
    for (let c = left; c < right; c += 1) {
      const row = grid[r];
      if (row !== undefined && row[c] === undefined) row[c] = { cell, key, begins: r === top && c === left };
    }
  }
}
