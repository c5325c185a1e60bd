import type { AnnualReport } from '../model.js';
import {
  type Anchor,
  type AnchorPlace,
  type ChapterAnchor,
  printedCell,
  type SentenceAnchor,
  textOfAnchor,
} from './anchor.js';
import { ALIKE, type Candidate, sameWords, scoreOf, similarWords, type Sought, soughtOf } from './candidates.js';
import type { Passage } from './passage.js';
import { placeOfQuote } from './quote-in-run.js';
import { type IndexedReport, indexOf, runText, SHORT } from './indexed-report.js';
import { foldWords, likenessOfPieces, piecesOf } from './words.js';

/**
 * Where what a note is bound to stands in a report. `exact`: the cell, or the same words in the same paragraph. `moved`:
 * elsewhere or edited; `likeness` (over 0 to 1) of the sentences, 1 when the words are the same. `ambiguous`: one of these
 * `places`, or none of them; nobody but a person can say. `gone`: nowhere. `text` is what stands there now, and what stood
 * there then when it is not found.
 */
export type Resolution =
  | { readonly state: 'exact'; readonly place: AnchorPlace; readonly text: string }
  | { readonly state: 'moved'; readonly place: AnchorPlace; readonly text: string; readonly likeness: number }
  | { readonly state: 'ambiguous'; readonly places: readonly AnchorPlace[]; readonly text: string }
  | { readonly state: 'gone'; readonly text: string };

/** Finds an anchor's place in a report that may have been edited since. */
export function resolveAnchor(anchor: Anchor, report: AnnualReport): Resolution {
  if (anchor.kind === 'sentence') return resolveSentence(anchor, report);
  if (anchor.kind === 'chapter') return resolveChapter(anchor, report);
  const text = printedCell(report, anchor.cell);
  return text === null ? gone(anchor) : { state: 'exact', place: { cell: anchor.cell }, text };
}

const gone = (anchor: Anchor): Resolution => ({ state: 'gone', text: textOfAnchor(anchor) });

/** Titles of chapters are prescribed: the same title is the same chapter under any number. */
function resolveChapter(anchor: ChapterAnchor, { chapters }: AnnualReport): Resolution {
  const [title, ...others] = chapters.filter((one) => foldWords(one.title).text === foldWords(anchor.title).text);
  const numbered = chapters.find(({ no }) => no === anchor.chapter);
  if (title !== undefined && others.length === 0) {
    const found = { place: { chapter: title.no }, text: title.title };
    const same = title === numbered && title.title === anchor.title;
    return same ? { state: 'exact', ...found } : { state: 'moved', ...found, likeness: 1 };
  }
  if (numbered === undefined) return gone(anchor);
  const [then, now] = [anchor.title, numbered.title].map((text) => piecesOf(foldWords(text).text));
  const likeness = then === undefined || now === undefined ? 0 : likenessOfPieces(then, now);
  if (likeness < ALIKE) return gone(anchor);
  return { state: 'moved', place: { chapter: numbered.no }, text: numbered.title, likeness: rounded(likeness) };
}

function resolveSentence(anchor: SentenceAnchor, report: AnnualReport): Resolution {
  const index = indexOf(report);
  const sought = soughtOf(anchor);
  const same = sameWords(index, sought);
  const found = decided(same, sought) ?? ordinalTwin(same, sought);
  // The same words in strange surroundings may be a copy, and what was meant be edited where it stood: look for that too.
  if (found !== undefined && found.context >= FAMILIAR) return foundAt(index, found, anchor);
  const all = [...same, ...similarWords(index, sought, same)];
  const decision = decided(all, sought);
  if (decision !== undefined) return foundAt(index, decision, anchor);
  const places = all.filter((one) => isPossible(one, all)).map(({ run }) => placeOfQuote(index, run, anchor));
  return places.length === 0 ? gone(anchor) : { state: 'ambiguous', places, text: anchor.quote };
}

/** Surroundings that agree this far are those of the note. */
const FAMILIAR = 0.35;
/** The best candidate must lead the second by this much. */
const LEAD = 0.1;
/** The one candidate that can be meant, if there is such. */
function decided(candidates: readonly Candidate[], sought: Sought): Candidate | undefined {
  const [best, second] = bestTwo(candidates);
  const twins = candidates.filter(({ likeness }) => likeness === 1).length;
  if (best === undefined || best.context < contextNeeded(best, sought, twins)) return undefined;
  if (second === undefined) return best;
  return best.context >= FAMILIAR && scoreOf(best) - scoreOf(second) >= LEAD ? best : undefined;
}

/** The two best that are no rivals. */
function bestTwo(candidates: readonly Candidate[]): readonly Candidate[] {
  const best: Candidate[] = [];
  for (const one of candidates.toSorted((a, b) => scoreOf(b) - scoreOf(a))) {
    if (!one.isRival()) best.push(one);
    if (best.length === 2) break;
  }
  return best;
}

/** How much the surroundings must agree: not at all for words found once then and once now, most for words of which a twin is missing. */
function contextNeeded({ likeness }: Candidate, { anchor, words }: Sought, twins: number): number {
  if (anchor.twins > 1) return likeness === 1 && twins >= anchor.twins ? 0.5 : 0.85;
  if (words.length < SHORT) return 0.5;
  if (likeness === 1) return anchor.rivals.length === 0 ? 0 : 0.25;
  return likeness >= 0.75 && anchor.rivals.length === 0 ? 0 : FAMILIAR;
}

/** Of as many twins as there were, all in the same surroundings, the one of the same number: it reads the same there. */
function ordinalTwin(same: readonly Candidate[], { anchor }: Sought): Candidate | undefined {
  const one = same.length === anchor.twins ? same[anchor.ordinal] : undefined;
  return one !== undefined && one.context >= 0.95 ? one : undefined;
}

/** Worth showing to a person: not the rival it was known to be, unless the surroundings say it is what is left. */
function isPossible(one: Candidate, all: readonly Candidate[]): boolean {
  if (one.isRival()) return one.context >= 0.6;
  const best = Math.max(...all.filter((other) => !other.isRival()).map(scoreOf));
  return best - scoreOf(one) < 2 * LEAD;
}

function foundAt(index: IndexedReport, { run, likeness }: Candidate, anchor: SentenceAnchor): Resolution {
  const place = placeOfQuote(index, run, anchor);
  const sentence = index.sentences[run.first];
  const text = (sentence?.chapter.texts[sentence.paragraph] ?? '').slice(place.from, place.to);
  if (isSamePassage(anchor.passage, place.passage) && runText(index, run) === anchor.sentence)
    return { state: 'exact', place, text };
  return { state: 'moved', place, text, likeness: likeness === 1 ? 1 : rounded(likeness) };
}

function isSamePassage(one: Passage, other: Passage): boolean {
  if ('part' in one || 'part' in other) return 'part' in one && 'part' in other && one.part === other.part;
  return one.chapter === other.chapter && one.paragraph === other.paragraph;
}

/** Two places, never up to 1: that says the words are the same. */
const rounded = (likeness: number): number => Math.min(0.99, Math.floor(likeness * 100) / 100);
