import type { InboundMessage } from '#contracts/routing';
import { isRefusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { requireDirectory } from '#signoff/directory-copy.repository';
import { legContext } from '#signoff/enter-leg';
import { announceLeg } from '#signoff/leg-announcement';
import { decide } from '#signoff/leg-case';
import { lockLegCase, saveLegEvents } from '#signoff/leg-case.repository';
import type { LegPorts } from '#signoff/leg-ports';

/** The approval leg ended the round: the review leg's signatures of it count for nothing any more. */
export async function endReview(
  tx: Tx,
  { body, correlationId }: InboundMessage<'approval.ended'>,
  { crypto }: LegPorts,
): Promise<void> {
  const leg = await lockLegCase(tx, body.case);
  if (leg === undefined || leg.legCase.round.round !== body.round) return;
  const context = legContext(leg, await requireDirectory(tx), crypto);
  const decision = decide(leg.legCase, { type: 'end-elsewhere', kind: body.kind }, context);
  if (isRefusal(decision) || decision.events.length === 0) return;
  await announceLeg(tx, await saveLegEvents(tx, leg, decision.events), decision.events, correlationId);
}
