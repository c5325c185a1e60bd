import type { AnnualReport } from '../model.js';
import type { Passage } from './passage.js';
import { pieceAt, type Pieces, piecesOf, type Said, wordsIn } from './words.js';

/** A chapter (or the title, or the preface): words `start` to `end` of the report. */
export interface IndexedChapter {
  readonly key: string;
  readonly texts: readonly string[];
  readonly start: number;
  end: number;
}

/** A sentence: characters `from` to `to` of its paragraph, words `start` to `end` of the report. */
export interface IndexedSentence {
  readonly chapter: IndexedChapter;
  readonly passage: Passage;
  readonly paragraph: number;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly pieces: Pieces;
}

/** Words `start` to `end` of a report, in its sentences `first` to `last` (both counted), which are of one paragraph. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

/** A report made ready for looking sentences up by what they say: all its words in one line, and where each pair of them stands. */
export interface IndexedReport {
  readonly words: string;
  readonly chapters: readonly IndexedChapter[];
  readonly sentences: readonly IndexedSentence[];
  /** The sentence of each word. */
  readonly sentenceAt: readonly number[];
  readonly placesOf: ReadonlyMap<number, readonly number[]>;
  /** What was looked up and folded before: notes on one report share their rivals. */
  readonly said: Map<string, readonly Run[]>;
  readonly folded: Map<string, Said>;
}

const indexes = new WeakMap<AnnualReport, IndexedReport>();

/** The index of a report, made once: a report is never changed in place. */
export function indexOf(report: AnnualReport): IndexedReport {
  const known = indexes.get(report);
  if (known !== undefined) return known;
  const index = indexed([
    { key: 'title', texts: [report.title], passageOf: () => ({ part: 'title' }) },
    { key: 'preface', texts: [report.preface], passageOf: () => ({ part: 'preface' }) },
    ...report.chapters.map(({ no, paragraphs }) => ({
      key: String(no),
      texts: paragraphs,
      passageOf: (paragraph: number) => ({ chapter: no, paragraph }),
    })),
  ]);
  indexes.set(report, index);
  return index;
}

/** A sentence with its stops, typed full-width or not. */
const SENTENCE = /[^。；;！!？?\n]+[。；;！!？?\n]*|[。；;！!？?\n]+/gu;

interface Texts {
  readonly key: string;
  readonly texts: readonly string[];
  readonly passageOf: (paragraph: number) => Passage;
}

function indexed(all: readonly Texts[]): IndexedReport {
  let words = '';
  const sentences: IndexedSentence[] = [];
  const sentenceAt: number[] = [];
  const chapters = all.map(({ key, texts, passageOf }) => {
    const chapter: IndexedChapter = { key, texts, start: words.length, end: words.length };
    texts.forEach((text, paragraph) => {
      let from = 0;
      for (const typed of text.match(SENTENCE) ?? []) {
        const to = from + typed.length;
        const said = wordsIn(typed);
        const start = words.length;
        words += said;
        for (let at = start; at < words.length; at += 1) sentenceAt.push(sentences.length);
        const place = { chapter, passage: passageOf(paragraph), paragraph, from, to, start, end: words.length };
        // A stop alone is no sentence: it stays with whatever is quoted around it.
        if (said !== '') sentences.push({ ...place, words: said, pieces: piecesOf(said) });
        from = to;
      }
    });
    chapter.end = words.length;
    return chapter;
  });
  return { words, chapters, sentences, sentenceAt, placesOf: placesIn(words), said: new Map(), folded: new Map() };
}

function placesIn(words: string): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (let at = 0; at < words.length; at += 1) {
    const piece = pieceAt(words, at);
    const known = places.get(piece);
    if (known === undefined) places.set(piece, [at]);
    else known.push(at);
  }
  return places;
}

/** Sentences `first` to `last` whole; null when they are not all there, or not in one paragraph. */
export function wholeRun({ sentences }: IndexedReport, first: number, last: number): Run | null {
  const [start, end] = [sentences[first], sentences[last]];
  if (start === undefined || end === undefined || start.chapter !== end.chapter || start.paragraph !== end.paragraph)
    return null;
  return { first, last, start: start.start, end: end.end };
}

/** Fewer words than this are alike everywhere (无, 详见附件) and count only as whole sentences. */
export const SHORT = 8;

/** Where exactly these words stand, in the order of the report: in one paragraph, also drawn into longer sentences, never a part of a number. */
export function runsSaying(index: IndexedReport, said: string): readonly Run[] {
  const known = index.said.get(said);
  if (known !== undefined) return known;
  const { words, sentenceAt } = index;
  const runs = placesSaying(index, said).flatMap((start): Run[] => {
    const end = start + said.length;
    const run = wholeRun(index, sentenceAt[start] ?? -1, sentenceAt[end - 1] ?? -1);
    if (run === null || (said.length < SHORT && (run.start !== start || run.end !== end))) return [];
    return cutsNumber(words, start) || cutsNumber(words, end) ? [] : [{ ...run, start, end }];
  });
  index.said.set(said, runs);
  return runs;
}

/** Looks where the rarest pair of the words stands, and at nothing else. */
function placesSaying({ words, placesOf }: IndexedReport, said: string): readonly number[] {
  if (said.length < 2) return said === '' ? [] : [...words.matchAll(new RegExp(said, 'gu'))].map(({ index }) => index);
  let [places, offset] = [placesOf.get(pieceAt(said, 0)) ?? [], 0];
  for (let at = 1; at + 1 < said.length && places.length > 1; at += 1) {
    const others = placesOf.get(pieceAt(said, at)) ?? [];
    if (others.length < places.length) [places, offset] = [others, at];
  }
  return places.map((at) => at - offset).filter((at) => at >= 0 && words.startsWith(said, at));
}

function cutsNumber(words: string, at: number): boolean {
  return /[0-9.]/.test(words[at - 1] ?? '') && /[0-9.]/.test(words[at] ?? '');
}

/** Places looked at for one text: what stands in every sentence tells none from another, so the rarest pieces come first. */
const MOST_PLACES = 1200;

/** The sentences that share most pieces with these, at most `most` of them, most shared first. */
export function nearestSentences(index: IndexedReport, { times }: Pieces, most: number): readonly number[] {
  const counts = new Uint16Array(index.sentences.length);
  const met: number[] = [];
  const lists = [...times.keys()].flatMap((piece) => [index.placesOf.get(piece) ?? []]);
  let looked = 0;
  for (const places of lists.toSorted((a, b) => a.length - b.length)) {
    looked += places.length;
    if (looked > MOST_PLACES && met.length >= most) break;
    for (const place of places) {
      const sentence = index.sentenceAt[place] ?? 0;
      if (counts[sentence] === 0) met.push(sentence);
      counts[sentence] = (counts[sentence] ?? 0) + 1;
    }
  }
  return met.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b).slice(0, most);
}

/** The text of a run's sentences as typed, from the first character of the first to the last of the last. */
export function runText({ sentences }: IndexedReport, { first, last }: Run): string {
  const [start, end] = [sentences[first], sentences[last]];
  if (start === undefined || end === undefined) throw new RangeError('a run has sentences');
  return (start.chapter.texts[start.paragraph] ?? '').slice(start.from, end.to);
}
