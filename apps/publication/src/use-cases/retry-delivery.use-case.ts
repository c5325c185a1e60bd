import type { z } from 'zod';
import type { DeliveryStands, RetryDelivery } from '#contracts/http/publication.api';
import { type Refusal, refuse } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { deliveryRefusal } from '../delivery-rights.js';
import { retryDelivery } from '../persistence/channel-delivery.repository.js';

/** Has a waiting delivery tried at once. Refuses not_found, delivery_not_waiting. */
export async function retryNow(
  tx: Tx,
  { document, person, ...of }: z.infer<typeof RetryDelivery> & { readonly document: string; readonly person: string },
): Promise<z.infer<typeof DeliveryStands> | Refusal> {
  const refused = await deliveryRefusal(tx, document, person);
  if (refused !== null) return refused;
  if (!(await retryDelivery(tx, { document, ...of }))) return refuse('delivery_not_waiting');
  return { ...of, state: 'waiting' };
}
