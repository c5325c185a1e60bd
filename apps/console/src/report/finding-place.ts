import { cellsOf, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import type { Place } from '#report/place';

/**
 * The mark of the place in the whole text where a finding is looked at: a cell, `2.1` for a paragraph, `chapter-2` for a heading, `title`,
 * `preface`. Of a whole row or column it is its last cell, where the sum stands; what concerns the whole report begins at the title.
 */
export function markOfFinding(report: AnnualReport, place: Place): string {
  if ('part' in place) return place.part === 'preface' || place.part === 'period' ? 'preface' : 'title';
  if ('table' in place) return cellOf(report, place) ?? headingOf(report, chapterOfTable(report, place.table));
  const { chapter: no, paragraph } = place;
  const chapter = report.chapters.find((one) => one.no === no);
  const isThere = paragraph !== undefined && chapter?.paragraphs[paragraph] !== undefined;
  return isThere ? `${no}.${paragraph}` : headingOf(report, no);
}

type TablePlace = Extract<Place, { readonly table: string }>;

function cellOf(report: AnnualReport, { table: id, block, row, column, cell }: TablePlace): string | undefined {
  const table = formatById(report.format)?.tables.find((one) => one.id === id);
  if (table === undefined || (cell === undefined && row === undefined && column === undefined)) return undefined;
  const isMeant = (wanted: string | undefined, found: string): boolean => wanted === undefined || wanted === found;
  return cellsOf(table).findLast(
    (one) =>
      isMeant(cell, one.id) &&
      (cell !== undefined ||
        (isMeant(block, one.block.id) && isMeant(row, one.row.id) && isMeant(column, one.column.id))),
  )?.id;
}

const chapterOfTable = (report: AnnualReport, table: string): number | undefined =>
  formatById(report.format)?.chapters.find((one) => one.table === table)?.no;

const headingOf = (report: AnnualReport, chapter: number | undefined): string =>
  report.chapters.some(({ no }) => no === chapter) ? `chapter-${chapter}` : 'title';
