import type { InboundMessage } from '#contracts/routing';
import { instant } from '#domain/instant';
import type { Tx } from '#persistence/transaction';
import { insertCopy } from '../beside-the-case.repository.js';

type Requested = InboundMessage<'review.notice-requested'> | InboundMessage<'approval.notice-requested'>;

/**
 * Whoever is copied in (抄送) or asked for an opinion (征求意见) in the other leg of a case may read this leg as well, whichever the case is
 * in by then: it is one case. Heard twice it is the same; urges and answers let nobody in.
 */
export async function admitReader(tx: Tx, { body, occurredAt }: Requested): Promise<void> {
  const { kind, case: caseId, person, by } = body;
  if ((kind !== 'copied' && kind !== 'consulted') || person === null || by === null) return;
  await insertCopy(tx, caseId, { person, by, at: instant(occurredAt) });
}
