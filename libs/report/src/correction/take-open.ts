import { type AnnualReport, type Cells, type Chapter } from '../model.js';
import { lockedChanges, madeOf, sumsMaking } from './locked-changes.js';
import { chapterPlace, paragraphPlace } from './report-places.js';

/** What is taken of a file read into a correction, and where else the file differs: that is left as it is public. */
export interface Taken {
  readonly report: AnnualReport;
  readonly left: readonly string[];
}

/** Takes of `read` what stands at open places, with the sums that follow; everything else stays as `base`, which is public, has it. */
export function takeOpen(base: AnnualReport, read: AnnualReport, open: ReadonlySet<string>): Taken {
  const left = lockedChanges(base, read, open);
  if (left.length === 0) return { report: read, left };
  const has = (place: string): boolean => open.has(place);
  const { contact: _, ...kept } = base;
  const { contact } = has('preface') ? read : base;
  const { format, period, scope } = has('scope') && read.format === base.format ? read : base;
  const report: AnnualReport = {
    ...kept,
    ...(contact === undefined ? {} : { contact }),
    ...(has('title') ? { title: read.title, organName: read.organName } : {}),
    ...(has('preface') ? { preface: read.preface } : {}),
    format,
    period,
    scope,
    chapters: base.chapters.map((chapter) => takenChapter(chapter, read, has)),
    tables: Object.fromEntries(
      Object.entries(base.tables).map(([table, cells]) => [
        table,
        takenCells(base, table, cells, read.tables[table], has),
      ]),
    ),
  };
  return { report, left };
}

function takenCells(
  { format }: AnnualReport,
  table: string,
  before: Cells,
  read: Cells | undefined,
  has: (place: string) => boolean,
): Cells {
  const now = Object.fromEntries(
    Object.entries(before).map(([id, cell]) => [id, has(id) ? (read?.[id] ?? cell) : cell]),
  );
  const sums = sumsMaking(format, table).filter(({ id, parts }) => !has(id) && isMade(id, parts, before));
  // A sum may be part of another: each is made anew once more at most, as sums of sums go no deeper.
  for (let turn = 0; turn <= 2 * sums.length; turn += 1) {
    const due = sums.find(
      ({ id, parts }) => parts.some((part) => now[part] !== before[part]) && !isMade(id, parts, now),
    );
    if (due === undefined) break;
    now[due.id] = madeOf(due.parts, now);
  }
  return now;
}

/** True for a sum that says what its parts make; one that says something else is nobody's to mend in silence. */
function isMade(id: string, parts: readonly string[], cells: Cells): boolean {
  const [is, sum] = [cells[id], madeOf(parts, cells)];
  return is?.state === 'value' && sum.state === 'value' ? is.value === sum.value : is?.state === sum.state;
}

function takenChapter(chapter: Chapter, read: AnnualReport, has: (place: string) => boolean): Chapter {
  const found = read.chapters.find(({ no }) => no === chapter.no);
  if (found === undefined) return chapter;
  if (has(chapterPlace(chapter.no))) return found;
  // With more or fewer paragraphs nobody can say which is which.
  if (found.paragraphs.length !== chapter.paragraphs.length) return chapter;
  const paragraphs = chapter.paragraphs.map((text, index) =>
    has(paragraphPlace(chapter.no, index)) ? (found.paragraphs[index] ?? text) : text,
  );
  return { ...chapter, paragraphs };
}
