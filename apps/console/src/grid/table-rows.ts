import { cellsOf } from '#report/format';
import type { BlockDefinition, CellPlace, RowDefinition, TableDefinition } from '#report/format-definition';

/** One row of figures as the keyboard walks it; rows of 表二 differ in length. */
export interface FigureRow {
  readonly block: BlockDefinition;
  readonly row: RowDefinition;
  readonly cells: readonly CellPlace[];
}

/** Where the keyboard stands, counted from 0. */
export interface At {
  readonly row: number;
  readonly column: number;
}

const rowsOfTable = new WeakMap<TableDefinition, readonly FigureRow[]>();

/** The rows of figures of a table, as printed. */
export function figureRows(table: TableDefinition): readonly FigureRow[] {
  const known = rowsOfTable.get(table);
  if (known !== undefined) return known;
  const cells = cellsOf(table);
  const rows = table.blocks.flatMap((block) =>
    block.rows.map((row) => ({
      block,
      row,
      cells: cells.filter((place) => place.block === block && place.row === row),
    })),
  );
  rowsOfTable.set(table, rows);
  return rows;
}

/** The cell at a place, if the table has one there. */
export const cellAt = (table: TableDefinition, { row, column }: At): CellPlace | undefined =>
  figureRows(table)[row]?.cells[column];

/** Where a cell stands; null for a cell of another table. */
export function placeOfCell(table: TableDefinition, id: string): At | null {
  const rows = figureRows(table);
  for (const [row, { cells }] of rows.entries()) {
    const column = cells.findIndex((cell) => cell.id === id);
    if (column >= 0) return { row, column };
  }
  return null;
}
