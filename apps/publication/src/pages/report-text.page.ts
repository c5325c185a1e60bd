import { type ComponentChildren, Fragment, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type AnnualReport, chapterHeading, type Chapter } from '#report/model';
import { type PrintedTable, printedTables } from '#report/printed-tables';
import { tableView } from './printed-table.page.js';

/** Preface, chapters and tables as HTML: all of the page that depends on the signed report alone. */
export function renderReportText(report: AnnualReport): string {
  const tables = printedTables(report);
  return renderToString(
    h(
      Fragment,
      null,
      h('div', { class: 'text' }, paragraphs([report.preface], 'preface')),
      report.chapters.map((chapter) => chapterView(chapter, tables)),
    ),
  );
}

function chapterView(chapter: Chapter, tables: readonly PrintedTable[]): ComponentChildren {
  const before = chapter.tableAt ?? chapter.paragraphs.length;
  const place = `chapter-${chapter.no}`;
  return h(
    'section',
    { 'aria-labelledby': place },
    h('h2', { id: place, 'data-text': `${place}.title` }, chapterHeading(chapter)),
    h('div', { class: 'text' }, paragraphs(chapter.paragraphs.slice(0, before), place)),
    tables.filter((table) => table.chapter === chapter.no).map(tableView),
    h('div', { class: 'text' }, paragraphs(chapter.paragraphs.slice(before), place)),
  );
}

// A line break somebody typed starts a paragraph; the read-back joins them again.
function paragraphs(texts: readonly string[], place: string): ComponentChildren {
  return texts.flatMap((text) => text.split('\n')).map((line) => h('p', { 'data-text': place }, line));
}
