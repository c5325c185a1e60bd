import { chapterHeading, type AnnualReport, type Chapter } from '../model.js';
import type { PrintedGroup, PrintedTable } from '../printed-tables.js';
import { writtenTables } from './figure-text.js';
import { HeadIds } from './head-ids.js';
import { gridOf, type GridPart } from './table-grid.js';

/**
 * The report as an HTML fragment, its title as `h1`: headings, paragraphs and true tables with caption, `scope` and `headers`, merged as the form.
 * Every text is escaped; there is no style, no script and no link. Elements: section, h1, h2, div, p, table, caption, thead, tbody, tr, th, td.
 * Classes: `text` around paragraphs, `scroll` around a table (may scroll sideways, takes the keyboard), `block` on a heading over the whole width of
 * a table, `zero` on a figure 0. Ids: `chapter-<no>`, `<table>-h<n>`. Data: `data-text` names the part a text belongs to, `data-table` and
 * `data-cell` carry the ids of the format. A line break inside a text begins a new paragraph. Throws RangeError for a report that was not parsed.
 */
export function reportHtml(report: AnnualReport): string {
  return `<h1 data-text="title">${escapeHtml(report.title)}</h1>\n${reportBodyHtml(report)}`;
}

/** The same fragment without the title, for a page that has a heading of its own. */
export function reportBodyHtml(report: AnnualReport): string {
  const tables = writtenTables(report);
  const preface = textHtml([report.preface], 'preface');
  return [preface, ...report.chapters.map((chapter) => chapterHtml(chapter, tables))].join('');
}

function chapterHtml(chapter: Chapter, tables: readonly PrintedTable[]): string {
  const before = chapter.tableAt ?? chapter.paragraphs.length;
  const place = `chapter-${chapter.no}`;
  return [
    `<section aria-labelledby="${place}">\n`,
    `<h2 id="${place}" data-text="${place}.title">${escapeHtml(chapterHeading(chapter))}</h2>\n`,
    textHtml(chapter.paragraphs.slice(0, before), place),
    ...tables.filter((table) => table.chapter === chapter.no).map(tableHtml),
    textHtml(chapter.paragraphs.slice(before), place),
    '</section>\n',
  ].join('');
}

function textHtml(texts: readonly string[], place: string): string {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
  if (lines.length === 0) return '';
  const paragraphs = lines.map((line) => `<p data-text="${place}">${escapeHtml(line)}</p>\n`);
  return `<div class="text">\n${paragraphs.join('')}</div>\n`;
}

function tableHtml(table: PrintedTable): string {
  const label = escapeHtml(`${table.caption}（表格，可左右滚动）`);
  const heads = new HeadIds((no) => `${table.id}-h${no}`);
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${label}">\n`,
    `<table data-table="${escapeHtml(table.id)}">\n<caption>${escapeHtml(table.caption)}（表）</caption>\n`,
    ...table.groups.map((group) => groupHtml(group, table, heads)),
    '</table>\n</div>\n',
  ].join('');
}

function groupHtml(group: PrintedGroup, table: PrintedTable, heads: HeadIds): string {
  const element = group.kind === 'head' ? 'thead' : 'tbody';
  const grid = gridOf(group.rows, table.columns);
  heads.enter(grid);
  const rows = grid.map((parts) => {
    const cells = parts.filter(({ begins }) => begins).map((part) => cellHtml(part, parts, table, heads));
    return `<tr>${cells.join('')}</tr>\n`;
  });
  return `<${element}>\n${rows.join('')}</${element}>\n`;
}

function cellHtml(part: GridPart, row: readonly GridPart[], table: PrintedTable, heads: HeadIds): string {
  const { cell } = part;
  const spans = [
    cell.colSpan > 1 ? ` colspan="${cell.colSpan}"` : '',
    cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : '',
  ].join('');
  if (cell.kind === 'head') {
    const whole = cell.colSpan === table.columns ? ' class="block"' : '';
    return `<th id="${heads.idOf(cell)}" scope="${cell.scope}"${spans}${whole}>${escapeHtml(cell.text)}</th>`;
  }
  const zero = cell.text === '0' ? ' class="zero"' : '';
  const labelled = heads.headersOf(part, row).join(' ');
  return `<td headers="${labelled}" data-cell="${escapeHtml(cell.cellId)}"${spans}${zero}>${escapeHtml(cell.text)}</td>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
