import type { AnnualReport, Chapter } from '../model.js';
import { chapterPlace, paragraphPlace } from './report-places.js';
import { same } from './same-json.js';

/** The places of one chapter that differ although they are not open: single paragraphs where it is certain which, else the chapter. */
export function lockedProse(no: number, base: AnnualReport, next: AnnualReport, open: ReadonlySet<string>): string[] {
  const [was, is] = [base, next].map(({ chapters }) => chapters.filter((one) => one.no === no));
  const [before, after] = [was?.[0], is?.[0]];
  if (open.has(chapterPlace(no)) || same(was, is)) return [];
  const whole = [chapterPlace(no)];
  if (before === undefined || after === undefined || was?.length !== 1 || is?.length !== 1) return whole;
  if (before.title !== after.title || (before.tableAt === undefined) !== (after.tableAt === undefined)) return whole;
  const isOpen = (index: number): boolean => open.has(paragraphPlace(no, index));
  if (placesOf(runsOf(before, isOpen), sequence(after)) !== null) return [];
  if (before.paragraphs.length !== after.paragraphs.length || before.tableAt !== after.tableAt) return whole;
  return before.paragraphs.flatMap((text, index) =>
    text === after.paragraphs[index] || isOpen(index) ? [] : [paragraphPlace(no, index)],
  );
}

/** Where the table stands among the paragraphs; no paragraph is null. */
const TABLE = null;
type Item = string | typeof TABLE;

const sequence = ({ paragraphs, tableAt }: Chapter): readonly Item[] =>
  tableAt === undefined ? paragraphs : [...paragraphs.slice(0, tableAt), TABLE, ...paragraphs.slice(tableAt)];

/** What is locked between open paragraphs: runs that must stay whole. The first begins the chapter, the last ends it. */
function runsOf(chapter: Chapter, isOpen: (index: number) => boolean): readonly (readonly Item[])[] {
  const runs: Item[][] = [[]];
  chapter.paragraphs.forEach((text, index) => {
    if (index === chapter.tableAt) runs.at(-1)?.push(TABLE);
    if (isOpen(index)) runs.push([]);
    else runs.at(-1)?.push(text);
  });
  if (chapter.tableAt === chapter.paragraphs.length) runs.at(-1)?.push(TABLE);
  return runs;
}

/** Where the runs stand in `items`, in their order, the first at its beginning and the last at its end; null when they do not. */
function placesOf(runs: readonly (readonly Item[])[], items: readonly Item[]): readonly number[] | null {
  const standsAt = (run: readonly Item[], at: number): boolean =>
    run.every((item, index) => item === items[at + index]);
  const [first = [], ...later] = runs;
  const last = later.pop();
  if (last === undefined) return first.length === items.length && standsAt(first, 0) ? [0] : null;
  const end = items.length - last.length;
  const places = [0];
  let from = first.length;
  if (!standsAt(first, 0) || end < from || !standsAt(last, end)) return null;
  for (const run of later) {
    while (from + run.length <= end && !standsAt(run, from)) from += 1;
    if (from + run.length > end) return null;
    places.push(from);
    from += run.length;
  }
  return [...places, end];
}

/**
 * The paragraphs of a chapter being written that are locked, by their number there, each with its number in the public text; the others may be
 * written. Null while locked ones are changed: nobody can say then which is which.
 */
export function lockedParagraphs(
  base: Chapter,
  next: Chapter,
  isOpen: (index: number) => boolean,
): ReadonlyMap<number, number> | null {
  const places = placesOf(runsOf(base, isOpen), sequence(next));
  if (places === null) return null;
  const numbers = runsOf({ ...base, paragraphs: base.paragraphs.map((_, index) => String(index)) }, isOpen);
  const isBehindTable = (at: number): boolean => next.tableAt !== undefined && at > next.tableAt;
  return new Map(
    numbers.flatMap((run, which) =>
      run.flatMap((number, index): [number, number][] => {
        const at = (places[which] ?? 0) + index;
        return number === TABLE ? [] : [[isBehindTable(at) ? at - 1 : at, Number(number)]];
      }),
    ),
  );
}
