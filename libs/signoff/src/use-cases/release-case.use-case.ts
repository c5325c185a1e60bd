import { isRefusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { requireDirectory } from '../directory-copy.repository.js';
import { legContext } from '../enter-leg.js';
import { announceLeg } from '../leg-announcement.js';
import { decide } from '../leg-case.js';
import { lockLegCase, saveLegEvents } from '../leg-case.repository.js';
import { takeDueCase } from '../due-cases.queries.js';
import type { LegPorts } from '../leg-ports.js';

/**
 * Releases one approved case whose time has come by the database's clock. False when there is none that another
 * process does not hold. A recall that took the row first wins; this then finds nothing to release.
 */
export async function releaseNextDue(tx: Tx, ports: LegPorts): Promise<boolean> {
  const due = await takeDueCase(tx);
  const leg = due === undefined ? undefined : await lockLegCase(tx, due.caseId);
  if (due === undefined || leg === undefined) return false;
  const decision = decide(leg.legCase, { type: 'release' }, legContext(leg, await requireDirectory(tx), ports.crypto));
  if (isRefusal(decision)) throw new Error(`case ${due.caseId} was due and is not: ${decision.refused}`);
  const saved = await saveLegEvents(tx, leg, decision.events);
  await announceLeg(tx, saved, decision.events, due.correlationId);
  return true;
}
