import { randomUUID } from 'node:crypto';
import { digest } from '#domain/identifiers';
import { crashPoint } from '#outbox/crash-point';
import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction } from '#persistence/transaction';
import type { LedgerPorts } from '#ledger/record-entry';
import type { Log } from '#service-runtime/log';
import { deliveryRetrySeconds } from '../domain/channel-delivery.js';
import { findFailing } from '../persistence/channel-delivery.queries.js';
import {
  leaseDelivery,
  type LeasedDelivery,
  recordDelivered,
  recordFailed,
  renewMirrored,
  returnLease,
} from '../persistence/channel-delivery.repository.js';
import { recordDeed } from '../recorded-deed.js';
import type { Channel, DeliveryReceipt, Parcel } from './channel.js';
import { type ChannelFault, faultOf } from './channel-fault.js';
import { type ParcelPorts, parcelOf } from './parcel-of.js';

/** An attempt gives up well before its lease ends, so that nothing of it is still on its way when the next begins. */
const ATTEMPT_MS = 120_000;
const LEASE_SECONDS = 180;
const POLL_MS = 1_000;

/** What delivering needs of the process. */
export type DeliveryPorts = ParcelPorts & LedgerPorts;

/**
 * Delivers to one channel what its rows say. Each channel has a worker of its own, so one that fails or is slow holds back neither
 * the own site nor another channel. Any number may run: a delivery is leased, made outside every transaction, and recorded with
 * the lease's token.
 */
export class ChannelWorker {
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #again = false;
  /** An attempt that was broken off and has not ended. */
  #isHanging = false;
  readonly #stopping = new AbortController();

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly channel: Channel,
    private readonly log: Pick<Log, 'info' | 'warn' | 'fault'>,
    private readonly random: () => number = Math.random,
    private readonly attemptMs = ATTEMPT_MS,
  ) {}

  /** Begins to look for due deliveries. */
  start(): void {
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  /** Looks now; while it is at work, once more afterwards. */
  wake(): void {
    if (!this.#stopping.signal.aborted) void this.drain();
  }

  /** Takes nothing more, breaks off what is on its way, to be sent again by whoever comes next, and closes the channel. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#working;
    await this.channel.close();
  }

  /** Delivers until nothing is due. */
  drain(): Promise<void> {
    this.#again = true;
    this.#working ??= this.work()
      .catch((error: unknown) => this.log.fault('channel_cannot_look', error, { channel: this.channel.name }))
      .finally(() => (this.#working = undefined));
    return this.#working;
  }

  private async work(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      // A disk far away that does not answer keeps a thread of this process for each that waits for it: the next attempt begins when that one has ended.
      if (this.#isHanging) return;
      const { db } = this.ports;
      const due = await runInTransaction(db, (tx) => leaseDelivery(tx, this.channel.name, randomUUID(), LEASE_SECONDS));
      if (due === undefined) continue;
      await this.attempt(due);
      this.#again = !this.#stopping.signal.aborted;
    }
  }

  private async attempt(due: LeasedDelivery): Promise<void> {
    const { channel: name, case: caseId, round, document, edition, attempts: attempt } = due;
    const about = { channel: name, case: caseId, round, document, edition, attempt };
    try {
      const parcel = await parcelOf(this.ports, due);
      const receipt = await this.deliver(parcel);
      crashPoint(`channel.${this.channel.kind}.sent`);
      const isRecorded = await this.record(due, receipt, { content: parcel.content, tree: parcel.tree.digest });
      this.log.info(isRecorded ? 'channel_delivered' : 'channel_lease_lost', about);
    } catch (error) {
      if (this.#stopping.signal.aborted) {
        await runInTransaction(this.ports.db, (tx) => returnLease(tx, due));
        return;
      }
      const fault = faultOf(error);
      if (fault.reason === 'channel_fault') this.log.fault('channel_attempt_broken', error, about);
      else this.log.warn('channel_attempt_failed', { ...about, code: fault.reason, ...fault.data });
      await this.postpone(due, fault);
    }
  }

  /** Delivers, and waits no longer than until the attempt is broken off, whether the channel heeds that or not. */
  private async deliver(parcel: Parcel): Promise<DeliveryReceipt> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(this.attemptMs)]);
    let hasEnded = false;
    const delivering = this.channel.deliver(parcel, signal).finally(() => {
      hasEnded = true;
      this.#isHanging = false;
    });
    try {
      return await Promise.race([delivering, brokenOff(signal)]);
    } catch (error) {
      this.#isHanging = !hasEnded;
      if (!hasEnded)
        delivering.catch((late: unknown) => this.log.fault('channel_ended_late', late, { channel: this.channel.name }));
      throw error;
    }
  }

  private record(
    due: LeasedDelivery,
    receipt: DeliveryReceipt,
    { content, tree }: { readonly content: string; readonly tree: string },
  ): Promise<boolean> {
    const event = this.channel.byHand ? 'prepared' : 'took';
    return runInTransaction(this.ports.db, async (tx) => {
      if (!(await recordDelivered(tx, due, event, { receipt, tree }))) return false;
      await recordDeed(tx, this.ports, {
        job: due,
        action: `publication.${this.channel.byHand ? 'prepare' : 'deliver'}`,
        digests: { content: digest(content), tree: digest(tree), delivered: digest(receipt.digest) },
        event: { type: this.channel.byHand ? 'prepared' : 'delivered', channel: due.channel, act: due.act },
        correlationId: randomUUID(),
      });
      return true;
    });
  }

  private postpone(due: LeasedDelivery, fault: ChannelFault): Promise<void> {
    const seconds = deliveryRetrySeconds(due.attempts, this.random());
    return runInTransaction(this.ports.db, (tx) => recordFailed(tx, due, fault, seconds));
  }
}

function brokenOff(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const breakOff = (): void => reject(signal.reason as Error);
    if (signal.aborted) breakOff();
    else signal.addEventListener('abort', breakOff, { once: true });
  });
}

/** Sends again to mirrors what was laid out anew, and tells administrators which of the configured channels keep failing. */
export async function sweepChannels(
  { db }: Pick<DeliveryPorts, 'db'>,
  channels: readonly Channel[],
  log: Pick<Log, 'warn'>,
): Promise<void> {
  const mirrors = channels.filter(({ mirrors: keeps }) => keeps).map(({ name }) => name);
  if (mirrors.length > 0) await renewMirrored(db, mirrors);
  const names = channels.map(({ name }) => name);
  for (const { channel, deliveries, defect } of await findFailing(db, names)) {
    log.warn('channel_failing', { channel, deliveries, code: defect });
    await raiseAlarm(db, 'channel_failing', { channel, code: defect });
  }
}
