import { refuse, type Refusal } from '#domain/decision';
import { printCell } from '../cell-text.js';
import { cellsOf, formatById } from '../format.js';
import type { AnnualReport } from '../model.js';
import type { Passage } from './passage.js';
import {
  type IndexedReport,
  indexOf,
  nearestSentences,
  type Run,
  runsSaying,
  runText,
  wholeRun,
} from './indexed-report.js';
import { surroundings } from './surroundings.js';
import { likenessOfPieces, piecesOf, wordsIn } from './words.js';

/** A cell, with what was printed in it when the note was made. */
export interface CellAnchor {
  readonly kind: 'cell';
  readonly cell: string;
  readonly text: string;
}

/** A chapter with its title as it was. */
export interface ChapterAnchor {
  readonly kind: 'chapter';
  readonly chapter: number;
  readonly title: string;
}

/**
 * A quotation. `sentence`: the whole sentences it stood in, from character `at` on; `before` and `after`: what stood around
 * them in their paragraph. `twins`: how often these sentences stood in the report, this the `ordinal`-th (from 0); `rivals`:
 * other sentences much like them, so that none of those is ever taken for the one that was meant.
 */
export interface SentenceAnchor {
  readonly kind: 'sentence';
  readonly passage: Passage;
  readonly quote: string;
  readonly sentence: string;
  readonly at: number;
  readonly before: string;
  readonly after: string;
  readonly twins: number;
  readonly ordinal: number;
  readonly rivals: readonly Rival[];
}

/** Another sentence, and how often it stood in the report. */
interface Rival {
  readonly text: string;
  readonly times: number;
}

/** What a note is bound to, by what it says and not by where it stands. JSON-safe. */
export type Anchor = CellAnchor | ChapterAnchor | SentenceAnchor;

/** A stretch of a passage: characters `from` to `to` of the text as typed. */
export interface TextPlace {
  readonly passage: Passage;
  readonly from: number;
  readonly to: number;
}

/** Where somebody wants to put a note: a cell of the format, a chapter, or a stretch of a passage. */
export type AnchorPlace = { readonly cell: string } | { readonly chapter: number } | TextPlace;

/** The text an anchor was made on: a figure, a title or the quotation. */
export function textOfAnchor(anchor: Anchor): string {
  if (anchor.kind === 'sentence') return anchor.quote;
  return anchor.kind === 'cell' ? anchor.text : anchor.title;
}

/** Binds a note to what stands at a place. Refuses place_not_found when nothing does: no such cell or chapter, or no word in the stretch. */
export function anchorAt(report: AnnualReport, place: AnchorPlace): Anchor | Refusal<'place_not_found'> {
  if ('cell' in place) {
    const text = printedCell(report, place.cell);
    return text === null ? refuse('place_not_found') : { kind: 'cell', cell: place.cell, text };
  }
  if ('chapter' in place) {
    const found = report.chapters.find(({ no }) => no === place.chapter);
    return found === undefined ? refuse('place_not_found') : { kind: 'chapter', chapter: found.no, title: found.title };
  }
  return sentenceAnchor(indexOf(report), place);
}

/** What is printed in a cell of the report; null when its format has no such cell. */
export function printedCell(report: AnnualReport, id: string): string | null {
  const table = formatById(report.format)?.tables.find((one) => id.startsWith(`${one.id}.`));
  const place = table === undefined ? undefined : cellsOf(table).find((one) => one.id === id);
  const cell = place === undefined ? undefined : report.tables[place.table.id]?.[id];
  return place === undefined || cell === undefined ? null : printCell(place.column.kind, cell);
}

function sentenceAnchor(index: IndexedReport, place: TextPlace): SentenceAnchor | Refusal<'place_not_found'> {
  const run = runAround(index, place);
  const first = index.sentences[run?.first ?? -1];
  if (run === null || first === undefined) return refuse('place_not_found');
  const sentence = runText(index, run);
  const said = wordsIn(sentence);
  const twins = runsSaying(index, said);
  const [before, after] = surroundings(index, run);
  return {
    kind: 'sentence',
    passage: first.passage,
    quote: (first.chapter.texts[first.paragraph] ?? '').slice(place.from, place.to),
    sentence,
    at: place.from - first.from,
    before,
    after,
    twins: twins.length,
    ordinal: twins.findIndex(({ start }) => start === run.start),
    rivals: rivalsOf(index, run, said),
  };
}

/** The whole sentences around a stretch; null when the stretch is outside the text or holds no word. */
function runAround(index: IndexedReport, { passage, from, to }: TextPlace): Run | null {
  const [key, paragraph] = 'part' in passage ? [passage.part, 0] : [String(passage.chapter), passage.paragraph];
  const text = index.chapters.find((one) => one.key === key)?.texts[paragraph];
  if (text === undefined || !(from >= 0 && from < to && to <= text.length)) return null;
  if (wordsIn(text.slice(from, to)) === '') return null;
  const inside = index.sentences
    .map((sentence, at) => ({ ...sentence, at }))
    .filter((one) => one.chapter.key === key && one.paragraph === paragraph && one.from < to && from < one.to);
  return wholeRun(index, inside[0]?.at ?? -1, inside.at(-1)?.at ?? -1);
}

/** More like it than this, and another sentence could be taken for it once words have changed. */
const RIVAL = 0.35;
/** As many as are kept; any further one is no more like it than the last of them. */
export const MOST_RIVALS = 8;
const LOOKED_AT = 64;

/** Each text once: a rival that stands in ten places is one rival. */
function rivalsOf(index: IndexedReport, run: Run, said: string): readonly Rival[] {
  const pieces = piecesOf(said);
  const rivals = new Map<string, { readonly text: string; readonly likeness: number }>();
  for (const at of nearestSentences(index, pieces, LOOKED_AT)) {
    const sentence = index.sentences[at];
    const own = at >= run.first && at <= run.last;
    if (sentence === undefined || own || sentence.words === said || rivals.has(sentence.words)) continue;
    const text = (sentence.chapter.texts[sentence.paragraph] ?? '').slice(sentence.from, sentence.to);
    rivals.set(sentence.words, { text, likeness: likenessOfPieces(pieces, sentence.pieces) });
  }
  return [...rivals]
    .filter(([, { likeness }]) => likeness >= RIVAL)
    .toSorted(([, a], [, b]) => b.likeness - a.likeness)
    .slice(0, MOST_RIVALS)
    .map(([words, { text }]) => ({ text, times: runsSaying(index, words).length }));
}
