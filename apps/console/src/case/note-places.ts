import type { AnnualReport } from '#report/model';
import type { Note, NotePlace } from '../api/notes.js';
import { cellWords, placeWords } from '../report/place-words.js';
import type { Say } from '../words/words.js';

type Place = Extract<Note['found'], { place: unknown }>['place'];

/** The mark in the text of where a note stands now; null when what it was bound to is gone or stands in several places. */
export function markOf({ found }: Pick<Note, 'found'>): string | null {
  return found.state === 'exact' || found.state === 'moved' ? markOfPlace(found.place) : null;
}

function markOfPlace(place: Place): string {
  if ('cell' in place) return place.cell;
  if ('chapter' in place) return `chapter-${place.chapter}`;
  const { passage } = place;
  return 'part' in passage ? passage.part : `${passage.chapter}.${passage.paragraph}`;
}

/** The words or the figure a note is about, as they stood; null when it is about a whole chapter. */
export const quoteOf = ({ anchor }: Pick<Note, 'anchor'>): string | null =>
  anchor.kind === 'cell' ? anchor.text : anchor.kind === 'chapter' ? null : anchor.quote;

/** Where a note was put, in words. */
export function notePlaceWords({ anchor }: Pick<Note, 'anchor'>, report: AnnualReport | null, say: Say): string {
  if (anchor.kind === 'cell') return report === null ? anchor.cell : cellWords(report, anchor.cell);
  if (anchor.kind === 'chapter') return anchor.title;
  const { passage } = anchor;
  if (report === null) return 'part' in passage ? say('case.preface') : say('case.chapter', { no: passage.chapter });
  return placeWords(report, 'part' in passage ? passage : { chapter: passage.chapter }, say);
}

/** What a note would be put on, in words. */
export function chosenPlaceWords(place: NotePlace, report: AnnualReport, say: Say): string {
  if ('cell' in place) return cellWords(report, place.cell);
  if ('quote' in place) return place.quote;
  return placeWords(report, { chapter: place.chapter }, say);
}
