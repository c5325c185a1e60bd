import type { InboundMessage } from '#contracts/routing';
import { isRefusal } from '#domain/decision';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { lockLegCase } from '#signoff/leg-case.repository';
import type { LegPorts } from '#signoff/leg-ports';
import { actBySystem } from '#signoff/system-act';
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
  const ended = await actBySystem(tx, leg, { type: 'overtake' }, correlationId, ports);
  if (isRefusal(ended)) throw new Error(`overtaking is never refused: ${ended.refused}`);
}
