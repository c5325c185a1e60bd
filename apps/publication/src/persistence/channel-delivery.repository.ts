import { type Handle, row, rows } from '#persistence/sql';
import { afterCommit, type Tx } from '#persistence/transaction';
import type { ChannelFacts, DeliveryReceipt } from '../channels/channel.js';
import { takesOrgan } from '../channels/channel.js';
import type { ChannelFault } from '../channels/channel-fault.js';
import { afterDelivery, type DeliveryAct, type DeliveryEvent, statesFor } from '../domain/channel-delivery.js';
import { signalDelivery } from '../publish/due-signal.js';

/** One round whose act goes to channels. */
export interface DeliveredRound {
  readonly case: string;
  readonly round: number;
  readonly document: string;
  readonly edition: number;
}

/** A delivery one worker has; `token` fences every later write. */
export interface LeasedDelivery extends DeliveredRound {
  readonly channel: string;
  readonly act: DeliveryAct;
  /** This one included. */
  readonly attempts: number;
  readonly token: string;
}

/** Writes a row for every channel that takes the organ's reports. Run in the transaction that moves the address; repeating it changes nothing. */
export async function planDeliveries(
  tx: Tx,
  channels: readonly ChannelFacts[],
  of: DeliveredRound & { readonly organ: string },
  act: DeliveryAct,
): Promise<void> {
  const names = channels.filter((channel) => takesOrgan(channel, of.organ)).map(({ name }) => name);
  if (names.length === 0) return;
  await rows(
    tx,
    `INSERT INTO channel_delivery (channel, case_id, round, document, edition, act, state, attempts, next_at, created_at)
     SELECT channel, $2, $3, $4, $5, $6, 'waiting', 0, clock_timestamp(), clock_timestamp() FROM unnest($1::text[]) AS channel
     ON CONFLICT DO NOTHING`,
    [names, of.case, of.round, of.document, of.edition, act],
  );
}

/**
 * The round is public now: its deliveries become due, and what waits of earlier acts on the report is needless, but for editions a target has and
 * which were laid out anew since; a withdrawal makes those needless too. Run under `lockDocument`.
 */
export async function releaseDeliveries(tx: Tx, of: DeliveredRound, act: DeliveryAct): Promise<void> {
  await rows(
    tx,
    `UPDATE channel_delivery SET state = $5 WHERE document = $1 AND edition <= $4 AND NOT (case_id = $2 AND round = $3)
       AND state = ANY ($6) AND ($7 = 'withdraw' OR tree IS NULL OR state <> 'waiting')`,
    [of.document, of.case, of.round, of.edition, ...becomes('overtaken'), act],
  );
  afterCommit(tx, signalDelivery);
}

/** The round was given up before it was public: nothing of it goes anywhere. */
export async function dropDeliveries(tx: Tx, of: Pick<DeliveredRound, 'case' | 'round'>): Promise<void> {
  await rows(tx, 'UPDATE channel_delivery SET state = $3 WHERE case_id = $1 AND round = $2 AND state = ANY ($4)', [
    of.case,
    of.round,
    ...becomes('given-up'),
  ]);
}

/**
 * Leases what is due longest at a channel, or answers undefined: only what the own site's receipt proves and the report's address shows now, or
 * an earlier edition the target has already, once it has the present one; and one at a time of a report, so that a target sees its editions in order.
 * A channel's leases are given one after the other, or two could be given for one report.
 */
export async function leaseDelivery(
  tx: Tx,
  channel: string,
  token: string,
  seconds: number,
): Promise<LeasedDelivery | undefined> {
  await rows(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [channel]);
  const leased = await row<Omit<LeasedDelivery, 'token'>>(
    tx,
    `UPDATE channel_delivery SET attempts = attempts + 1, lease_token = $2,
       lease_until = clock_timestamp() + make_interval(secs => $3)
     WHERE (channel, case_id, round) = (
       SELECT due.channel, due.case_id, due.round FROM channel_delivery due
       JOIN publication_job job ON (job.case_id, job.round) = (due.case_id, due.round)
       JOIN live_pointer pointer ON pointer.document = due.document
       WHERE due.channel = $1 AND due.state = 'waiting' AND due.next_at <= clock_timestamp()
         AND CASE WHEN (pointer.case_id, pointer.round) = (due.case_id, due.round) THEN job.state IN ('live', 'done')
           ELSE job.state = 'superseded' AND pointer.state = 'live' AND due.tree IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM channel_delivery present WHERE (present.channel, present.case_id, present.round) =
               ($1, pointer.case_id, pointer.round) AND present.state = 'waiting') END
         AND NOT EXISTS (SELECT 1 FROM channel_delivery other WHERE other.channel = $1 AND other.document = due.document
           AND other.lease_until > clock_timestamp())
       ORDER BY due.next_at LIMIT 1)
     RETURNING channel, case_id AS "case", round, document, edition, act, attempts`,
    [channel, token, seconds],
  );
  return leased && { ...leased, token };
}

/** Records what the target proved to have. False when the lease was lost: another worker sends it again, and it has one effect. */
export async function recordDelivered(
  tx: Tx,
  of: LeasedDelivery,
  event: 'took' | 'prepared',
  { receipt, tree }: { readonly receipt: DeliveryReceipt; readonly tree: string },
): Promise<boolean> {
  const state = afterDelivery('waiting', event);
  const recorded = await row(
    tx,
    `UPDATE channel_delivery SET state = $5, receipt = $6, tree = $7, attempts = 0, defect = NULL, defect_data = NULL,
       delivered_at = CASE WHEN $5 = 'delivered' THEN clock_timestamp() END, lease_token = NULL, lease_until = NULL
     WHERE channel = $1 AND case_id = $2 AND round = $3 AND lease_token = $4 AND state = ANY ($8) RETURNING 1`,
    [of.channel, of.case, of.round, of.token, state, JSON.stringify(receipt), tree, statesFor(event)],
  );
  return recorded !== undefined;
}

/** A failed attempt: tried again after `seconds`, unless it was overtaken meanwhile. */
export async function recordFailed(tx: Tx, of: LeasedDelivery, fault: ChannelFault, seconds: number): Promise<void> {
  await rows(
    tx,
    `UPDATE channel_delivery SET defect = $5, defect_data = $6, lease_token = NULL, lease_until = NULL,
       next_at = clock_timestamp() + make_interval(secs => $7)
     WHERE channel = $1 AND case_id = $2 AND round = $3 AND lease_token = $4`,
    [of.channel, of.case, of.round, of.token, fault.reason, JSON.stringify(fault.data), seconds],
  );
}

/** An attempt that was broken off because the process ends: whoever comes next may begin at once. */
export async function returnLease(tx: Tx, of: LeasedDelivery): Promise<void> {
  await rows(
    tx,
    `UPDATE channel_delivery SET attempts = attempts - 1, lease_token = NULL, lease_until = NULL
     WHERE channel = $1 AND case_id = $2 AND round = $3 AND lease_token = $4`,
    [of.channel, of.case, of.round, of.token],
  );
}

/** Editions whose pages were laid out anew go to the mirrors again, those before the present one too: they say now that there is a newer one. */
export async function renewMirrored(handle: Handle, channels: readonly string[]): Promise<void> {
  const [waiting, from] = becomes('laid-out-anew');
  await rows(
    handle,
    `UPDATE channel_delivery delivery SET state = $2, attempts = 0, next_at = clock_timestamp() FROM publication_job job
     WHERE (job.case_id, job.round) = (delivery.case_id, delivery.round) AND delivery.tree <> job.page_tree
       AND (job.state IN ('live', 'superseded') OR (job.state = 'done' AND EXISTS (
         SELECT FROM live_pointer pointer WHERE (pointer.case_id, pointer.round) = (job.case_id, job.round))))
       AND delivery.channel = ANY ($1) AND delivery.state = ANY ($3)`,
    [channels, waiting, from],
  );
}

/** Has a waiting delivery tried at once; false when nothing of the round waits for the channel. */
export async function retryDelivery(
  tx: Tx,
  of: { readonly channel: string; readonly document: string; readonly case: string; readonly round: number },
): Promise<boolean> {
  const [waiting, from] = becomes('retry');
  const due = await row(
    tx,
    `UPDATE channel_delivery SET state = $5, next_at = clock_timestamp()
     WHERE channel = $1 AND document = $2 AND case_id = $3 AND round = $4 AND state = ANY ($6) RETURNING 1`,
    [of.channel, of.document, of.case, of.round, waiting, from],
  );
  if (due !== undefined) afterCommit(tx, signalDelivery);
  return due !== undefined;
}

/** Writes a person's word for the receipt of what he posted by hand; false when nothing of the round is prepared for the channel. */
export async function confirmPosted(
  tx: Tx,
  of: { readonly channel: string; readonly document: string; readonly case: string; readonly round: number },
  { person, place }: { readonly person: string; readonly place: string },
): Promise<boolean> {
  const [delivered, from] = becomes('posted');
  const confirmed = await row(
    tx,
    `UPDATE channel_delivery SET state = $5, receipt = receipt || jsonb_build_object('place', $7::text), confirmed_by = $8,
       delivered_at = clock_timestamp()
     WHERE channel = $1 AND document = $2 AND case_id = $3 AND round = $4 AND state = ANY ($6) RETURNING 1`,
    [of.channel, of.document, of.case, of.round, delivered, from, place, person],
  );
  return confirmed !== undefined;
}

/** The state an event leads to, and those it can happen in. */
function becomes(event: DeliveryEvent): [state: string, from: readonly string[]] {
  const from = statesFor(event);
  const [first] = from;
  const state = first === undefined ? null : afterDelivery(first, event);
  if (state === null) throw new Error(`nothing becomes of a delivery by ${event}`);
  return [state, from];
}
