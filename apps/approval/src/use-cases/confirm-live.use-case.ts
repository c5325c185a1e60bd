import type { InboundMessage } from '#contracts/routing';
import { isRefusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { serviceKeys } from '#evidence/trust';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { lockLegCase } from '#signoff/leg-case.repository';
import { actBySystem } from '#signoff/system-act';
import type { StoredLeg } from '#signoff/stored-leg';
import type { LegPorts } from '#signoff/leg-ports';
import { expectSame, opened, storedEnvelope } from '#signoff/stored-evidence';

/** What publication says once an act took effect before the public. */
type Effect =
  InboundMessage<'publication.live'> | InboundMessage<'publication.withdrawn'> | InboundMessage<'publication.ratified'>;

/**
 * Closes a released case once publication's signed receipt proves that exactly its bundle took effect: an edition is public,
 * withdrawn or ratified. What nobody released raises `live_without_release` and changes nothing. Throws BadEvidence when the
 * receipt does not prove it.
 */
export async function confirmLive(tx: Tx, { body, correlationId }: Effect, ports: LegPorts): Promise<void> {
  const leg = await lockLegCase(tx, body.case);
  if (leg === undefined || leg.legCase.round.round !== body.round) {
    await raiseAlarm(tx, 'live_without_release', { case: body.case, round: body.round });
    return;
  }
  await expectReceipt(tx, leg, body, ports);
  const proof = { edition: body.edition, content: digest(body.content) };
  const confirmed = await actBySystem(tx, leg, { type: 'confirm', ...proof }, correlationId, ports);
  if (isRefusal(confirmed))
    await raiseAlarm(tx, 'live_without_release', { case: body.case, round: body.round, code: confirmed.refused });
}

/** Throws BadEvidence unless publication signed that exactly the bundle of this leg was acted on. */
export async function expectReceipt(
  tx: Tx,
  { bundle, legCase: { round } }: StoredLeg,
  { receipt, case: caseId, document, edition, content }: Effect['body'],
  { trust, crypto }: LegPorts,
): Promise<void> {
  const keys = serviceKeys(trust, 'publication', crypto);
  const { statement } = opened('receipt', await storedEnvelope(tx, receipt), keys, crypto);
  const act = statement.act ?? 'publish';
  const said = { case: caseId, round: round.round, document, edition, content, bundle };
  expectSame('receipt', { ...statement, act }, { ...said, act: round.kind });
}
