import { readCell } from './cell-text.js';
import type { CheckResult } from './check-report.js';
import { cellsOf, formatById } from './format.js';
import { chapterNumeral, type AnnualReport, type Cells, type Chapter } from './model.js';
import type { Place } from './place.js';

/** A report with fixes written in, and the checks whose fix it was. */
export interface FixedReport {
  readonly report: AnnualReport;
  readonly applied: readonly CheckResult[];
}

interface TextFix {
  readonly check: CheckResult;
  readonly chapter: number;
  readonly paragraph: number;
  readonly from: number;
  readonly to: number;
  readonly fix: string;
}

/**
 * Writes the fixes that failed checks offer into the report: a character range of a paragraph, a chapter's title, the report's title, a cell. A
 * fix that overlaps one already written is left for the next round, when the checks have been run again. Never called without a person's word.
 */
export function applyFixes(report: AnnualReport, results: readonly CheckResult[]): FixedReport {
  const failed = results.filter(({ status, fix }) => status === 'fail' && fix !== undefined);
  const texts = withoutOverlaps(failed.flatMap(textFixOf));
  const applied = new Set(texts.map(({ check }) => check));
  const chapters = report.chapters.map((chapter) => fixedChapter(chapter, texts, failed, applied));
  const title = failed.find(({ place }) => 'part' in place && place.part === 'title');
  if (title !== undefined) applied.add(title);
  const tables = fixedTables(report, failed, applied);
  return {
    report: { ...report, chapters, tables, ...(title?.fix === undefined ? {} : { title: title.fix }) },
    applied: failed.filter((check) => applied.has(check)),
  };
}

function textFixOf(check: CheckResult): readonly TextFix[] {
  const { place, fix = '' } = check;
  if (!('chapter' in place) || place.paragraph === undefined) return [];
  const { chapter, paragraph, from, to } = place;
  return from === undefined || to === undefined ? [] : [{ check, chapter, paragraph, from, to, fix }];
}

/** From the last range to the first, so that what stands before keeps its place. */
function withoutOverlaps(fixes: readonly TextFix[]): readonly TextFix[] {
  const taken: TextFix[] = [];
  for (const fix of fixes.toSorted((a, b) => b.from - a.from)) {
    const clear = taken.every(
      (other) => other.chapter !== fix.chapter || other.paragraph !== fix.paragraph || fix.to <= other.from,
    );
    if (clear) taken.push(fix);
  }
  return taken;
}

function fixedChapter(
  chapter: Chapter,
  texts: readonly TextFix[],
  failed: readonly CheckResult[],
  applied: Set<CheckResult>,
): Chapter {
  const heading = failed.find(({ place }) => isHeading(place, chapter.no));
  if (heading !== undefined) applied.add(heading);
  const paragraphs = chapter.paragraphs.map((text, index) =>
    texts
      .filter((fix) => fix.chapter === chapter.no && fix.paragraph === index)
      .reduce((now, { from, to, fix }) => now.slice(0, from) + fix + now.slice(to), text),
  );
  return { ...chapter, paragraphs, ...(heading?.fix === undefined ? {} : { title: titleOf(heading.fix, chapter.no) }) };
}

/** A rule offers the heading as printed; the chapter keeps its title without the numeral. */
const titleOf = (heading: string, no: number): string => heading.replace(`${chapterNumeral(no)}、`, '');

const isHeading = (place: Place, no: number): boolean =>
  'chapter' in place && place.chapter === no && place.paragraph === undefined;

function fixedTables(
  { format, tables }: AnnualReport,
  failed: readonly CheckResult[],
  applied: Set<CheckResult>,
): AnnualReport['tables'] {
  const kinds = new Map(
    (formatById(format)?.tables ?? []).flatMap((table) => cellsOf(table).map(({ id, column }) => [id, column.kind])),
  );
  const fixes = failed.flatMap((check) => {
    const { place, fix } = check;
    const kind = 'table' in place ? kinds.get(place.cell ?? '') : undefined;
    if (!('table' in place) || place.cell === undefined || kind === undefined || fix === undefined) return [];
    applied.add(check);
    return [{ table: place.table, cell: place.cell, reading: readCell(kind, fix).cell }];
  });
  return fixes.reduce<Record<string, Cells>>(
    (now, { table, cell, reading }) => ({ ...now, [table]: { ...now[table], [cell]: reading } }),
    { ...tables },
  );
}
