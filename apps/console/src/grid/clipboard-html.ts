import type { ClipCell } from './clipboard-text.js';

const MOST_CHARACTERS = 2_000_000;
const WIDEST_SPAN = 100;

/**
 * The table Excel or WPS put on the clipboard as HTML, merged cells as they are; null when there is none. The text is read in
 * a document of its own, in which nothing runs and nothing is fetched.
 */
export function clipOfHtml(html: string): readonly (readonly ClipCell[])[] | null {
  if (html === '' || html.length > MOST_CHARACTERS) return null;
  const found = new DOMParser().parseFromString(withoutStyles(html), 'text/html').querySelectorAll('table');
  const [table] = [...found].toSorted((a, b) => b.rows.length - a.rows.length);
  if (table === undefined) return null;
  const rows = [...table.rows].filter(isShown).map((row) => [...row.cells].filter(isShown).map(cellOf));
  return rows.length === 1 && rows[0]?.length === 1 ? null : rows;
}

/** The policy of the page lets no inline style in, not even into a document nobody sees: what styles say is kept as data. */
const withoutStyles = (html: string): string =>
  html.replaceAll(/<style[\s\S]*?<\/style>/gi, '').replaceAll(/\sstyle\s*=/gi, ' data-style=');

/** A filtered list is copied with its hidden rows; who copied it did not see them. */
const isShown = (element: HTMLElement): boolean => !/display\s*:\s*none/i.test(element.dataset['style'] ?? '');

function cellOf(cell: HTMLTableCellElement): ClipCell {
  for (const line of cell.querySelectorAll('br')) line.replaceWith('\n');
  // Line breaks of the source are layout, those of the cell were put in above.
  const text = (cell.textContent ?? '')
    .replaceAll('\u00a0', ' ')
    .replaceAll(/[ \t]*\n\s*/g, ' ')
    .trim();
  const span = (count: number): number => Math.min(WIDEST_SPAN, Math.max(1, count));
  return { text, colSpan: span(cell.colSpan), rowSpan: span(cell.rowSpan) };
}
