import { isRefusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { takeOverdueCase } from '../due-cases.queries.js';
import { lockLegCase } from '../leg-case.repository.js';
import type { LegPorts } from '../leg-ports.js';
import { actBySystem } from '../system-act.js';

/**
 * 超时: asks the superior of one overdue stage as well, by the database's clock. False when no such stage is left that
 * another process does not hold.
 */
export async function escalateNextOverdue(tx: Tx, ports: LegPorts): Promise<boolean> {
  const due = await takeOverdueCase(tx);
  const leg = due === undefined ? undefined : await lockLegCase(tx, due.caseId);
  if (due === undefined || leg === undefined) return false;
  const escalated = await actBySystem(tx, leg, { type: 'escalate' }, due.correlationId, ports);
  if (isRefusal(escalated)) throw new Error(`case ${due.caseId} was overdue and is not: ${escalated.refused}`);
  return true;
}
