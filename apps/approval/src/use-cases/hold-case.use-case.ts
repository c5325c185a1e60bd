import type { InboundMessage } from '#contracts/routing';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { lockLegCase } from '#signoff/leg-case.repository';
import { actBySystem } from '#signoff/system-act';
import type { LegPorts } from '#signoff/leg-ports';

/**
 * Publication could not prove what it was to publish and has given the round up: it ends with an alarm and is its drafter's
 * again. News of another round, or of one that ended otherwise, changes nothing.
 */
export async function holdCase(
  tx: Tx,
  { body, correlationId }: InboundMessage<'publication.held'>,
  ports: LegPorts,
): Promise<void> {
  await raiseAlarm(tx, 'publication_held', { case: body.case, round: body.round, code: body.code });
  const leg = await lockLegCase(tx, body.case);
  if (leg === undefined || leg.legCase.round.round !== body.round) return;
  await actBySystem(tx, leg, { type: 'hold', code: body.code }, correlationId, ports);
}
