import { groupBy } from '#domain/grouping';
import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import type { Anchor } from '#report/anchors/anchor';
import { type Handle, row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { type NoteEvent, type NoteState, stateAfter } from './note.js';

/** A note as stored, with what became of it. */
export interface StoredNote {
  readonly id: string;
  readonly case: string;
  readonly round: number;
  readonly stage: string;
  readonly document: string;
  readonly content: Digest;
  readonly author: string;
  readonly onBehalfOf: string | null;
  readonly anchor: Anchor;
  readonly text: string;
  readonly suggestion: string | null;
  readonly suggestionDigest: Digest | null;
  readonly at: Instant;
  readonly state: NoteState;
  readonly events: readonly (NoteEvent & { readonly at: Instant })[];
}

/** Keeps a note. */
export async function insertNote(tx: Tx, note: Omit<StoredNote, 'state' | 'events'>): Promise<void> {
  await rows(
    tx,
    `INSERT INTO note (id, case_id, round, stage, document, content, author, on_behalf_of, anchor, text, suggestion, suggestion_digest, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      note.id,
      note.case,
      note.round,
      note.stage,
      note.document,
      note.content,
      note.author,
      note.onBehalfOf,
      JSON.stringify(note.anchor),
      note.text,
      note.suggestion,
      note.suggestionDigest,
      note.at,
    ],
  );
}

/** Appends what happened to a note. False when it was closed (or accepted) that way before. */
export async function insertNoteEvent(
  tx: Tx,
  id: string,
  note: string,
  event: NoteEvent & { readonly at: Instant },
): Promise<boolean> {
  const inserted = await rows(
    tx,
    `INSERT INTO note_event (id, note, kind, by, on_behalf_of, text, revision, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT DO NOTHING RETURNING id`,
    [id, note, event.kind, event.by, event.onBehalfOf, event.text, event.revision, event.at],
  );
  return inserted.length === 1;
}

interface NoteRowFound {
  readonly id: string;
  readonly case_id: string;
  readonly round: number;
  readonly stage: string;
  readonly document: string;
  readonly content: string;
  readonly author: string;
  readonly on_behalf_of: string | null;
  readonly anchor: string;
  readonly text: string;
  readonly suggestion: string | null;
  readonly suggestion_digest: string | null;
  readonly at: Date;
}

interface EventRowFound extends Omit<NoteEvent, 'onBehalfOf'> {
  readonly on_behalf_of: string | null;
  readonly note: string;
  readonly at: Date;
}

/** Every note of a case, oldest first. */
export async function notesOf(handle: Handle, caseId: string): Promise<readonly StoredNote[]> {
  const notes = await rows<NoteRowFound>(handle, 'SELECT * FROM note WHERE case_id = $1 ORDER BY at, id', [caseId]);
  const events = await rows<EventRowFound>(
    handle,
    `SELECT e.note, e.kind, e.by, e.on_behalf_of, e.text, e.revision, e.at FROM note_event e JOIN note n ON n.id = e.note
     WHERE n.case_id = $1 ORDER BY e.at, e.id`,
    [caseId],
  );
  const byNote = groupBy(events, ({ note }) => note);
  return notes.map((found) => storedNote(found, byNote.get(found.id) ?? []));
}

/** One note of a case. */
export async function findNote(handle: Handle, caseId: string, note: string): Promise<StoredNote | undefined> {
  const found = await row<NoteRowFound>(handle, 'SELECT * FROM note WHERE case_id = $1 AND id = $2', [caseId, note]);
  if (found === undefined) return undefined;
  const events = await rows<EventRowFound>(
    handle,
    'SELECT note, kind, by, on_behalf_of, text, revision, at FROM note_event WHERE note = $1 ORDER BY at, id',
    [note],
  );
  return storedNote(found, events);
}

/** How many notes a case has. */
export async function countNotes(handle: Handle, caseId: string): Promise<number> {
  const found = await row<{ n: number }>(handle, 'SELECT count(*)::int AS n FROM note WHERE case_id = $1', [caseId]);
  return found?.n ?? 0;
}

function storedNote(found: NoteRowFound, events: readonly EventRowFound[]): StoredNote {
  const {
    case_id: caseId,
    suggestion_digest: suggestionDigest,
    on_behalf_of: onBehalfOf,
    anchor,
    content,
    at,
    ...note
  } = found;
  return {
    ...note,
    case: caseId,
    onBehalfOf,
    content: digest(content),
    anchor: JSON.parse(anchor) as Anchor,
    suggestionDigest: suggestionDigest === null ? null : digest(suggestionDigest),
    at: instant(at),
    state: stateAfter(events),
    events: events.map(({ kind, by, on_behalf_of: principal, text, revision, at: happened }) => ({
      kind,
      by,
      onBehalfOf: principal,
      text,
      revision,
      at: instant(happened),
    })),
  };
}
