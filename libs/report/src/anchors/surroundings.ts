import type { IndexedReport, IndexedSentence, Run } from './indexed-report.js';
import type { Passage } from './passage.js';
import { foldWords, likenessOfWords, type Said, wordsIn } from './words.js';

/** How many words around a sentence tell it from its twins. */
const CONTEXT = 30;
/** Fewer words than this do not tell one place from another. */
const FEW = 4;

/** What the paragraph says around a run, up to CONTEXT words a side; what the chapter does where the run is the whole paragraph. */
export function surroundings({ sentences }: IndexedReport, { first, last }: Run): readonly [string, string] {
  const own = sentences[first];
  const around = (inside: (sentence: IndexedSentence) => boolean): readonly [string, string] => [
    clipped(textsOf(sentences.slice(0, first).filter(inside)), -1),
    clipped(textsOf(sentences.slice(last + 1).filter(inside)), 1),
  ];
  const ofParagraph = around(({ chapter, paragraph }) => chapter === own?.chapter && paragraph === own.paragraph);
  return wordsIn(ofParagraph.join('')).length >= FEW ? ofParagraph : around(({ chapter }) => chapter === own?.chapter);
}

function textsOf(sentences: readonly IndexedSentence[]): string {
  return sentences.map(({ chapter, paragraph, from, to }) => (chapter.texts[paragraph] ?? '').slice(from, to)).join('');
}

function clipped(text: string, side: -1 | 1): string {
  const { from, to, text: words } = foldWords(text);
  if (words.length <= CONTEXT) return text;
  return side < 0 ? text.slice(from[words.length - CONTEXT] ?? 0) : text.slice(0, to[CONTEXT - 1] ?? text.length);
}

/** The chapter is the strongest single sign of where a sentence belongs. */
const CHAPTER = 0.3;

/**
 * How much a place's surroundings are those of an anchor, 0 to 1: as many words before and after as the anchor has, and the
 * chapter. What stands next to a sentence says more than what is far.
 */
export function contextLikeness(
  { words, sentences }: IndexedReport,
  { first, start, end }: Run,
  passage: Passage,
  [before, after]: readonly [Said, Said],
): number {
  const chapter = sentences[first]?.chapter;
  if (chapter === undefined) throw new RangeError('a run has sentences');
  const [left, right] = [Math.min(before.words.length, NEAR), Math.min(after.words.length, NEAR)];
  const sides =
    left * sideLikeness(before, words.slice(Math.max(chapter.start, start - before.words.length), start), -1) +
    right * sideLikeness(after, words.slice(end, Math.min(chapter.end, end + after.words.length)), 1);
  const same = ('part' in passage ? passage.part : String(passage.chapter)) === chapter.key;
  return (1 - CHAPTER) * (left + right === 0 ? 1 : sides / (left + right)) + (same ? CHAPTER : 0);
}

/** Words this near count for themselves, beside the likeness of the whole. */
const NEAR = 12;

function sideLikeness(then: Said, now: string, side: -1 | 1): number {
  const reach = Math.min(then.words.length, NEAR);
  if (reach === 0 || then.words === now) return 1;
  const at = (text: string, step: number): string | undefined => text.at(side < 0 ? -1 - step : step);
  let equal = 0;
  while (equal < reach && at(then.words, equal) === at(now, equal)) equal += 1;
  return equal / reach / 2 + likenessOfWords(now, then.pieces) / 2;
}
