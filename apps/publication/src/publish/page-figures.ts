import { type AnnualReport, chapterHeading } from '#report/model';
import type { PublicNotice } from '#report/notice/public-notice';
import type { ReportChanges } from '#report/notice/report-changes';
import { type PrintedCell, printedTables } from '#report/printed-tables';
import {
  attribute,
  type Element,
  elementsIn,
  isElement,
  normal,
  type Placed,
  placedAt,
  type ReadPage,
  textOf,
} from './page-reading.js';

/** The first thing on a page that is not what the signed report says. `where`: a cell, a table row, or a place of the text. */
export interface PageDefect {
  readonly code: 'figure_differs' | 'text_differs' | 'page_active' | 'notice_differs' | 'mark_differs' | 'files_differ';
  readonly where: string;
  readonly expected: string;
  readonly found: string;
}

/** Elements that could act in a reader's browser or fetch something; a page with one was not rendered here. */
const ACTIVE = new Set([
  'script',
  'iframe',
  'object',
  'embed',
  'base',
  'form',
  'img',
  'link',
  'svg',
  'math',
  'template',
]);

/**
 * Compares a public page, read as a browser does, with the report: every table cell by its id and by its position with its spans,
 * every heading and paragraph in order. Answers the first difference, or null when the page says exactly what was signed.
 */
export function findPageDefect(page: ReadPage, report: AnnualReport): PageDefect | null {
  return (
    findActive(page) ??
    firstDifference('text_differs', expectedTexts(report), placedAt(page, 'data-text')) ??
    firstDifference('figure_differs', expectedCells(report), pageCells(page))
  );
}

function findActive(page: ReadPage): PageDefect | null {
  const active = page.find(isActive);
  return active === undefined
    ? null
    : { code: 'page_active', where: active.tagName, expected: '', found: active.tagName };
}

/** What a page must tell readers beside the report: the notice that was signed, and the marks that go with it. */
export interface Told {
  readonly notice: PublicNotice | null;
  /** Marks that must stand there, and no other; `superseded` may stand on any edition. */
  readonly marks: readonly ('emergency' | 'ratified' | 'withdrawn')[];
}

/** The first thing a page tells of an act that is not what was signed, or null: reason, and every change before and after. */
export function findToldDefect(page: ReadPage, { notice, marks }: Told): PageDefect | null {
  const shown = page
    .flatMap((element) => attribute(element, 'data-mark') ?? [])
    .filter((mark) => mark !== 'superseded');
  return (
    findActive(page) ??
    firstDifference(
      'mark_differs',
      marks.map((mark) => [mark, '']),
      shown.map((mark) => [mark, '']),
    ) ??
    firstDifference('notice_differs', expectedNotice(notice), placedAt(page, 'data-notice'))
  );
}

/** The first digest of a file a page names that is not that of the file beside it, or null. `files`: those beside it, without the page itself. */
export function findFilesDefect(
  page: ReadPage,
  files: readonly { readonly name: string; readonly digest: string }[],
): PageDefect | null {
  for (const [name, digest] of placedAt(page, 'data-file')) {
    const beside = files.find((file) => file.name === name);
    if (beside?.digest !== digest)
      return { code: 'files_differ', where: name, expected: beside?.digest ?? 'no file', found: digest };
  }
  return null;
}

function expectedNotice(notice: PublicNotice | null): Placed[] {
  if (notice === null) return [];
  const { cells = [], texts = [] } = notice.changes ?? {};
  const sides = (change: ReportChanges['cells'][number] | ReportChanges['texts'][number]): Placed[] => [
    ['name', normal(change.name)],
    ...(change.before === null ? [] : [['before', normal(change.before)] as const]),
    ...(change.after === null ? [] : [['after', normal(change.after)] as const]),
  ];
  return [['reason', normal(notice.reason)], ...[...cells, ...texts].flatMap(sides)];
}

function firstDifference(
  code: PageDefect['code'],
  expected: readonly Placed[],
  found: readonly Placed[],
): PageDefect | null {
  for (let index = 0; index < Math.max(expected.length, found.length); index += 1) {
    const [wanted, seen] = [expected[index], found[index]];
    if (wanted?.[0] === seen?.[0] && wanted?.[1] === seen?.[1]) continue;
    const shown = (placed: Placed | undefined): string => (placed === undefined ? 'nothing' : placed.join(': '));
    return { code, where: wanted?.[0] ?? seen?.[0] ?? '', expected: shown(wanted), found: shown(seen) };
  }
  return null;
}

function expectedTexts(report: AnnualReport): Placed[] {
  const lines = (place: string, text: string): Placed[] => text.split('\n').map((line) => [place, normal(line)]);
  return [
    ['title', normal(report.title)],
    ...lines('preface', report.preface),
    ...report.chapters.flatMap((chapter): Placed[] => {
      const place = `chapter-${chapter.no}`;
      const heading: Placed = [`${place}.title`, normal(chapterHeading(chapter))];
      return [heading, ...chapter.paragraphs.flatMap((paragraph) => lines(place, paragraph))];
    }),
  ];
}

// Place: table, row and cell counted from 1, the id for a figure, spans. Equal lists mean an equal grid.
function gridPlace(table: string, row: number, cell: number, id: string, colSpan: number, rowSpan: number): string {
  return `${table} row ${row + 1} cell ${cell + 1} ${id} ${colSpan}×${rowSpan}`;
}

function expectedCells(report: AnnualReport): Placed[] {
  return printedTables(report).flatMap((table) =>
    table.groups
      .flatMap(({ rows }) => rows)
      .flatMap((row, rowAt) =>
        row.map((cell: PrintedCell, at): Placed => {
          const id = cell.kind === 'data' ? cell.cellId : cell.scope;
          return [gridPlace(table.id, rowAt, at, id, cell.colSpan, cell.rowSpan), normal(cell.text)];
        }),
      ),
  );
}

function pageCells(page: ReadPage): Placed[] {
  return page
    .filter(({ tagName }) => tagName === 'table')
    .flatMap((table) => {
      const name = attribute(table, 'data-table') ?? 'unnamed table';
      const rows = [...elementsIn(table)].filter(({ tagName }) => tagName === 'tr');
      return rows.flatMap((row, rowAt) =>
        row.childNodes.filter(isElement).map((cell, at): Placed => {
          const id = (cell.tagName === 'td' ? attribute(cell, 'data-cell') : attribute(cell, 'scope')) ?? 'no id';
          const span = (attributeName: string): number => Number(attribute(cell, attributeName) ?? 1);
          return [gridPlace(name, rowAt, at, id, span('colspan'), span('rowspan')), normal(textOf(cell))];
        }),
      );
    });
}

/** Links that fetch nothing until somebody follows them. */
const PASSIVE_LINKS = ['canonical', 'alternate'];

function isActive(element: Element): boolean {
  if (element.attrs.some(isHandler)) return true;
  if (element.tagName === 'link') return !PASSIVE_LINKS.includes(attribute(element, 'rel') ?? '');
  // A block of data: browsers run no script of this type.
  if (element.tagName === 'script')
    return attribute(element, 'type') !== 'application/ld+json' || attribute(element, 'src') !== undefined;
  if (element.tagName === 'meta') return attribute(element, 'http-equiv') !== undefined;
  return ACTIVE.has(element.tagName);
}

function isHandler({ name }: { readonly name: string }): boolean {
  return name.startsWith('on');
}
