import { printCell, readCell } from '../cell-text.js';
import { cellsOf, formatById } from '../format.js';
import type { CellKind } from '../format-definition.js';
import type { AnnualReport, Cell } from '../model.js';
import { printedTables, type PrintedTable } from '../printed-tables.js';

const NOT_TAKEN_OVER = '（原文，未采用）';
const NO_TEXT = '（无法读取）';

/**
 * The text of a cell in a file somebody may read back: values as printed (`1150 万元`, `+11`), unfilled blank, not applicable `/`, unreadable as
 * received. An unreadable text that looks like a figure, as in a row that did not fit its columns, gets the words `（原文，未采用）` after it, so that
 * no reader takes it for one.
 */
export function figureText(kind: CellKind, cell: Cell): string {
  if (cell.state === 'value') return printCell(kind, cell);
  if (cell.state === 'unfilled') return '';
  if (cell.state === 'not-applicable') return '/';
  const original = cell.original.replace(/\s+/gu, ' ').trim();
  if (original === '') return NO_TEXT;
  return readCell(kind, original).cell.state === 'unreadable' ? original : `${original}${NOT_TAKEN_OVER}`;
}

/**
 * The tables of a report as the form prints them, each figure as `figureText` writes it. Throws RangeError for an unknown format or a missing
 * cell: the report was not parsed.
 */
export function writtenTables(report: AnnualReport): readonly PrintedTable[] {
  const kinds = new Map(
    (formatById(report.format)?.tables ?? []).flatMap(cellsOf).map((at) => [at.id, at.column.kind]),
  );
  return printedTables(report).map((table) => ({
    ...table,
    groups: table.groups.map((group) => ({
      ...group,
      rows: group.rows.map((row) =>
        row.map((printed) => {
          if (printed.kind === 'head') return printed;
          const cell = report.tables[table.id]?.[printed.cellId];
          const kind = kinds.get(printed.cellId);
          if (cell === undefined || kind === undefined) throw new RangeError(`no cell ${printed.cellId}`);
          return { ...printed, text: figureText(kind, cell) };
        }),
      ),
    })),
  }));
}
