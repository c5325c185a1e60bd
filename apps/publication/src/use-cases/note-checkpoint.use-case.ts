import { getContent } from '#content-store/content-store';
import type { InboundMessage } from '#contracts/routing';
import { isDefect } from '#evidence/defect';
import { openByLog } from '#evidence/inclusion';
import { raiseAlarm } from '#outbox/alarm';
import { afterCommit, type Tx } from '#persistence/transaction';
import { keepCheckpoint } from '../persistence/log-proofs.repository.js';
import { signalCheckpoint } from '../publish/due-signal.js';
import type { ProofGround } from '../publish/publication-proof.js';

/** Takes in a head of the log that its key signed, for everybody to see; an older one changes nothing. Otherwise raises `checkpoint_not_proved`. */
export async function noteCheckpoint(
  tx: Tx,
  { body }: InboundMessage<'ledger.checkpointed'>,
  { trust, crypto }: ProofGround,
): Promise<void> {
  const note = new TextDecoder().decode(await getContent(tx, body.checkpoint));
  const checkpoint = openByLog(note, trust, crypto);
  if (isDefect(checkpoint) || checkpoint.epoch === null) {
    const code = isDefect(checkpoint) ? checkpoint.defect : 'bad_checkpoint';
    await raiseAlarm(tx, 'checkpoint_not_proved', { size: body.size, code });
    return;
  }
  if (await keepCheckpoint(tx, { epoch: checkpoint.epoch, size: checkpoint.size, note }))
    afterCommit(tx, signalCheckpoint);
}
