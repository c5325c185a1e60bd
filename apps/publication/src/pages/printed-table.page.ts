import { type ComponentChildren, h } from 'preact';
import type { PrintedGroup, PrintedTable } from '#report/printed-tables';
import { HeadIds } from '#report/writers/head-ids';
import { gridOf, type GridPart } from '#report/writers/table-grid';

/** A statutory table as a true HTML table whose figures name their heads, in a region that scrolls by keyboard where the screen is narrow. `nextId`: an id no other element of the page has. */
export function tableView(table: PrintedTable, nextId: () => string): ComponentChildren {
  const heads = new HeadIds(nextId);
  return h(
    'div',
    { class: 'scroll', role: 'region', tabIndex: 0, 'aria-label': `${table.caption}（表格，可滚动）` },
    h(
      'table',
      { 'data-table': table.id },
      h('caption', null, `${table.caption}（表）`),
      table.groups.map((group) => groupView(group, table, heads)),
    ),
  );
}

function groupView({ kind, rows }: PrintedGroup, table: PrintedTable, heads: HeadIds): ComponentChildren {
  const grid = gridOf(rows, table.columns);
  heads.enter(grid);
  return h(
    kind === 'head' ? 'thead' : 'tbody',
    null,
    grid.map((row) =>
      h(
        'tr',
        null,
        row.filter(({ begins }) => begins).map((part) => cellView(part, row, table, heads)),
      ),
    ),
  );
}

function cellView(part: GridPart, row: readonly GridPart[], table: PrintedTable, heads: HeadIds): ComponentChildren {
  const { cell } = part;
  const spans = {
    ...(cell.colSpan > 1 ? { colSpan: cell.colSpan } : {}),
    ...(cell.rowSpan > 1 ? { rowSpan: cell.rowSpan } : {}),
  };
  if (cell.kind === 'data') {
    const zero = cell.text === '0' ? { class: 'zero' } : {};
    return h(
      'td',
      { ...spans, headers: heads.headersOf(part, row).join(' '), 'data-cell': cell.cellId, ...zero },
      cell.text,
    );
  }
  const whole = cell.colSpan === table.columns ? { class: 'block' } : {};
  return h('th', { ...spans, id: heads.idOf(cell), scope: cell.scope, ...whole }, cell.text);
}
