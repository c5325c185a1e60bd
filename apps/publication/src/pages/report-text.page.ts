import { type ComponentChildren, Fragment, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type AnnualReport, chapterHeading, type Chapter } from '#report/model';
import { type PrintedTable, printedTables } from '#report/printed-tables';
import { tableView } from './printed-table.page.js';

/** Preface, chapters and tables as HTML: all of the page that depends on the signed report alone. */
export function renderReportText(report: AnnualReport): string {
  const tables = printedTables(report);
  let heads = 0;
  const nextId = (): string => capitals(heads++);
  return renderToString(
    h(
      Fragment,
      null,
      textView([report.preface], 'preface'),
      report.chapters.map((chapter) => chapterView(chapter, tables, nextId)),
    ),
  );
}

function chapterView(chapter: Chapter, tables: readonly PrintedTable[], nextId: () => string): ComponentChildren {
  const before = chapter.tableAt ?? chapter.paragraphs.length;
  const place = `chapter-${chapter.no}`;
  return h(
    'section',
    { 'aria-labelledby': place },
    h('h2', { id: place, 'data-text': `${place}.title` }, chapterHeading(chapter)),
    textView(chapter.paragraphs.slice(0, before), place),
    tables.filter((table) => table.chapter === chapter.no).map((table) => tableView(table, nextId)),
    textView(chapter.paragraphs.slice(before), place),
  );
}

/** 0, 1 … 25, 26 … as A, B … Z, AA …: ids of heads. Every figure repeats those it has, and all other ids of the page are in small letters. */
function capitals(no: number): string {
  const last = String.fromCharCode(65 + (no % 26));
  return no < 26 ? last : `${capitals(Math.floor(no / 26) - 1)}${last}`;
}

// A line break somebody typed starts a paragraph; the read-back joins them again.
function textView(texts: readonly string[], place: string): ComponentChildren {
  if (texts.length === 0) return null;
  const lines = texts.flatMap((text) => text.split('\n'));
  return h(
    'div',
    { class: 'text' },
    lines.map((line) => h('p', { 'data-text': place }, line)),
  );
}
