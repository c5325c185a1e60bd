import type { z } from 'zod';
import type { CaseNotes } from '#contracts/http/notes.api';
import { type Refusal, refuse } from '#domain/decision';
import { databaseNow, type Handle } from '#persistence/sql';
import { latestDirectory } from '../directory-copy.repository.js';
import { isCaseId, readable } from '../enter-leg.js';
import { findLegCase } from '../leg-case.repository.js';
import { mayRead } from '../reading-rights.js';
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
  const stored = isCaseId(caseId) ? await findLegCase(handle, caseId) : undefined;
  const offices = await latestDirectory(handle);
  const at = await databaseNow(handle);
  if (stored === undefined || offices === undefined || !mayRead(readable(stored), person, offices, at))
    return refuse('not_found');
  const { round } = stored.legCase;
  const notes = await notesOf(handle, caseId);
  const { stages } = notedLeg(stored.legCase, notes.length);
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
