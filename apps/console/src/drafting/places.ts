import type { FormatDefinition } from '#report/format-definition';
import type { AnnualReport } from '#report/model';
import type { Place } from '#report/place';
import type { CellMark } from '../grid/figure-cell.js';
import { sumsOf } from '../grid/totals.js';
import type { Finding } from './checking.js';
import { shownParagraph } from './sendable.js';

/** What stands before chapter one: title, period, preface. */
export const FRONT = 0;

/** The chapter in which a place is to be mended; FRONT for what stands before the first. */
export function chapterOf(format: FormatDefinition, place: Place): number {
  if ('chapter' in place) return place.chapter;
  if ('part' in place) return FRONT;
  return format.chapters.find(({ table }) => table === place.table)?.no ?? FRONT;
}

/** Where to stand to mend something: a field of the front, a paragraph with characters of it, a cell. */
export type Target =
  | { readonly chapter: number; readonly element: string; readonly from?: number; readonly to?: number }
  | { readonly chapter: number; readonly table: string; readonly cell: string };

export const paragraphId = (chapter: number, index: number): string => `paragraph-${chapter}-${index}`;
const FRONT_FIELDS = {
  title: 'report-title',
  preface: 'report-preface',
  period: 'period-from',
  report: 'report-title',
};

/** Where a check is to be mended; `report` as it is on the screen. */
export function targetOf(format: FormatDefinition, report: AnnualReport, place: Place): Target {
  const chapter = chapterOf(format, place);
  if ('part' in place) return { chapter, element: FRONT_FIELDS[place.part] };
  if ('chapter' in place) {
    const shown = report.chapters.find(({ no }) => no === chapter);
    if (place.paragraph === undefined || shown === undefined) return { chapter, element: paragraphId(chapter, 0) };
    const element = paragraphId(chapter, shownParagraph(shown, place.paragraph));
    const { from, to } = place;
    return from === undefined || to === undefined ? { chapter, element } : { chapter, element, from, to };
  }
  const cell = cellOf(format, place);
  return cell === null ? { chapter, element: `chapter-${chapter}` } : { chapter, table: place.table, cell };
}

type TablePlace = Extract<Place, { readonly table: string }>;

/** The cell of a place in a table; of a sum that does not hold, the last one that makes it. */
function cellOf(format: FormatDefinition, { table: id, cell, row, column }: TablePlace): string | null {
  if (cell !== undefined) return cell;
  const table = format.tables.find((one) => one.id === id);
  if (table === undefined) return null;
  const sum = sumsOf(format, table).find(
    ({ identity, line, left }) =>
      (identity.across === 'rows' ? line === column && row === undefined : line === row) &&
      (column === undefined || identity.across === 'rows' || left[0]?.endsWith(`.${column}`) === true),
  );
  return sum === undefined ? null : sum.left.length === 1 ? (sum.left[0] ?? null) : (sum.right.at(-1) ?? null);
}

/** How many findings of each weight a chapter has. */
export function countsOf(
  format: FormatDefinition,
  findings: readonly Finding[],
): ReadonlyMap<number, { readonly E: number; readonly W: number }> {
  const counts = new Map<number, { E: number; W: number }>();
  for (const { severity, place } of findings) {
    if (severity === 'I') continue;
    const chapter = chapterOf(format, place);
    const now = counts.get(chapter) ?? { E: 0, W: 0 };
    counts.set(chapter, { ...now, [severity]: now[severity] + 1 });
  }
  return counts;
}

/** What the checks say of each cell of a table, by cell id. Blanks are told by their look. */
export function marksOf(
  format: FormatDefinition,
  table: string,
  findings: readonly Finding[],
): ReadonlyMap<string, CellMark> {
  const marks = new Map<string, CellMark>();
  for (const { severity, place, rule } of findings) {
    if (!('table' in place) || place.table !== table || severity === 'I' || rule === 'S07') continue;
    const cell = cellOf(format, place);
    if (cell !== null && marks.get(cell) !== 'bad') marks.set(cell, severity === 'E' ? 'bad' : 'warn');
  }
  return marks;
}
