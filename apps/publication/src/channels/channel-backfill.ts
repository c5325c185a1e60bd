import { randomUUID } from 'node:crypto';
import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction } from '#persistence/transaction';
import {
  countWaiting,
  endWish,
  findUnknownWishes,
  isBackfillWished,
  planMissed,
} from '../persistence/channel-backfill.repository.js';
import { recordDeed } from '../recorded-deed.js';
import type { ChannelFacts } from './channel.js';
import type { DeliveryPorts } from './channel-worker.js';

/** Deliveries that may wait at a channel at a time because of what it missed: what goes live meanwhile is not behind thousands. */
const MOST_WAITING = 20;

/**
 * Gives channels what they missed: everything that is live to one whose entry, or an operator, asks for it, and to every channel what became of
 * reports it has shown while it was not configured. A few at a time, the earliest first. Alarm `channel_unknown` for a wish about no channel.
 */
export async function sweepMissed(
  ports: DeliveryPorts,
  channels: readonly ChannelFacts[],
  mostWaiting = MOST_WAITING,
): Promise<void> {
  for (const channel of channels) await planFor(ports, channel, mostWaiting);
  for (const channel of await findUnknownWishes(
    ports.db,
    channels.map(({ name }) => name),
  ))
    await raiseAlarm(ports.db, 'channel_unknown', { channel });
}

async function planFor(ports: DeliveryPorts, channel: ChannelFacts, mostWaiting: number): Promise<void> {
  await runInTransaction(ports.db, async (tx) => {
    const limit = mostWaiting - (await countWaiting(tx, channel.name));
    if (limit <= 0) return;
    const wished = await isBackfillWished(tx, channel.name);
    const deliveries = await planMissed(tx, channel, { all: channel.backfill || wished, limit });
    // Less than there was room for: nothing is left that it missed.
    if (wished && deliveries < limit) await endWish(tx, channel.name);
    if (deliveries === 0) return;
    await recordDeed(tx, ports, {
      job: undefined,
      action: 'publication.backfill',
      digests: {},
      event: { type: 'backfilled', channel: channel.name, deliveries },
      correlationId: randomUUID(),
    });
  });
}
