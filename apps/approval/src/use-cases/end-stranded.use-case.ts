import { isRefusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { takeStrandedCase } from '#signoff/due-cases.queries';
import { lockLegCase } from '#signoff/leg-case.repository';
import type { LegPorts } from '#signoff/leg-ports';
import { actBySystem } from '#signoff/system-act';

/** Why it was held an earlier release did not keep; publication's own page of the report says it. */
const UNKNOWN = 'held_before';

/**
 * Ends one round an earlier release left held without a way on: publication had given it up before it said so. False when
 * there is none.
 */
export async function endNextStranded(tx: Tx, ports: LegPorts): Promise<boolean> {
  const due = await takeStrandedCase(tx);
  const leg = due === undefined ? undefined : await lockLegCase(tx, due.caseId);
  if (due === undefined || leg === undefined) return false;
  const ended = await actBySystem(tx, leg, { type: 'hold', code: UNKNOWN }, due.correlationId, ports);
  if (isRefusal(ended)) throw new Error(`holding is never refused: ${ended.refused}`);
  return true;
}
