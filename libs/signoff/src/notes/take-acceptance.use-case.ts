import { randomUUID } from 'node:crypto';
import type { InboundMessage } from '#contracts/routing';
import { raiseAlarm } from '#outbox/alarm';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { lockLegCase } from '../leg-case.repository.js';
import { enterNoteAct } from './note-entry.js';
import type { NotePorts } from './note-ports.js';
import { findNote, insertNoteEvent } from './note.repository.js';

/**
 * The drafter took a note's suggestion over: the note is accepted and blocks no more. News of the other leg's notes changes
 * nothing; of a note or a suggestion this leg never made it raises suggestion_unexpected.
 */
export async function takeAcceptance(
  tx: Tx,
  { body, correlationId }: InboundMessage<'drafting.suggestion-accepted'>,
  ports: NotePorts,
): Promise<void> {
  if (body.leg !== ports.service) return;
  await lockLegCase(tx, body.case);
  const note = await findNote(tx, body.case, body.note);
  if (note === undefined || note.suggestionDigest !== body.suggestion) {
    const { case: caseId, note: id, suggestion } = body;
    await raiseAlarm(tx, 'suggestion_unexpected', { case: caseId, note: id, suggestion });
    return;
  }
  const event = { kind: 'accepted', by: body.by, onBehalfOf: null, text: null, revision: body.revision } as const;
  if (!(await insertNoteEvent(tx, randomUUID(), note.id, { ...event, at: await databaseNow(tx) }))) return;
  const said = { type: 'accepted', note: note.id, by: body.by, revision: body.revision, digest: body.digest };
  const act = { action: 'accept-suggestion', report: note.document, case: note.case, said } as const;
  const by = { actor: `service:${ports.service}`, onBehalfOf: null, requestId: correlationId };
  await enterNoteAct(tx, ports, { ...act, ...by }, null);
}
