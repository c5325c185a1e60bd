import type { ClipboardEvent } from 'react';
import { cellsOf } from '#report/format';
import type { FormatDefinition, TableDefinition } from '#report/format-definition';
import type { Draft } from '../drafting/draft.js';
import type { GridPlace } from './grid-place.js';
import { type Move, moved } from './moves.js';
import { cleared, filled, rangeHtml, rangeRows, rangeText } from './range.js';
import { cellAt, figureRows, placeOfCell } from './table-rows.js';

/** What can be done with everything selected in a table; each is one act to undo. */
export interface RangeActs {
  readonly extend: (move: Move) => void;
  readonly all: () => void;
  readonly fill: (to: 'down' | 'right') => void;
  readonly clear: () => void;
  /** Puts the selected figures on the clipboard; false where one cell alone is meant, which the browser copies as text. */
  readonly copy: (event: ClipboardEvent) => boolean;
}

/** The acts on what is selected in this table. */
export function rangeActs(format: FormatDefinition, table: TableDefinition, grid: GridPlace, draft: Draft): RangeActs {
  const cellsNow = () => draft.report.tables[table.id] ?? {};
  return {
    extend: (move) => {
      const from = placeOfCell(table, grid.far);
      const widths = figureRows(table).map(({ cells }) => cells.length);
      const to = from === null ? null : moved(from, move, widths);
      const cell = to === null ? undefined : cellAt(table, to);
      if (cell !== undefined) grid.extend(cell.id);
    },
    all: () => {
      const cells = cellsOf(table);
      const [first, last] = [cells[0], cells.at(-1)];
      if (first === undefined || last === undefined) return;
      grid.go(first.id);
      grid.extend(last.id);
    },
    fill: (to) => {
      const { range } = grid;
      if (range === null) return;
      const writes = filled(format, table, { range, cells: cellsNow(), to });
      grid.tell({ what: 'filled', count: draft.writeCells(table.id, writes) });
    },
    clear: () => {
      const { range } = grid;
      if (range === null) return;
      const writes = cleared(rangeRows(table, range));
      const count = draft.writeCells(table.id, writes);
      if (grid.selected.size > 0) grid.tell({ what: 'cleared', count });
    },
    copy: (event) => {
      const { range } = grid;
      if (range === null || grid.selected.size === 0 || grid.mode !== 'standing') return false;
      const rows = rangeRows(table, range);
      event.clipboardData.setData('text/plain', rangeText(rows, cellsNow()));
      event.clipboardData.setData('text/html', rangeHtml(rows, cellsNow()));
      event.preventDefault();
      grid.tell({ what: 'copied', count: rows.flat().length });
      return true;
    },
  };
}
