import type { z } from 'zod';
import type { CaseNotes, MakeNote, NoteDetail, WaitingSuggestions } from '#contracts/http/notes.api';
import type { CaseFile } from './case-file.js';
import { read, Refused } from './send.js';

export type Note = z.infer<typeof NoteDetail>;
export type NotePlace = z.input<typeof MakeNote>['place'];
export type Suggestions = z.infer<typeof WaitingSuggestions>;

type NotedLeg = 'review' | 'approval';

/** The legs of a case one may see that have notes. */
export const notedLegs = ({ review, current }: Pick<CaseFile, 'review' | 'current'>): readonly NotedLeg[] =>
  [review, current].flatMap((leg) => (leg !== null && leg.notes > 0 ? [leg.leg] : []));

/** The notes of a case as far as one may see them, oldest first; `legs`: of these alone, when left out of all it has been in. */
export async function readNotes(
  { line }: Pick<CaseFile, 'line'>,
  signal?: AbortSignal,
  legs: readonly NotedLeg[] = line.leg === 'approval' ? ['review', 'approval'] : ['review'],
): Promise<readonly Note[]> {
  const lists = await Promise.all(
    legs.map(async (leg) => {
      try {
        return (await read<z.infer<typeof CaseNotes>>(`/${leg}-cases/${line.case}/notes`, signal)).items;
      } catch (error) {
        if (error instanceof Refused && error.problem.status === 404) return [];
        throw error;
      }
    }),
  );
  return lists.flat().toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Everybody a list of notes names. */
export const peopleIn = (notes: readonly Note[]): readonly string[] => [
  ...new Set(notes.flatMap(({ author, events }) => [author, ...events.map(({ by }) => by)])),
];
