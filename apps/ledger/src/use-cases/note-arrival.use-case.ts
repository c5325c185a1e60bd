import type { InboundMessage } from '#contracts/routing';
import { producerOf } from '#contracts/routing';
import { digest } from '#domain/identifiers';
import { gather, type Tx } from '#persistence/transaction';
import { addArrivals } from '../persistence/log.repository.js';

/** Any service's word that it wrote an entry. */
type EntryRecorded = InboundMessage<
  | 'gateway.entry-recorded'
  | 'drafting.entry-recorded'
  | 'review.entry-recorded'
  | 'approval.entry-recorded'
  | 'publication.entry-recorded'
>;

/** Keeps the hash of an entry until the sequencer gives it its place. The same hash again changes nothing. */
export async function noteArrival(tx: Tx, { type, body }: EntryRecorded): Promise<void> {
  gather(tx, addArrivals, { leaf: digest(body.leaf), producer: producerOf(type), proof: body.proof });
}
