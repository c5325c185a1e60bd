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
import { expectReceipt } from './confirm-live.use-case.js';

/**
 * What was released came too late: another edition is public by then, or none is. The case ends without effect, and people
 * are told. Throws BadEvidence when publication's receipt does not prove it.
 */
export async function endSuperseded(
  tx: Tx,
  { body, correlationId }: InboundMessage<'publication.superseded'>,
  ports: LegPorts,
): Promise<void> {
  const leg = await lockLegCase(tx, body.case);
  if (leg === undefined || leg.legCase.round.round !== body.round) return;
  await expectReceipt(tx, leg, body, ports);
  await raiseAlarm(tx, 'act_superseded', { case: body.case, round: body.round, document: body.document, by: body.by });
  const decision = decide(leg.legCase, { type: 'hold' }, legContext(leg, await requireDirectory(tx), ports.crypto));
  if (isRefusal(decision) || decision.events.length === 0) return;
  await announceLeg(tx, await saveLegEvents(tx, leg, decision.events), decision.events, correlationId);
}
