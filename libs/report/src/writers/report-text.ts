import { chapterHeading, type AnnualReport, type Chapter } from '../model.js';
import type { PrintedTable } from '../printed-tables.js';
import { writtenTables } from './figure-text.js';
import { gridOf } from './table-grid.js';

/**
 * The report as plain text with line feeds: title, preface, chapters; tables flattened as word processors do it, one cell per line after a tab, an
 * empty line after each row. `readPlainText` reads it back to the same title, preface, paragraphs and figures, as long as no paragraph looks like a
 * chapter heading. Period, scope and contact have no line of their own: text says them in the preface. A line break inside a paragraph begins a new
 * one. Throws RangeError for a report that was not parsed.
 */
export function reportText(report: AnnualReport): string {
  const tables = writtenTables(report);
  const lines = [
    oneLine(report.title),
    '',
    ...proseLines([report.preface]),
    '',
    ...report.chapters.flatMap((chapter) => chapterLines(chapter, tables)),
  ];
  return `${lines.join('\n').replace(/\n+$/, '')}\n`;
}

function chapterLines(chapter: Chapter, tables: readonly PrintedTable[]): readonly string[] {
  const before = chapter.tableAt ?? chapter.paragraphs.length;
  return [
    oneLine(chapterHeading(chapter)),
    ...proseLines(chapter.paragraphs.slice(0, before)),
    ...tables.filter((table) => table.chapter === chapter.no).flatMap(tableLines),
    ...proseLines(chapter.paragraphs.slice(before)),
  ];
}

function tableLines(table: PrintedTable): readonly string[] {
  const rows = table.groups.flatMap((group) => gridOf(group.rows, table.columns));
  return rows.flatMap((parts) => [...parts.map(({ cell, begins }) => `\t${begins ? cellLine(cell.text) : ''}`), '']);
}

// A full stop or semicolon would make a line prose instead of a cell; neither occurs in a figure or in a label of the form.
function cellLine(text: string): string {
  return oneLine(text).replaceAll('。', '．').replaceAll('；', '，');
}

// A tab would make a table cell of it.
function oneLine(text: string): string {
  return text.replace(/[\t\n]+/g, ' ').trim();
}

function proseLines(paragraphs: readonly string[]): readonly string[] {
  return paragraphs
    .flatMap((text) => text.split('\n'))
    .map(oneLine)
    .filter((line) => line !== '');
}
