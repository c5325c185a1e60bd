import { MOST_RIVALS, type SentenceAnchor } from './anchor.js';
import { type IndexedReport, nearestSentences, type Run, runsSaying, wholeRun } from './indexed-report.js';
import { contextLikeness } from './surroundings.js';
import { likenessOfPieces, likenessOfWords, type Said, saidIn } from './words.js';

/**
 * Sentences that may be the ones an anchor means. `likeness`: of the words, 1 when they are the same; `context`: of what
 * stands around and of the chapter, 0 to 1.
 */
export interface Candidate {
  readonly run: Run;
  readonly likeness: number;
  readonly context: number;
  /** They may as well be another sentence that was there. */
  isRival(): boolean;
}

/** An anchor made ready for comparing. */
export interface Sought extends Said {
  readonly anchor: SentenceAnchor;
  readonly around: readonly [Said, Said];
}

/** Folds an anchor's texts once. */
export function soughtOf(anchor: SentenceAnchor): Sought {
  return { ...saidIn(anchor.sentence), anchor, around: [saidIn(anchor.before), saidIn(anchor.after)] };
}

/** Where exactly these words stand, in the order of the report. */
export function sameWords(index: IndexedReport, { words, anchor, around }: Sought): readonly Candidate[] {
  return runsSaying(index, words).map((run) => ({
    run,
    likeness: 1,
    context: contextLikeness(index, run, anchor.passage, around),
    isRival: () => false,
  }));
}

/** Less alike than this, and it is not the same sentence any more. */
export const ALIKE = 0.55;
/** As alike as this, and nobody need ask whether a sentence was parted in two: a half of it is not. */
const VERY_ALIKE = 0.7;
const LOOKED_AT = 6;
const LONGEST_RUN = 8;

/** Where similar words stand and not the `same`: sentences that were edited, parted in two or drawn together. */
export function similarWords(index: IndexedReport, sought: Sought, same: readonly Candidate[]): readonly Candidate[] {
  const length = Math.min(sentencesIn(sought.anchor.sentence), LONGEST_RUN);
  const nearest = nearestSentences(index, sought.pieces, LOOKED_AT);
  const isRival = rivalTest(index, sought);
  const of = (sizes: readonly number[]): Candidate[] =>
    runsAround(index, nearest, sizes)
      .filter((run) => same.every((one) => !overlap(one.run, run)))
      .flatMap((run) => similar(index, run, sought, isRival));
  const whole = of([length]);
  const parted = whole.some(({ likeness }) => likeness >= VERY_ALIKE) ? [] : of([length - 1, length + 1]);
  return withoutOverlaps([...whole, ...parted]);
}

function sentencesIn(text: string): number {
  return text.match(/[^。；;！!？?\n]+/gu)?.length ?? 1;
}

function runsAround(index: IndexedReport, nearest: readonly number[], sizes: readonly number[]): readonly Run[] {
  const runs = new Map<number, Run>();
  for (const size of sizes)
    for (const at of nearest)
      for (let first = Math.max(0, at - size + 1); first <= at; first += 1) {
        const run = wholeRun(index, first, first + size - 1);
        if (run !== null) runs.set(first * (LONGEST_RUN + 2) + size, run);
      }
  return [...runs.values()];
}

function similar(
  index: IndexedReport,
  run: Run,
  { pieces: sought, anchor, around }: Sought,
  isRival: (words: string, likeness: number) => boolean,
): readonly Candidate[] {
  const words = index.words.slice(run.start, run.end);
  const likeness = likenessOfWords(words, sought);
  if (likeness < ALIKE) return [];
  let known: boolean | undefined;
  const context = contextLikeness(index, run, anchor.passage, around);
  return [{ run, likeness, context, isRival: () => (known ??= isRival(words, likeness)) }];
}

/** A sentence must be this much more like what was quoted than like a rival that is missing: either may have become it. */
const DISTANCE = 0.15;

/** Tells what is more like a rival, or could be one that is missing, or one of those beyond the last that was kept. */
function rivalTest(
  index: IndexedReport,
  { anchor, pieces: sought }: Sought,
): (words: string, likeness: number) => boolean {
  let rivals: readonly (Said & { readonly missing: boolean })[] | undefined;
  return (words, likeness) => {
    rivals ??= anchor.rivals.map(({ text, times }) => {
      const said = index.folded.get(text) ?? saidIn(text);
      index.folded.set(text, said);
      return { ...said, missing: runsSaying(index, said.words).length < times };
    });
    const last = rivals.length === MOST_RIVALS ? rivals.at(-1) : undefined;
    if (last !== undefined && likeness < likenessOfPieces(last.pieces, sought) + DISTANCE) return true;
    return rivals.some((one) => {
      const near = likenessOfWords(words, one.pieces);
      return near > likeness || (one.missing && near >= likeness - DISTANCE);
    });
  };
}

/** Of runs that share a sentence the most alike. */
function withoutOverlaps(candidates: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const one of candidates.toSorted((a, b) => b.likeness - a.likeness || b.context - a.context)) {
    if (kept.every(({ run }) => !overlap(run, one.run))) kept.push(one);
  }
  return kept;
}

function overlap(one: Run, other: Run): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** Words count more than surroundings: a paragraph may have been moved. */
export function scoreOf({ likeness, context }: Candidate): number {
  return 0.6 * likeness + 0.4 * context;
}
