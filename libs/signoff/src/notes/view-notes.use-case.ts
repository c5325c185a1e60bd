import type { z } from 'zod';
import type { CaseNotes } from '#contracts/http/notes.api';
import { isRefusal, type Refusal } from '#domain/decision';
import type { Handle } from '#persistence/sql';
import { readLeg } from '../read-leg.js';
import { editionReport } from './edition-report.js';
import { noteDetail } from './note-detail.js';
import { notesOf } from './note.repository.js';
import { notedLeg } from './standing.js';

/** The notes of one leg of a case over all its rounds, to whoever may read the case. Refuses `not_found` otherwise. */
export async function viewNotes(
  handle: Handle,
  caseId: string,
  person: string,
): Promise<z.infer<typeof CaseNotes> | Refusal> {
  const found = await readLeg(handle, caseId, person);
  if (isRefusal(found)) return found;
  const { legCase } = found.leg;
  const { round } = legCase;
  const notes = await notesOf(handle, caseId);
  const { stages } = notedLeg(legCase, notes.length);
  const report = notes.length === 0 ? null : await editionReport(handle, round.content);
  const present = { leg: round.leg, round: round.round, stages };
  return {
    case: caseId,
    leg: round.leg,
    round: round.round,
    content: round.content,
    open: notes.filter(({ state }) => state === 'open').length,
    items: report === null ? [] : notes.map((note) => noteDetail(note, { ...present, report })),
  };
}
