import { proseCell } from '#report/cell-text';
import { cellName, cellsOf } from '#report/format';
import type { FormatDefinition } from '#report/format-definition';
import type { AnnualReport } from '#report/model';

/** A figure of a table, as it may be written into the prose. */
export interface FigureChoice {
  readonly id: string;
  /** What the cell is called. */
  readonly name: string;
  /** The figure as prose has it, with its unit where the column counts money. */
  readonly text: string;
}

const MOST = 12;

/**
 * The figures of the tables whose names have every word typed, totals before their parts; blanks have nothing to be written. What is
 * inserted is plain text: whether prose and tables agree is what the checks watch over from then on.
 */
export function figureChoices(report: AnnualReport, format: FormatDefinition, typed: string): readonly FigureChoice[] {
  const words = typed
    .normalize('NFKC')
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = format.tables.flatMap((table) =>
    cellsOf(table).flatMap((place) => {
      const cell = report.tables[table.id]?.[place.id];
      if (cell?.state !== 'value') return [];
      const name = cellName(place);
      const isMeant = words.every((word) => name.includes(word) || cell.value === word);
      return isMeant
        ? [{ id: place.id, name, text: proseCell(place.column.kind, cell), isTotal: place.id.endsWith('.total') }]
        : [];
    }),
  );
  return found
    .toSorted((one, other) => Number(other.isTotal) - Number(one.isTotal))
    .slice(0, MOST)
    .map(({ id, name, text }) => ({ id, name, text }));
}
