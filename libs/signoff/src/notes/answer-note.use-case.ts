import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { NoteDetail } from '#contracts/http/notes.api';
import { isRefusal, type Refusal, refuse } from '#domain/decision';
import { uuid } from '#evidence/shape';
import type { Tx } from '#persistence/transaction';
import { editionReport } from './edition-report.js';
import { noteDetail } from './note-detail.js';
import { enterNoteAct } from './note-entry.js';
import { decideNote, type NoteCommand } from './note.js';
import type { NoteAsker, NotePorts } from './note-ports.js';
import { findNote, insertNoteEvent } from './note.repository.js';
import { enterNotedCase, namedCase } from './noted-case.js';
import { tellSuggestion } from './make-note.use-case.js';

/** A reply to a note, or its end by people. */
type AnswerNoteCommand = { readonly case: string; readonly note: string } & Exclude<NoteCommand, { type: 'make' }>;

const ACTION = { reply: 'reply-to-note', resolve: 'resolve-note', withdraw: 'withdraw-note' } as const;

/** Replies to a note, resolves or withdraws it; a suggestion of a note that is closed waits no more. Refuses not_found, not_deputy and what `decideNote` does. */
export async function answerNote(
  tx: Tx,
  command: AnswerNoteCommand,
  asker: NoteAsker,
  ports: NotePorts,
): Promise<z.infer<typeof NoteDetail> | Refusal> {
  const found = await enterNotedCase(tx, command.case, asker, ports);
  const outcome = isRefusal(found) ? found : await answered(tx, command, asker, found);
  const { note, type, text } = command;
  const { person: actor, onBehalfOf } = asker;
  const act = { action: ACTION[type], ...namedCase(found, command.case), actor, onBehalfOf } as const;
  await enterNoteAct(tx, ports, { ...act, said: { type, note, text }, requestId: asker.correlationId }, outcome);
  return outcome;
}

type Found = Exclude<Awaited<ReturnType<typeof enterNotedCase>>, Refusal>;

async function answered(
  tx: Tx,
  { case: caseId, note: id, ...command }: AnswerNoteCommand,
  { person, onBehalfOf, correlationId }: NoteAsker,
  { leg, noted, standing }: Found,
): Promise<z.infer<typeof NoteDetail> | Refusal> {
  const note = uuid(id, 'note') === undefined ? await findNote(tx, caseId, id) : undefined;
  if (note === undefined) return refuse('not_found');
  const decision = decideNote(note, command, standing, noted);
  if (isRefusal(decision)) return decision;
  for (const event of decision.events) {
    if (event === 'made') continue;
    const kept = await insertNoteEvent(tx, randomUUID(), id, { ...event, by: person, onBehalfOf, at: leg.at });
    if (!kept) throw new Error(`note ${id} was open under the lock of its case`);
    if (event.kind !== 'replied') await tellSuggestion(tx, leg, note, 'closed', correlationId);
  }
  const after = await findNote(tx, caseId, id);
  if (after === undefined) throw new Error(`note ${id} was there a moment ago`);
  const { round } = leg.legCase;
  const report = await editionReport(tx, round.content);
  return noteDetail(after, { leg: round.leg, round: round.round, stages: noted.stages, report });
}
