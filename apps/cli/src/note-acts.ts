import type { z } from 'zod';
import { CaseLine } from '#contracts/http/gateway.api';
import { ReportDetail } from '#contracts/http/drafting.api';
import { CaseNotes, type MakeNote, NoteDetail, SuggestionTaken } from '#contracts/http/notes.api';
import type { ApiClient } from './api-client.js';
import { readCurrentLeg } from './leg-acts.js';

type NotesOfLeg = z.infer<typeof CaseNotes>;
type Note = z.infer<typeof NoteDetail>;
type Place = z.input<typeof MakeNote>['place'];

/** The notes of the legs of a case this person may see, the review leg's first. */
export async function readNotes(client: ApiClient, caseId: string): Promise<readonly NotesOfLeg[]> {
  const { leg } = await client.get(`/cases/${encodeURIComponent(caseId)}`, CaseLine);
  const review = await client.get(`/review-cases/${encodeURIComponent(caseId)}/notes`, CaseNotes);
  if (leg === 'review') return [review];
  return [review, await client.get(`/approval-cases/${encodeURIComponent(caseId)}/notes`, CaseNotes)];
}

/** Puts a note on the content that is under sign-off now, in the leg in which the case stands. */
export async function addNote(
  client: ApiClient,
  caseId: string,
  note: Pick<z.infer<typeof MakeNote>, 'text' | 'suggestion' | 'onBehalfOf'> & { readonly place: Place },
): Promise<Note> {
  const { leg, content } = await readCurrentLeg(client, caseId);
  return client.command(`/${leg}-cases/${caseId}/notes`, { content, ...note }, NoteDetail);
}

/** Replies to a note, resolves or withdraws it. */
export async function answerNote(
  client: ApiClient,
  caseId: string,
  note: string,
  act: 'replies' | 'resolution' | 'withdrawal',
  said: { readonly text: string | null; readonly onBehalfOf: string | null },
): Promise<Note> {
  const leg = await legOfNote(client, caseId, note);
  return client.command(`/${leg}-cases/${caseId}/notes/${encodeURIComponent(note)}/${act}`, said, NoteDetail);
}

async function legOfNote(client: ApiClient, caseId: string, note: string): Promise<NotesOfLeg['leg']> {
  const legs = await readNotes(client, caseId);
  // A note nobody knows is asked for where the case stands; the answer says so.
  return legs.find(({ items }) => items.some((one) => one.note === note))?.leg ?? legs.at(-1)?.leg ?? 'review';
}

/** Takes a note's suggestion over as the report's next revision. */
export async function acceptSuggestion(
  client: ApiClient,
  caseId: string,
  note: string,
): Promise<z.infer<typeof SuggestionTaken>> {
  const { document } = await client.get(`/cases/${encodeURIComponent(caseId)}`, CaseLine);
  const { revision: baseRevision } = await client.get(`/reports/${document}`, ReportDetail);
  const body = { baseRevision, case: caseId, note };
  return client.command(`/reports/${document}/accepted-suggestions`, body, SuggestionTaken);
}
