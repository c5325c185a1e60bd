import { printCell } from './cell-text.js';
import { cellId, formatById } from './format.js';
import type { BlockDefinition, RowDefinition, TableDefinition } from './format-definition.js';
import { chapterHeading, type AnnualReport } from './model.js';

/**
 * One printed cell. `head` cells label others: `scope` is the HTML scope. `data` cells show a figure: `cellId` names it, `text` is what is
 * shown (`1150 万元`, `+11`; the text as received where there is no value). Spans count grid columns and rows, 1 or more.
 */
export type PrintedCell = {
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
} & (
  | { readonly kind: 'head'; readonly scope: 'col' | 'colgroup' | 'row' | 'rowgroup' }
  | { readonly kind: 'data'; readonly cellId: string }
);

/** A printed row, left to right, without the grid places a span from above or left covers. */
export type PrintedRow = readonly PrintedCell[];

/** Rows that belong together: the head of a table, or one block of its body with its own heading rows. */
export interface PrintedGroup {
  readonly kind: 'head' | 'body';
  readonly rows: readonly PrintedRow[];
}

/** A statutory table in its statutory layout. `chapter`: number of the chapter it stands in; `columns`: grid columns. */
export interface PrintedTable {
  readonly id: string;
  readonly chapter: number;
  readonly caption: string;
  readonly columns: number;
  readonly groups: readonly PrintedGroup[];
}

/** The tables of a report exactly as the form prints them. Throws RangeError for an unknown format: the report was not parsed. */
export function printedTables(report: AnnualReport): readonly PrintedTable[] {
  const format = formatById(report.format);
  if (format === null) throw new RangeError(`no format ${report.format}`);
  return format.chapters.flatMap((chapter) => {
    const table = format.tables.find(({ id }) => id === chapter.table);
    if (table === undefined) return [];
    const groups = table.blocks.flatMap((block) => groupsOf(block, table, report));
    return [{ id: table.id, chapter: chapter.no, caption: chapterHeading(chapter), columns: table.width, groups }];
  });
}

function groupsOf(block: BlockDefinition, table: TableDefinition, report: AnnualReport): readonly PrintedGroup[] {
  const head = headRows(block, table);
  const rows = bodyRows(block, table, report);
  // A block with a heading of its own stands in the middle of the table, where HTML allows no second head.
  if (block.heading !== null) return [{ kind: 'body', rows: [...head, ...rows] }];
  return [
    { kind: 'head', rows: head },
    { kind: 'body', rows },
  ];
}

function headRows(block: BlockDefinition, table: TableDefinition): readonly PrintedRow[] {
  const rows = block.head.map((row) =>
    row.map((cell): PrintedCell => ({
      kind: 'head',
      scope: cell.colSpan > 1 && cell.rowSpan === 1 ? 'colgroup' : 'col',
      text: cell.label,
      colSpan: cell.colSpan,
      rowSpan: cell.rowSpan,
    })),
  );
  if (block.heading === null) return rows;
  return [[{ kind: 'head', scope: 'colgroup', text: block.heading, colSpan: table.width, rowSpan: 1 }], ...rows];
}

function bodyRows(block: BlockDefinition, table: TableDefinition, report: AnnualReport): readonly PrintedRow[] {
  const spans = block.head[0]?.slice(-block.columns.length).map(({ colSpan }) => colSpan) ?? [];
  return block.rows.map((row, index) => [
    ...labelCells(row, index, block, table),
    ...block.columns.map((column, at): PrintedCell => {
      const id = cellId(table.id, block.id, row.id, column.id);
      const cell = report.tables[table.id]?.[id];
      if (cell === undefined) throw new RangeError(`the report has no cell ${id}`);
      // Only blocks of one head row have columns wider than the grid.
      const colSpan = block.head.length === 1 ? (spans[at] ?? 1) : 1;
      return { kind: 'data', cellId: id, text: printCell(column.kind, cell), colSpan, rowSpan: 1 };
    }),
  ]);
}

// A group label is printed once, beside all rows it covers; a row's own label takes the label columns that are left.
function labelCells(
  row: RowDefinition,
  index: number,
  block: BlockDefinition,
  table: TableDefinition,
): readonly PrintedCell[] {
  return row.labels.flatMap((label, depth): PrintedCell[] => {
    const own = depth === row.labels.length - 1;
    if (own) return [{ kind: 'head', scope: 'row', text: label, colSpan: table.labelColumns - depth, rowSpan: 1 }];
    const covers = (other: RowDefinition | undefined): boolean =>
      other !== undefined &&
      other.labels.length > depth + 1 &&
      row.labels.slice(0, depth + 1).every((text, at) => other.labels[at] === text);
    if (covers(block.rows[index - 1])) return [];
    const rowSpan = block.rows.slice(index).findIndex((other) => !covers(other));
    return [
      {
        kind: 'head',
        scope: 'rowgroup',
        text: label,
        colSpan: 1,
        rowSpan: rowSpan < 0 ? block.rows.length - index : rowSpan,
      },
    ];
  });
}
