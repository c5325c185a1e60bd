import { type ComponentChildren, h } from 'preact';
import type { PrintedCell, PrintedTable } from '#report/printed-tables';

/** A statutory table as a true HTML table in a region that scrolls by keyboard where the screen is narrow. */
export function tableView(table: PrintedTable): ComponentChildren {
  return h(
    'div',
    { class: 'scroll', role: 'region', tabIndex: 0, 'aria-label': `${table.caption}（表格，可左右滚动）` },
    h(
      'table',
      { 'data-table': table.id },
      h('caption', null, `${table.caption}（表）`),
      table.groups.map(({ kind, rows }) =>
        h(
          kind === 'head' ? 'thead' : 'tbody',
          null,
          rows.map((row) => h('tr', null, row.map(cellOf(table)))),
        ),
      ),
    ),
  );
}

const cellOf =
  (table: PrintedTable) =>
  (cell: PrintedCell): ComponentChildren => {
    const spans = {
      ...(cell.colSpan > 1 ? { colSpan: cell.colSpan } : {}),
      ...(cell.rowSpan > 1 ? { rowSpan: cell.rowSpan } : {}),
    };
    if (cell.kind === 'data') {
      return h(
        'td',
        { ...spans, 'data-cell': cell.cellId, ...(cell.text === '0' ? { class: 'zero' } : {}) },
        cell.text,
      );
    }
    const whole = cell.colSpan === table.columns ? { class: 'block' } : {};
    return h('th', { ...spans, scope: cell.scope, ...whole }, cell.text);
  };
