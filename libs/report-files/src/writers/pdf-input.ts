import { chapterHeading, type AnnualReport, type Chapter } from '#report/model';
import type { PrintedCell, PrintedGroup, PrintedTable } from '#report/printed-tables';
import { writtenTables } from '#report/writers/figure-text';
import { isSecondLevel, linesOf } from './prose-lines.js';

interface PdfCell {
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
  /** A label of a row stands left, all else in the middle. */
  readonly label: boolean;
}

interface PdfGroup {
  readonly head: readonly (readonly PdfCell[])[];
  readonly rows: readonly (readonly PdfCell[])[];
  /** The head stands again on every page the table reaches. */
  readonly repeat: boolean;
}

interface PdfTable {
  /** Points. */
  readonly size: number;
  /** Shares of the width. */
  readonly columns: readonly number[];
  readonly groups: readonly PdfGroup[];
}

interface PdfLine {
  readonly text: string;
  readonly heading: boolean;
}

/** What `PDF_TEMPLATE` sets; every text in it is data. */
export interface PdfInput {
  readonly title: string;
  readonly organ: string;
  /** In the properties of the file, with the edition and the digest of the bytes it was made from: on a page they would be read as text of the report. */
  readonly keywords: readonly string[];
  readonly preface: readonly PdfLine[];
  readonly chapters: readonly {
    readonly heading: string;
    readonly before: readonly PdfLine[];
    readonly tables: readonly PdfTable[];
    readonly after: readonly PdfLine[];
  }[];
}

/** Which signed bytes a file was made from: number of the edition, SHA-256 of the bytes. */
export interface FileSource {
  readonly edition: number;
  readonly content: string;
}

/** A report as the template sets it. Throws RangeError for a report that was not parsed. */
export function pdfInputOf(report: AnnualReport, { edition, content }: FileSource): PdfInput {
  const tables = writtenTables(report);
  return {
    title: oneLine(report.title),
    organ: oneLine(report.organName),
    keywords: ['政府信息公开', '年度报告', String(report.year), `第${edition}版`, `SHA-256 ${content}`],
    preface: proseOf([report.preface]),
    chapters: report.chapters.map((chapter) => chapterOf(chapter, tables)),
  };
}

function chapterOf(chapter: Chapter, tables: readonly PrintedTable[]): PdfInput['chapters'][number] {
  const at = chapter.tableAt ?? chapter.paragraphs.length;
  return {
    heading: oneLine(chapterHeading(chapter)),
    before: proseOf(chapter.paragraphs.slice(0, at)),
    tables: tables.filter((table) => table.chapter === chapter.no).map(tableOf),
    after: proseOf(chapter.paragraphs.slice(at)),
  };
}

function proseOf(texts: readonly string[]): readonly PdfLine[] {
  return linesOf(texts).map((text) => ({ text: oneLine(text), heading: isSecondLevel(text) }));
}

function tableOf({ columns, groups }: PrintedTable): PdfTable {
  // The labels of 表三 need more room than its figures; the others share the width.
  const labels = columns === 10 ? [1.5, 1.7, 3.2] : [];
  const shares = [...labels, ...Array.from({ length: columns - labels.length }, () => 1)];
  return { size: columns > 12 ? 8 : 9, columns: shares, groups: groups.map(groupOf) };
}

// The blocks of 表二 begin with head rows in the middle of the table: heads of what follows, which no page repeats.
function groupOf({ kind, rows }: PrintedGroup): PdfGroup {
  const first = rows.findIndex((row) => row.some((cell) => cell.kind === 'data'));
  const heads = first < 0 ? rows.length : first;
  const cells = rows.map((row) => row.map(cellOf));
  return { head: cells.slice(0, heads), rows: cells.slice(heads), repeat: kind === 'head' };
}

function cellOf(cell: PrintedCell): PdfCell {
  const label = cell.kind === 'head' && cell.scope.startsWith('row');
  return { text: oneLine(cell.text), colSpan: cell.colSpan, rowSpan: cell.rowSpan, label };
}

function oneLine(text: string): string {
  return text.replace(/[\t\n]/g, ' ');
}
