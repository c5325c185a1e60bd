import type { z } from 'zod';
import { causeText } from '#contracts/channel-causes';
import type { ChannelDelivery } from '#contracts/http/publication.api';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { ChannelFacts } from '../channels/channel.js';
import type { DeliveryRow } from '../persistence/channel-delivery.queries.js';

/** A delivery as people and programs see it. A channel that is configured no more is called by its name. */
export function shownDelivery(row: DeliveryRow, channels: readonly ChannelFacts[]): z.infer<typeof ChannelDelivery> {
  const channel = channels.find(({ name }) => name === row.channel);
  const { receipt, defect, state } = row;
  return {
    channel: row.channel,
    kind: channel?.kind ?? null,
    title: channel?.title ?? { zh: row.channel, en: row.channel },
    round: row.round,
    act: row.act,
    state,
    attempts: row.attempts,
    nextAt: state === 'waiting' && row.attempts > 0 ? instant(row.nextAt) : null,
    cause: defect === null || state !== 'waiting' ? null : { code: defect, ...causeText(defect, row.defectData ?? {}) },
    receipt:
      receipt === null
        ? null
        : {
            digest: digest(receipt.digest),
            place: receipt.place,
            files: receipt.files,
            at: row.deliveredAt === null ? null : instant(row.deliveredAt),
            by: row.confirmedBy,
          },
    contact: channel?.contact ?? null,
  };
}
