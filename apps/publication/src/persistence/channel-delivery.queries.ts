import { KEEPS_FAILING_AFTER, STANDS_STILL_AFTER_SECONDS } from '#contracts/http/publication.api';
import { type Handle, row, rows } from '#persistence/sql';
import type { DeliveryReceipt } from '../channels/channel.js';
import type { DeliveryAct, DeliveryState } from '../domain/channel-delivery.js';

/** One delivery as `GET /publications/:document` shows it. */
export interface DeliveryRow {
  readonly channel: string;
  readonly case: string;
  readonly round: number;
  readonly edition: number;
  readonly act: DeliveryAct;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Date;
  readonly defect: string | null;
  readonly defectData: Readonly<Record<string, unknown>> | null;
  readonly receipt: DeliveryReceipt | null;
  readonly deliveredAt: Date | null;
  readonly confirmedBy: string | null;
}

const COLUMNS = `channel, case_id AS "case", round, edition, act, state, attempts, next_at AS "nextAt", defect, defect_data AS "defectData",
  receipt, delivered_at AS "deliveredAt", confirmed_by AS "confirmedBy"`;

/** Every delivery of a document. */
export function findDeliveries(handle: Handle, document: string): Promise<DeliveryRow[]> {
  return rows<DeliveryRow>(
    handle,
    `SELECT ${COLUMNS} FROM channel_delivery WHERE document = $1 ORDER BY channel, edition, round`,
    [document],
  );
}

/** Where a channel has shown editions of a document before this round, lowest first; a withdrawal takes back those up to its own. */
export function findEarlierPlaces(
  handle: Handle,
  of: { readonly channel: string; readonly document: string; readonly case: string; readonly round: number },
): Promise<{ edition: number; place: string }[]> {
  return rows(
    handle,
    `SELECT shown.edition, shown.receipt ->> 'place' AS place FROM channel_delivery shown
     WHERE shown.channel = $1 AND shown.document = $2 AND shown.act = 'show' AND shown.state = 'delivered'
       AND NOT (shown.case_id = $3 AND shown.round = $4)
       AND NOT EXISTS (SELECT 1 FROM channel_delivery gone WHERE gone.channel = $1 AND gone.document = $2
         AND gone.act = 'withdraw' AND gone.state = 'delivered' AND gone.edition >= shown.edition)
     ORDER BY shown.edition`,
    [of.channel, of.document, of.case, of.round],
  );
}

/** True while a round is what its report's address says. */
export async function isCurrentRound(
  handle: Handle,
  of: { readonly case: string; readonly round: number },
): Promise<boolean> {
  const found = await row(handle, 'SELECT 1 FROM live_pointer WHERE case_id = $1 AND round = $2', [of.case, of.round]);
  return found !== undefined;
}

/** When a round took effect on the own site; undefined before. */
export async function findEffectAt(handle: Handle, caseId: string, round: number): Promise<Date | undefined> {
  const found = await row<{ at: Date | null }>(
    handle,
    'SELECT live_at AS at FROM publication_job WHERE case_id = $1 AND round = $2',
    [caseId, round],
  );
  return found?.at ?? undefined;
}

/**
 * What keeps failing at each of these channels: how many deliveries failed `KEEPS_FAILING_AFTER` times in a row, or once and were not tried again
 * when they were due, and the cause of the one that has longest.
 */
export function findFailing(
  handle: Handle,
  channels: readonly string[],
): Promise<{ channel: string; deliveries: number; defect: string; defectData: Record<string, unknown> | null }[]> {
  return rows(
    handle,
    `SELECT channel, count(*)::int AS deliveries, (array_agg(defect ORDER BY created_at))[1] AS defect,
       (array_agg(defect_data ORDER BY created_at))[1] AS "defectData"
     FROM channel_delivery WHERE channel = ANY ($2) AND state = 'waiting' AND defect IS NOT NULL
       AND (attempts >= $1 OR greatest(next_at, lease_until) < clock_timestamp() - make_interval(secs => $3))
     GROUP BY channel ORDER BY channel`,
    [KEEPS_FAILING_AFTER, channels, STANDS_STILL_AFTER_SECONDS],
  );
}

/** Figures of one channel. `oldestSeconds`: since when the oldest waiting delivery waits, 0 for none. */
export interface ChannelMetric {
  readonly channel: string;
  readonly queued: number;
  readonly failed: number;
  readonly prepared: number;
  readonly delivered: number;
  readonly oldestSeconds: number;
}

/** The figures of each of these channels, those nothing ever went to as well. */
export function measureChannels(handle: Handle, channels: readonly string[]): Promise<ChannelMetric[]> {
  return rows<ChannelMetric>(
    handle,
    `SELECT name AS channel, count(*) FILTER (WHERE state = 'waiting')::int AS queued,
       count(*) FILTER (WHERE state = 'waiting' AND defect IS NOT NULL)::int AS failed,
       count(*) FILTER (WHERE state = 'prepared')::int AS prepared,
       count(*) FILTER (WHERE state = 'delivered')::int AS delivered,
       coalesce(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE state = 'waiting')), 0)::int AS "oldestSeconds"
     FROM unnest($1::text[]) AS name LEFT JOIN channel_delivery ON channel = name GROUP BY name ORDER BY name`,
    [channels],
  );
}
