import type { DocumentTable, GridCell } from '#report/readers/report-document';

/** More than this is no table of the form; pasting it would only be a mistake. */
const MOST_CHARACTERS = 500_000;

/** One cell as a spreadsheet put it on the clipboard. */
export interface ClipCell {
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
}

/**
 * Rows of tab-separated text as Excel and WPS copy them: a cell with a tab, a line feed or a quotation mark stands in
 * quotation marks, which are doubled inside. Null when it is one cell and so no table.
 */
export function clipOfText(text: string): readonly (readonly ClipCell[])[] | null {
  if (text.length > MOST_CHARACTERS) return null;
  const rows: ClipCell[][] = [[]];
  const add = (cell: string): unknown => rows.at(-1)?.push({ text: cell, colSpan: 1, rowSpan: 1 });
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  let at = 0;
  for (;;) {
    const quoted = body[at] === '"' ? quotedCell(body, at) : null;
    const end = quoted?.end ?? endOfCell(body, at);
    add(quoted?.text ?? body.slice(at, end));
    if (end >= body.length) break;
    if (body[end] === '\n') rows.push([]);
    at = end + 1;
  }
  return rows.length === 1 && rows[0]?.length === 1 ? null : rows;
}

function endOfCell(body: string, from: number): number {
  const found = body.slice(from).search(/[\t\n]/);
  return found < 0 ? body.length : from + found;
}

/** A cell in quotation marks; null when the mark is only part of the text. */
function quotedCell(body: string, from: number): { readonly text: string; readonly end: number } | null {
  const found = /^"((?:[^"]|"")*)"(?=[\t\n]|$)/.exec(body.slice(from));
  if (found === null) return null;
  return { text: (found[1] ?? '').replaceAll('""', '"'), end: from + found[0].length };
}

/** The cells as a table the readers of files understand. */
export function documentTable(rows: readonly (readonly ClipCell[])[]): DocumentTable {
  return {
    kind: 'table',
    at: {},
    rows: rows.map((cells, row) =>
      cells.map((cell, column): GridCell => ({ ...cell, at: { row: row + 1, column: column + 1 } })),
    ),
  };
}
