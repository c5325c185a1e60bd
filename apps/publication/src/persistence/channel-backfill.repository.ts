import { type Handle, row, rows } from '#persistence/sql';
import { afterCommit, type Tx } from '#persistence/transaction';
import type { ChannelFacts } from '../channels/channel.js';
import { afterDelivery } from '../domain/channel-delivery.js';
import { signalDelivery } from '../publish/due-signal.js';

/** Whether an operator wished that a channel is sent everything that is live, whatever its entry says. Locks the wish. */
export async function isBackfillWished(tx: Tx, channel: string): Promise<boolean> {
  const found = await row(tx, 'SELECT 1 FROM channel_wish WHERE channel = $1 FOR UPDATE', [channel]);
  return found !== undefined;
}

/** The wish is fulfilled. */
export async function endWish(tx: Tx, channel: string): Promise<void> {
  await rows(tx, 'DELETE FROM channel_wish WHERE channel = $1', [channel]);
}

/** Names of channels an operator wished something of that are not among these. */
export async function findUnknownWishes(handle: Handle, channels: readonly string[]): Promise<string[]> {
  const found = await rows<{ channel: string }>(
    handle,
    'SELECT channel FROM channel_wish WHERE NOT channel = ANY ($1) ORDER BY channel',
    [channels],
  );
  return found.map(({ channel }) => channel);
}

/** How many deliveries wait for a channel. Those never sent whose edition was replaced or taken back since they were planned wait for nothing and are ended. */
export async function countWaiting(tx: Tx, channel: string): Promise<number> {
  await rows(
    tx,
    `UPDATE channel_delivery delivery SET state = $2 FROM publication_job job
     WHERE (job.case_id, job.round) = (delivery.case_id, delivery.round) AND job.state IN ('superseded', 'withdrawn')
       AND delivery.channel = $1 AND delivery.state = 'waiting' AND delivery.tree IS NULL`,
    [channel, afterDelivery('waiting', 'overtaken')],
  );
  const found = await row<{ n: number }>(
    tx,
    `SELECT count(*)::int AS n FROM channel_delivery WHERE channel = $1 AND state = 'waiting'`,
    [channel],
  );
  return found?.n ?? 0;
}

/**
 * Writes deliveries a channel has no row for, in the order in which they took effect, at most `limit`: of what is live now, when `all`; else, and
 * besides, what reports it has shown say by now, because it was not configured when they changed. Answers how many.
 */
export async function planMissed(
  tx: Tx,
  { name, organs }: Pick<ChannelFacts, 'name' | 'organs'>,
  { all, limit }: { readonly all: boolean; readonly limit: number },
): Promise<number> {
  const written = await rows(
    tx,
    `INSERT INTO channel_delivery (channel, case_id, round, document, edition, act, state, attempts, next_at, created_at)
     SELECT $1, case_id, round, document, edition, act, 'waiting', 0,
       clock_timestamp() - interval '1 second' + place * interval '1 millisecond', clock_timestamp()
     FROM (
       SELECT pointer.case_id, pointer.round, pointer.document, pointer.edition,
         CASE pointer.state WHEN 'live' THEN 'show' ELSE 'withdraw' END AS act,
         row_number() OVER (ORDER BY job.live_at, pointer.document) AS place
       FROM live_pointer pointer
       JOIN publication_job job ON (job.case_id, job.round) = (pointer.case_id, pointer.round) AND job.state IN ('live', 'done')
       WHERE ($2::text[] IS NULL OR pointer.organ = ANY ($2))
         AND NOT EXISTS (SELECT FROM channel_delivery known
           WHERE (known.channel, known.case_id, known.round) = ($1, pointer.case_id, pointer.round))
         AND (($3 AND pointer.state = 'live') OR EXISTS (SELECT FROM channel_delivery shown
           WHERE shown.channel = $1 AND shown.document = pointer.document AND shown.act = 'show' AND shown.tree IS NOT NULL
             AND shown.edition <= pointer.edition))
     ) AS missed
     WHERE place <= $4 ORDER BY place ON CONFLICT DO NOTHING RETURNING 1`,
    [name, organs, all, limit],
  );
  if (written.length > 0) afterCommit(tx, signalDelivery);
  return written.length;
}
