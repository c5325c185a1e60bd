import type { z } from 'zod';
import type { ConfirmPosting, DeliveryStands } from '#contracts/http/publication.api';
import { type Refusal, refuse } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { deliveryRefusal } from '../delivery-rights.js';
import { confirmPosted } from '../persistence/channel-delivery.repository.js';
import { findDeliveries } from '../persistence/channel-delivery.queries.js';
import { lockDocument } from '../persistence/publication-job.repository.js';

/**
 * A person says where exactly this draft was posted, or that what was posted is deleted: the receipt of a channel served by hand.
 * Refuses not_found, delivery_not_prepared, draft_changed, address_needed.
 */
export async function confirmPosting(
  tx: Tx,
  {
    document,
    person,
    digest,
    address,
    ...of
  }: z.infer<typeof ConfirmPosting> & { readonly document: string; readonly person: string },
): Promise<z.infer<typeof DeliveryStands> | Refusal> {
  const refused = await deliveryRefusal(tx, document, person);
  if (refused !== null) return refused;
  await lockDocument(tx, document);
  const found = (await findDeliveries(tx, document)).find(
    ({ channel, case: caseId, round }) => channel === of.channel && caseId === of.case && round === of.round,
  );
  if (found?.state !== 'prepared') return refuse('delivery_not_prepared');
  if (found.receipt?.digest !== digest) return refuse('draft_changed');
  if (found.act === 'show' && address === null) return refuse('address_needed');
  if (!(await confirmPosted(tx, { document, ...of }, { person, place: address ?? '' })))
    return refuse('delivery_not_prepared');
  return { ...of, state: 'delivered' };
}
