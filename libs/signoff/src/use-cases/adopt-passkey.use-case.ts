import { getContent } from '#content-store/content-store';
import type { InboundMessage } from '#contracts/routing';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import { sentShape, type Sent } from '#evidence/bundle';
import { parseCanonical } from '#evidence/canonical';
import { isDefect } from '#evidence/defect';
import { verifyPasskeyRegistration } from '#evidence/verify-passkey-registration';
import type { Tx } from '#persistence/transaction';
import type { LegPorts } from '../leg-ports.js';
import { insertPasskeyCopy, revokePasskeyCopy } from '../passkey-copy.repository.js';
import { BadEvidence, expectSame } from '../stored-evidence.js';

/**
 * Takes over a passkey the gateway announced, after checking for itself that the person sent exactly this key with a fresh
 * password: no row of the gateway's makes a passkey. Throws BadEvidence when the proof is not good.
 */
export async function adoptPasskey(
  tx: Tx,
  { body }: InboundMessage<'gateway.passkey-registered'>,
  ports: Pick<LegPorts, 'trust' | 'crypto'>,
): Promise<void> {
  const { evidence, ...announced } = body;
  const sent = parseCanonical(await getContent(tx, evidence));
  const wrong = sentShape(sent, 'passkey');
  if (wrong !== undefined) throw new BadEvidence('bad_shape', 'passkey', wrong);
  const passkey = verifyPasskeyRegistration(sent as Sent, 'passkey', ports);
  if (isDefect(passkey)) throw new BadEvidence(passkey.defect, passkey.where, passkey.detail);
  expectSame('passkey', passkey, announced);
  await insertPasskeyCopy(tx, passkey, digest(evidence));
}

/** Notes that nothing new is signed with a passkey: at once, whoever was about to. */
export async function endPasskey(tx: Tx, { body }: InboundMessage<'gateway.passkey-revoked'>): Promise<void> {
  await revokePasskeyCopy(tx, body.id, instant(body.at));
}
