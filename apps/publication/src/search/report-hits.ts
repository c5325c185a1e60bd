import type { EditionDocument } from '#report/edition';
import { type FoldedText, typedRange } from '#report/prose/folded-text';
import { foldWords } from './folded-words.js';
import { rowPassages, type SearchedPassage, writtenPassages } from './searched-passages.js';

/** A piece of text as typed; `hit`: it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** A place of a report where a word stands, with the words around it. */
export interface ReportHit extends Pick<SearchedPassage, 'kind' | 'chapter' | 'heading'> {
  readonly pieces: readonly Piece[];
}

/** What was found in a report: its title with what is found in it, and its best places. */
export interface ReportFind {
  readonly title: readonly Piece[];
  readonly organ: readonly Piece[];
  readonly hits: readonly ReportHit[];
}

/** Places shown of one report, and characters of each: before the first word, and in all. */
const MOST_HITS = 3;
const BEFORE = 24;
const SHOWN = 96;

interface Found {
  readonly passage: SearchedPassage;
  readonly folded: FoldedText;
  readonly words: readonly string[];
}

/**
 * Where the words of a question stand in an edition; null unless each stands somewhere in it. Places that hold more of the words come first, prose
 * before tables.
 */
export function findInEdition(edition: EditionDocument, words: readonly string[]): ReportFind | null {
  const found = [...writtenPassages(edition), ...rowPassages(edition)].map((passage): Found => {
    const folded = foldWords(passage.text);
    return { passage, folded, words: words.filter((word) => folded.text.includes(word)) };
  });
  const held = new Set(found.flatMap((one) => one.words));
  if (held.size < words.length) return null;
  const of = (kind: SearchedPassage['kind']): readonly Piece[] =>
    found.filter(({ passage }) => passage.kind === kind).flatMap((one) => cut(one, Number.MAX_SAFE_INTEGER));
  const hits = found
    .filter(({ passage: { kind }, words: here }) => here.length > 0 && (kind === 'text' || kind === 'row'))
    .toSorted((a, b) => b.words.length - a.words.length || Number(isRow(a)) - Number(isRow(b)))
    .slice(0, MOST_HITS)
    .map((one) => ({ ...placeOf(one.passage), pieces: cut(one, SHOWN) }));
  return { title: of('title'), organ: of('organ'), hits };
}

const isRow = ({ passage }: Found): boolean => passage.kind === 'row';

function placeOf({ kind, chapter, heading }: SearchedPassage): Omit<ReportHit, 'pieces'> {
  return { kind, chapter, heading };
}

/** The text around the first word, at most `most` characters of it, in pieces that say what is a hit. */
function cut({ passage: { text }, folded, words }: Found, most: number): readonly Piece[] {
  const marks = marksOf(folded, words);
  const from = most > text.length ? 0 : wholeSign(text, Math.max(0, (marks[0]?.from ?? 0) - BEFORE));
  const to = Math.max(marks[0]?.to ?? 0, most > text.length - from ? text.length : wholeSign(text, from + most));
  const pieces: Piece[] = [{ text: from > 0 ? '…' : '', hit: false }];
  let at = from;
  for (const mark of marks.filter((one) => one.to <= to)) {
    pieces.push({ text: text.slice(at, mark.from), hit: false }, { text: text.slice(mark.from, mark.to), hit: true });
    at = mark.to;
  }
  pieces.push({ text: text.slice(at, to) + (to < text.length ? '…' : ''), hit: false });
  return pieces.filter((piece) => piece.text !== '');
}

/** Where the words stand in the text as typed, in order; stretches that touch are one. */
function marksOf(
  folded: FoldedText,
  words: readonly string[],
): readonly { readonly from: number; readonly to: number }[] {
  const all = words.flatMap((word) => {
    const found = [];
    for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + word.length))
      found.push(typedRange(folded, at, at + word.length));
    return found;
  });
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of all.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** The nearest place at or before `at` that is not in the middle of a character. */
function wholeSign(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
