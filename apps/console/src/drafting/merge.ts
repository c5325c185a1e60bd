import type { AnnualReport, Cells, Chapter } from '#report/model';
import { formatById, tableOf } from '#report/format';
import { sameFigure } from '../grid/entry.js';
import { totalsAsCalculated, withTotals } from '../grid/totals.js';
import { same } from './same.js';

/** A place two people wrote at the same time. */
export type ConflictPlace =
  | { readonly kind: 'cell'; readonly table: string; readonly cell: string }
  | { readonly kind: 'paragraph'; readonly chapter: number; readonly paragraph: number }
  | { readonly kind: 'chapter'; readonly chapter: number }
  | { readonly kind: 'part'; readonly part: 'title' | 'preface' }
  | { readonly kind: 'report' };

/** Both sides of such a place, whole. */
export interface Conflict {
  readonly place: ConflictPlace;
  readonly mine: AnnualReport;
  readonly theirs: AnnualReport;
}

/** Two texts made of one; at places both changed it has mine until somebody decides. */
export interface Merged {
  readonly report: AnnualReport;
  readonly conflicts: readonly Conflict[];
}

/** What each side changed since `base`, put together: cell by cell, paragraph by paragraph. */
export function merge(base: AnnualReport, mine: AnnualReport, theirs: AnnualReport): Merged {
  const places: ConflictPlace[] = [];
  if (mine.format !== theirs.format) {
    if (same(base, mine)) return { report: theirs, conflicts: [] };
    return { report: mine, conflicts: same(base, theirs) ? [] : [{ place: { kind: 'report' }, mine, theirs }] };
  }
  const pick = <T>(was: T, own: T, other: T, place: ConflictPlace | null): T => {
    if (same(was, own)) return other;
    if (place !== null && !same(was, other) && !same(own, other)) places.push(place);
    return own;
  };
  const tables = Object.fromEntries(
    Object.keys(mine.tables).map((table): [string, Cells] => [table, mergedTable(table, base, mine, theirs, pick)]),
  );
  const chapters = mine.chapters.map((own) => {
    const [was, other] = [base, theirs].map((report) => report.chapters.find(({ no }) => no === own.no));
    return other === undefined ? own : mergedChapter(was ?? own, own, other, pick);
  });
  const contact = pick(base.contact, mine.contact, theirs.contact, null);
  const { contact: _, ...rest } = mine;
  const report: AnnualReport = {
    ...rest,
    title: pick(base.title, mine.title, theirs.title, { kind: 'part', part: 'title' }),
    preface: pick(base.preface, mine.preface, theirs.preface, { kind: 'part', part: 'preface' }),
    organName: pick(base.organName, mine.organName, theirs.organName, null),
    period: pick(base.period, mine.period, theirs.period, null),
    scope: pick(base.scope, mine.scope, theirs.scope, null),
    chapters,
    tables,
    ...(contact === undefined ? {} : { contact }),
  };
  return { report, conflicts: places.map((place) => ({ place, mine, theirs })) };
}

type Pick = <T>(was: T, own: T, other: T, place: ConflictPlace | null) => T;

/** Cell by cell. A total that says on both sides what its parts make is no matter of two opinions: it is made anew. */
function mergedTable(table: string, base: AnnualReport, mine: AnnualReport, theirs: AnnualReport, pick: Pick): Cells {
  const sides = [mine, theirs].map((report) => ({
    cells: report.tables[table] ?? {},
    made: totalsOf(report, table, report.tables[table] ?? {}),
  }));
  const follows = (cell: string): boolean =>
    sides.every(({ cells, made }) => {
      const [is, sum] = [cells[cell], made.get(cell)];
      return is !== undefined && sum !== undefined && sameFigure(is, sum);
    });
  const merged = Object.fromEntries(
    Object.entries(mine.tables[table] ?? {}).map(([cell, own]) => {
      const other = theirs.tables[table]?.[cell] ?? own;
      const place: ConflictPlace | null = follows(cell) ? null : { kind: 'cell', table, cell };
      return [cell, pick(base.tables[table]?.[cell] ?? own, own, other, place)];
    }),
  );
  const anew = [...totalsOf(mine, table, merged)].filter(([cell, sum]) => {
    const now = merged[cell];
    return follows(cell) && now !== undefined && !sameFigure(now, sum);
  });
  return { ...merged, ...Object.fromEntries(anew) };
}

function totalsOf({ format: id }: AnnualReport, table: string, cells: Cells): ReturnType<typeof totalsAsCalculated> {
  const format = formatById(id);
  return format === null ? new Map() : totalsAsCalculated(format, tableOf(format, table), cells);
}

/** Paragraph by paragraph while nobody added or removed one; else the chapter is one place. */
function mergedChapter(was: Chapter, own: Chapter, other: Chapter, pick: Pick): Chapter {
  const counts = [was, own, other].map(({ paragraphs }) => paragraphs.length);
  const chapter = own.no;
  if (new Set(counts).size > 1) return pick(was, own, other, { kind: 'chapter', chapter });
  const paragraphs = own.paragraphs.map((text, paragraph) =>
    pick(was.paragraphs[paragraph] ?? '', text, other.paragraphs[paragraph] ?? '', {
      kind: 'paragraph',
      chapter,
      paragraph,
    }),
  );
  return { ...own, title: pick(was.title, own.title, other.title, null), paragraphs };
}

/** The text with one place as that side has it. */
export function settled(report: AnnualReport, place: ConflictPlace, side: AnnualReport): AnnualReport {
  if (place.kind === 'report') return side;
  if (place.kind === 'part') return { ...report, [place.part]: side[place.part] };
  if (place.kind === 'cell') {
    const cell = side.tables[place.table]?.[place.cell];
    const before = report.tables[place.table];
    const format = formatById(report.format);
    if (cell === undefined || before === undefined || format === null) return report;
    const after = withTotals(format, tableOf(format, place.table), before, { ...before, [place.cell]: cell });
    return { ...report, tables: { ...report.tables, [place.table]: after } };
  }
  const found = side.chapters.find(({ no }) => no === place.chapter);
  return {
    ...report,
    chapters: report.chapters.map((chapter) => {
      if (chapter.no !== place.chapter || found === undefined) return chapter;
      if (place.kind === 'chapter') return found;
      const text = found.paragraphs[place.paragraph] ?? '';
      return { ...chapter, paragraphs: chapter.paragraphs.with(place.paragraph, text) };
    }),
  };
}
