import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { blockedStage } from './fillability.js';
import type { StoredLeg } from './stored-leg.js';
import type { LegContext } from './leg-case.js';

/** Raises `case_blocked` when distinct people can no longer fill the seats that remain, naming stage and offices. */
export async function warnIfBlocked(
  tx: Tx,
  { legCase }: StoredLeg,
  { offices, at }: Pick<LegContext, 'offices' | 'at'>,
): Promise<void> {
  const blocked = blockedStage(legCase, offices, at);
  if (blocked !== null) await raiseAlarm(tx, 'case_blocked', { case: legCase.round.case, ...blocked });
}
