import { getContent } from '#content-store/content-store';
import type { InboundMessage } from '#contracts/routing';
import { isDefect } from '#evidence/defect';
import { proveInclusion } from '#evidence/inclusion';
import { raiseAlarm } from '#outbox/alarm';
import { afterCommit, type Tx } from '#persistence/transaction';
import { keepInclusion } from '../persistence/log-proofs.repository.js';
import { lockDocument } from '../persistence/publication-job.repository.js';
import type { ProofGround } from '../publish/publication-proof.js';
import { signalDue, signalInclusion } from '../publish/due-signal.js';

/**
 * Takes in that the entry of a bundle's last signature is in the log, after proving it; its file appears beside the page when the transaction
 * commits. What does not prove itself raises `inclusion_not_proved` and changes nothing.
 */
export async function noteInclusion(
  tx: Tx,
  { body }: InboundMessage<'approval.included'>,
  { trust, crypto }: ProofGround,
): Promise<void> {
  const about = { case: body.case, round: body.round };
  const bytes = await getContent(tx, body.inclusion);
  const proved = proveInclusion(bytes, await getContent(tx, body.bundle), trust, crypto);
  if (isDefect(proved)) {
    await raiseAlarm(tx, 'inclusion_not_proved', { ...about, code: proved.defect });
    return;
  }
  await lockDocument(tx, body.document);
  if (!(await keepInclusion(tx, body))) {
    await raiseAlarm(tx, 'inclusion_not_proved', { ...about, code: 'bundle_unknown' });
    return;
  }
  afterCommit(tx, () => {
    signalInclusion({ bundle: body.bundle, bytes });
    signalDue();
  });
}
