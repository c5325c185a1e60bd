import type { PrintedCell } from '../printed-tables.js';
import type { GridPart } from './table-grid.js';

/** Which heads name a figure. 表二 has a head per block, so that `scope` alone would give a figure the heads of all blocks above it. */
export class HeadIds {
  private readonly ids = new Map<PrintedCell, string>();
  private columnHeads: readonly GridPart[] = [];

  /** `idAt`: an id nothing else has where the table will stand, for the head of this number from 0. */
  constructor(private readonly idAt: (no: number) => string) {}

  /** Takes over the column heads of a group; one without any continues under those of the group before. */
  enter(grid: readonly (readonly GridPart[])[]): void {
    const own = grid
      .flat()
      .filter(({ cell, begins }) => begins && cell.kind === 'head' && cell.scope.startsWith('col'));
    if (own.length > 0) this.columnHeads = own;
  }

  /** The id of a head, the same each time it is asked for. */
  idOf(cell: PrintedCell): string {
    const known = this.ids.get(cell) ?? this.idAt(this.ids.size);
    this.ids.set(cell, known);
    return known;
  }

  /** The ids of the heads that name a figure: those above it, then those beside it. */
  headersOf(figure: GridPart, row: readonly GridPart[]): readonly string[] {
    const end = figure.column + figure.cell.colSpan;
    const above = this.columnHeads.filter(({ cell, column }) => column < end && column + cell.colSpan > figure.column);
    const beside = row.filter(({ cell }) => cell.kind === 'head');
    return [...above, ...beside].map(({ cell }) => this.idOf(cell));
  }
}
