import { isRefusal, type Refusal, refuse } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { enterLeg, isCaseId } from '../enter-leg.js';
import type { LockedLeg } from '../stored-leg.js';
import { askedPersons } from './asked-persons.queries.js';
import type { NotedLeg, Standing } from './note.js';
import type { NoteAsker, NotePorts } from './note-ports.js';
import { countNotes } from './note.repository.js';
import { notedLeg, standingOf } from './standing.js';

/** A locked case with what the person asking is to it. */
interface NotedCase {
  readonly leg: LockedLeg;
  readonly noted: NotedLeg;
  readonly standing: Standing;
}

/**
 * Locks a case for a command on its notes: signing and whatever opens or closes a note take turns. Refuses `not_found`, and
 * `not_deputy` where the person is no deputy for any seat of it, before anything of the report is looked at.
 */
export async function enterNotedCase(
  tx: Tx,
  caseId: string,
  { person, onBehalfOf }: NoteAsker,
  ports: NotePorts,
): Promise<NotedCase | Refusal> {
  const entered = await enterLeg(tx, caseId, { person, onBehalfOf }, ports);
  if (isRefusal(entered)) return entered;
  const { leg, context } = entered;
  const asked = await askedPersons(tx, caseId, leg.at);
  const standing = standingOf(leg.legCase, { person, onBehalfOf }, context, asked);
  // Whoever names a principal without being his deputy learns no more than for himself.
  if (onBehalfOf !== null && standing.stages.length === 0) {
    const alone = await enterLeg(tx, caseId, { person, onBehalfOf: null }, ports);
    return isRefusal(alone) ? alone : refuse('not_deputy');
  }
  return { leg, noted: notedLeg(leg.legCase, await countNotes(tx, caseId)), standing };
}

/** What the ledger may say of a case the person asked for: nothing of one that he may not see. */
export function namedCase(found: NotedCase | Refusal, caseId: string): { report: string | null; case: string | null } {
  if (!isRefusal(found)) return { report: found.leg.legCase.round.document, case: caseId };
  return { report: null, case: isCaseId(caseId) ? caseId : null };
}
