import type { InboundMessage } from '#contracts/routing';
import { isRefusal } from '#domain/decision';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { requireDirectory } from '#signoff/directory-copy.repository';
import { legContext } from '#signoff/enter-leg';
import { announceLeg } from '#signoff/leg-announcement';
import { decide } from '#signoff/leg-case';
import { lockLegCase, saveLegEvents } from '#signoff/leg-case.repository';
import type { LegPorts } from '#signoff/leg-ports';

/** Publication could not prove what it was to publish: the case is held, with an alarm, until people look at it. */
export async function holdCase(
  tx: Tx,
  { body, correlationId }: InboundMessage<'publication.held'>,
  { crypto }: LegPorts,
): Promise<void> {
  await raiseAlarm(tx, 'publication_held', { case: body.case, round: body.round, code: body.code });
  const leg = await lockLegCase(tx, body.case);
  if (leg === undefined || leg.legCase.round.round !== body.round) return;
  const decision = decide(leg.legCase, { type: 'hold' }, legContext(leg, await requireDirectory(tx), crypto));
  if (isRefusal(decision) || decision.events.length === 0) return;
  await announceLeg(tx, await saveLegEvents(tx, leg, decision.events), decision.events, correlationId);
}
