import { randomUUID } from 'node:crypto';
import type { InboundMessage } from '#contracts/routing';
import { isRefusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { requireDirectory } from '#signoff/directory-copy.repository';
import type { Round } from '#signoff/leg';
import { lockLegCase } from '#signoff/leg-case.repository';
import type { SystemCommand } from '#signoff/leg-command';
import type { LegPorts } from '#signoff/leg-ports';
import type { LockedLeg } from '#signoff/stored-leg';
import { actBySystem } from '#signoff/system-act';

/**
 * The approval leg ended the round: the review leg's signatures of it count for nothing any more. Or it sent the case back
 * to a review stage: that stage and those after it sign again, in the same round.
 */
export async function endReview(
  tx: Tx,
  { body, correlationId }: InboundMessage<'approval.ended'>,
  ports: LegPorts,
): Promise<void> {
  await awaitDirectory(tx, body);
  const leg = await lockLegCase(tx, body.case);
  if (leg === undefined || !concerns(body, leg.legCase.round)) return;
  const ended = await actBySystem(tx, leg, commandFor(leg, body), correlationId, ports);
  if (isRefusal(ended)) throw new Error(`case ${body.case} ended in approval and review refuses it: ${ended.refused}`);
}

/** Who has left is not to sign again: the message waits until the directory by which his signature lapsed is here too. */
async function awaitDirectory(tx: Tx, { directory = 0 }: InboundMessage<'approval.ended'>['body']): Promise<void> {
  const own = directory === 0 ? undefined : (await requireDirectory(tx)).document.version;
  if (own !== undefined && own < directory)
    throw new Error(`directory version ${own} does not say yet what version ${directory} says`);
}

/** News of an earlier round is old, unless that the whole case was cancelled. */
function concerns({ kind, round }: InboundMessage<'approval.ended'>['body'], present: Pick<Round, 'round'>): boolean {
  return kind === 'cancelled' ? round <= present.round : round === present.round;
}

function commandFor({ legCase }: LockedLeg, body: InboundMessage<'approval.ended'>['body']): SystemCommand {
  const { kind, to = null, pass = 1, code } = body;
  if (kind !== 'sent-back') return { type: 'end-elsewhere', kind };
  if (to === null) throw new Error(`case ${body.case} was sent back to no stage`);
  const seatIds = legCase.seats.map(() => randomUUID());
  return { type: 'reopen', to, pass, seatIds, ...(code === undefined ? {} : { code }) };
}
