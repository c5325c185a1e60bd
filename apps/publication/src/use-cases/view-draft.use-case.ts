import type { z } from 'zod';
import type { PreparedDraft } from '#contracts/http/publication.api';
import { type Refusal, refuse } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { ChannelFault } from '../channels/channel-fault.js';
import { type Covers, draftOf } from '../channels/draft-channel.js';
import { type ParcelPorts, parcelOf } from '../channels/parcel-of.js';
import { deliveryRefusal } from '../delivery-rights.js';
import { findDeliveries } from '../persistence/channel-delivery.queries.js';

/**
 * The files of a draft that waits for a person to post it, made anew from the signed bytes. Refuses not_found,
 * delivery_not_prepared, draft_not_ready.
 */
export async function viewDraft(
  ports: ParcelPorts & { readonly covers: Covers },
  asked: {
    readonly document: string;
    readonly person: string;
    readonly channel: string;
    readonly case: string;
    readonly round: number;
  },
): Promise<z.infer<typeof PreparedDraft> | Refusal> {
  const { document, person, channel, case: caseId, round } = asked;
  const refused = await deliveryRefusal(ports.db, document, person);
  if (refused !== null) return refused;
  const found = (await findDeliveries(ports.db, document)).find(
    (delivery) => delivery.channel === channel && delivery.case === caseId && delivery.round === round,
  );
  if (found?.state !== 'prepared') return refuse('delivery_not_prepared');
  try {
    const parcel = await parcelOf(ports, { ...found, document, edition: found.edition });
    const draft = await draftOf(parcel, ports.covers);
    return { channel, case: caseId, round, digest: digest(draft.digest), files: [...draft.files] };
  } catch (error) {
    if (!(error instanceof ChannelFault)) throw error;
    return refuse('draft_not_ready');
  }
}
