import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import type { StoredLeg } from './stored-leg.js';

/** Raises `case_blocked` when distinct people can no longer fill the seats that remain, naming stage and offices. */
export async function warnIfBlocked(tx: Tx, { legCase, blocked }: StoredLeg): Promise<void> {
  if (blocked !== null) await raiseAlarm(tx, 'case_blocked', { case: legCase.round.case, ...blocked });
}
