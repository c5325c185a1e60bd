import { KEEPS_FAILING_AFTER, STANDS_STILL_AFTER_SECONDS } from '#contracts/http/publication.api';
import { row, rows } from '#persistence/sql';
import { enterOperated, inPublication } from './publication-database.js';

/** How many deliveries of a channel are where. `oldestSeconds`: how long the oldest waits; `code`: why the first of the failing ones fails. */
export interface ChannelCount {
  readonly channel: string;
  readonly waiting: number;
  readonly prepared: number;
  readonly delivered: number;
  readonly superseded: number;
  readonly failing: number;
  readonly oldestSeconds: number;
  readonly code: string | null;
  /** An operator asked for everything that is live, and not all of it is written yet. */
  readonly wished: boolean;
}

/** Every channel anything ever went to, or is to go to. Throws CommandFailure `no_database`. */
export function countChannels(url: string): Promise<ChannelCount[]> {
  return inPublication(url, (tx) =>
    rows<ChannelCount>(
      tx,
      `SELECT channel, count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
         count(*) FILTER (WHERE state = 'prepared')::int AS prepared,
         count(*) FILTER (WHERE state = 'delivered')::int AS delivered,
         count(*) FILTER (WHERE state = 'superseded')::int AS superseded,
         count(*) FILTER (WHERE is_failing)::int AS failing,
         coalesce(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE state = 'waiting')), 0)::int AS "oldestSeconds",
         (array_agg(defect ORDER BY created_at) FILTER (WHERE is_failing))[1] AS code,
         EXISTS (SELECT FROM channel_wish wish WHERE wish.channel = known.channel) AS wished
       FROM (SELECT channel, state, defect, created_at, state = 'waiting' AND defect IS NOT NULL
           AND (attempts >= $1 OR greatest(next_at, lease_until) < clock_timestamp() - make_interval(secs => $2)) AS is_failing FROM channel_delivery
         UNION ALL SELECT channel, NULL, NULL, NULL, false FROM channel_wish) AS known
       GROUP BY channel ORDER BY channel`,
      [KEEPS_FAILING_AFTER, STANDS_STILL_AFTER_SECONDS],
    ),
  );
}

/** Makes everything that waits for a channel due now, with its ledger entry; null when nothing ever went there. What is sent does not change. */
export function retryChannel(url: string, channel: string, operator: string): Promise<number | null> {
  return inPublication(url, async (tx) => {
    const known = await row(tx, 'SELECT 1 FROM channel_delivery WHERE channel = $1 LIMIT 1', [channel]);
    const action = 'publication.retry-channel';
    if (known === undefined) {
      await enterOperated(tx, { action, operator, about: { channel }, outcome: 'not_found' });
      return null;
    }
    const retried = await rows(
      tx,
      `UPDATE channel_delivery SET next_at = clock_timestamp() WHERE channel = $1 AND state = 'waiting' RETURNING 1`,
      [channel],
    );
    await enterOperated(tx, { action, operator, about: { channel, deliveries: retried.length } });
    return retried.length;
  });
}

/** Notes that a channel is to be sent everything that is live, with its ledger entry; publication writes the deliveries, and an entry for those. */
export function wishBackfill(url: string, channel: string, operator: string): Promise<void> {
  return inPublication(url, async (tx) => {
    await rows(
      tx,
      'INSERT INTO channel_wish (channel, asked_at) VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING',
      [channel],
    );
    await enterOperated(tx, { action: 'publication.wish-backfill', operator, about: { channel } });
  });
}
