import { isRefusal, type Refusal } from '#domain/decision';
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

/** Locks a case for a command on its notes: signing and whatever opens or closes a note take turns. Refuses `not_found`. */
export async function enterNotedCase(
  tx: Tx,
  caseId: string,
  { person }: NoteAsker,
  ports: NotePorts,
): Promise<NotedCase | Refusal> {
  const entered = await enterLeg(tx, caseId, { person, onBehalfOf: null }, ports);
  if (isRefusal(entered)) return entered;
  const { leg, context } = entered;
  const asked = await askedPersons(tx, caseId, leg.at);
  return {
    leg,
    noted: notedLeg(leg.legCase, await countNotes(tx, caseId)),
    standing: standingOf(leg.legCase, person, context, asked),
  };
}

/** What the ledger may say of a case the person asked for: nothing of one that he may not see. */
export function namedCase(found: NotedCase | Refusal, caseId: string): { report: string | null; case: string | null } {
  if (!isRefusal(found)) return { report: found.leg.legCase.round.document, case: caseId };
  return { report: null, case: isCaseId(caseId) ? caseId : null };
}
