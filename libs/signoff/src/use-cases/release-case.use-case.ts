import { isRefusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { takeDueCase } from '../due-cases.queries.js';
import { lockLegCase } from '../leg-case.repository.js';
import type { LegPorts } from '../leg-ports.js';
import { actBySystem } from '../system-act.js';

/**
 * Releases one approved case whose time has come by the database's clock. False when there is none that another
 * process does not hold. A recall that took the row first wins; this then finds nothing to release.
 */
export async function releaseNextDue(tx: Tx, ports: LegPorts): Promise<boolean> {
  const due = await takeDueCase(tx);
  const leg = due === undefined ? undefined : await lockLegCase(tx, due.caseId);
  if (due === undefined || leg === undefined) return false;
  const released = await actBySystem(tx, leg, { type: 'release' }, due.correlationId, ports);
  if (isRefusal(released)) throw new Error(`case ${due.caseId} was due and is not: ${released.refused}`);
  return true;
}
