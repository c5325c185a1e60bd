import type { PrintedCell, PrintedRow } from '../printed-tables.js';

/**
 * A printed cell in its grid: `row` and `column` count from 0 and name the place where this part stands. `begins` is false in the rows a cell of
 * several rows reaches into from above.
 */
export interface GridPart {
  readonly cell: PrintedCell;
  readonly row: number;
  readonly column: number;
  readonly begins: boolean;
}

/** The rows of a table on its grid, left to right, with the parts that come from above. `columns`: grid columns. */
export function gridOf(rows: readonly PrintedRow[], columns: number): readonly (readonly GridPart[])[] {
  const above: { cell: PrintedCell; column: number; left: number }[] = [];
  return rows.map((cells, row) => {
    const parts: GridPart[] = [];
    const waiting = [...cells];
    for (let column = 0; column < columns;) {
      const reaching = above.find((one) => one.column === column && one.left > 0);
      const cell = reaching?.cell ?? waiting.shift();
      if (cell === undefined) throw new RangeError(`row ${row} has no cell for grid column ${column}`);
      parts.push({ cell, row, column, begins: reaching === undefined });
      if (reaching !== undefined) reaching.left -= 1;
      else if (cell.rowSpan > 1) above.push({ cell, column, left: cell.rowSpan - 1 });
      column += cell.colSpan;
    }
    if (waiting.length > 0) throw new RangeError(`row ${row} has more cells than ${columns} grid columns`);
    return parts;
  });
}
