import type { z } from 'zod';
import type { CaseNotes, MakeNote, NoteDetail, WaitingSuggestions } from '#contracts/http/notes.api';
import type { CaseFile } from './case-file.js';
import { read } from './send.js';

export type Note = z.infer<typeof NoteDetail>;
export type NotePlace = z.input<typeof MakeNote>['place'];
export type Suggestions = z.infer<typeof WaitingSuggestions>;

/** The notes of both legs of a case as far as one may see them, oldest first. A leg without notes is not asked for its list. */
export async function readNotes(
  { line, current, review }: Pick<CaseFile, 'line' | 'current' | 'review'>,
  signal?: AbortSignal,
): Promise<readonly Note[]> {
  const noted = [review, current].flatMap((leg) => (leg !== null && leg.notes > 0 ? [leg.leg] : []));
  const lists = await Promise.all(
    noted.map((leg) => read<z.infer<typeof CaseNotes>>(`/${leg}-cases/${line.case}/notes`, signal)),
  );
  return lists.flatMap(({ items }) => items).toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Everybody a list of notes names. */
export const peopleIn = (notes: readonly Note[]): readonly string[] => [
  ...new Set(notes.flatMap(({ author, events }) => [author, ...events.map(({ by }) => by)])),
];
