import type { DataSource } from 'typeorm';
import type { PacketMessage } from '#contracts/packet';
import type { ServiceName } from '#contracts/services';
import { groupBy } from '#domain/grouping';
import { instant } from '#domain/instant';
import { rows } from '#persistence/sql';
import { crashPoint } from './crash-point.js';
import type { Acknowledgements } from './acknowledgements.js';
import type { Postman } from './postman.js';
import { onAnnounced } from './wake.js';

/** Messages claimed in one turn, and carried by one packet (`Packet.messages`). */
const CLAIM = 400;
const PER_PACKET = 100;
const POLL_MS = 1000;
/** Claims keep this distance, so that under load a packet carries many messages; the first after a pause is at once. */
const CLAIM_DISTANCE_MS = 15;
const MOST_REDRIVE_SECONDS = 60;

interface OpenRow {
  readonly id: string;
  readonly subscriber: ServiceName;
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly body: string;
  readonly correlation_id: string;
  readonly occurred_at: Date;
}

export interface RelaySettings {
  readonly service: ServiceName;
  /** May forget a claim in a crash of the server: the messages are then sent once more. */
  readonly bookkeeping: DataSource;
  readonly postman: Postman;
  /** Those that wait for a subscriber go along with what is sent to it. */
  readonly acknowledgements: Pick<Acknowledgements, 'take'>;
  /** Time until a message that was not acknowledged is sent again for the first time. */
  readonly redriveMs: number;
  /** Milliseconds between two packets to a subscriber; the first after a pause goes at once. */
  readonly leisureOf: (subscriber: ServiceName) => number;
  readonly onError: (error: Error) => void;
}

const isRejected = (result: PromiseSettledResult<void>): result is PromiseRejectedResult =>
  result.status === 'rejected';

const messageOf = (row: OpenRow): PacketMessage => ({
  id: row.id,
  type: row.type,
  stream: row.stream,
  seq: row.seq,
  occurredAt: instant(row.occurred_at),
  correlationId: row.correlation_id,
  body: JSON.parse(row.body) as unknown,
});

/**
 * Sends committed messages until they are acknowledged. Any number of relays may run for a service: a claim moves
 * `next_at` on and commits before the queue is touched, so a crash or a lost job only delays.
 */
export class Relay {
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #lastClaimAt = 0;
  #running = false;
  /** Whom to look for: everybody, or those that something was announced for and who were not at rest yet. */
  #all = false;
  readonly #told = new Set<ServiceName>();
  /** Until when a subscriber is sent nothing, by its leisure. */
  readonly #restUntil = new Map<ServiceName, number>();
  #rest: NodeJS.Timeout | undefined;

  constructor(readonly settings: RelaySettings) {}

  start(): void {
    this.#running = true;
    this.#unsubscribe = onAnnounced(this.settings.service, (subscribers) => this.#hear(subscribers));
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  /** Claims no more and waits for what is being sent. */
  async stop(): Promise<void> {
    this.#running = false;
    clearInterval(this.#timer);
    clearTimeout(this.#rest);
    this.#unsubscribe?.();
    await this.#turn;
  }

  /** Looks for open messages of everybody now; while it is looking, once more afterwards. */
  wake(): void {
    this.#all = true;
    this.#begin();
  }

  #hear(subscribers: readonly ServiceName[]): void {
    for (const subscriber of subscribers) this.#told.add(subscriber);
    this.#begin();
  }

  #begin(): void {
    if (!this.#running) return;
    this.#turn ??= this.#work().finally(() => {
      this.#turn = undefined;
      if (this.#isDue()) this.#begin();
      else this.#beginAfterRest();
    });
  }

  #isDue(): boolean {
    return this.#all || [...this.#told].some((subscriber) => !this.#isAtRest(subscriber));
  }

  #isAtRest(subscriber: ServiceName): boolean {
    return (this.#restUntil.get(subscriber) ?? 0) > performance.now();
  }

  /** Something waits for those at rest: looks again when the first of them has rested. */
  #beginAfterRest(): void {
    if (!this.#running || this.#told.size === 0) return;
    const first = Math.min(...[...this.#told].map((subscriber) => this.#restUntil.get(subscriber) ?? 0));
    this.#rest ??= setTimeout(
      () => {
        this.#rest = undefined;
        this.#begin();
      },
      Math.max(0, first - performance.now()),
    );
  }

  async #work(): Promise<void> {
    while (this.#running && this.#isDue()) {
      await this.#keepDistance();
      const resting = [...this.#restUntil.keys()].filter((subscriber) => this.#isAtRest(subscriber));
      this.#all = false;
      for (const subscriber of this.#told) if (!resting.includes(subscriber)) this.#told.delete(subscriber);
      try {
        const claimed = await this.#claim(resting);
        crashPoint('relay.after_claim');
        await this.#send(claimed);
        crashPoint('relay.after_enqueue');
        if (claimed.length === CLAIM) this.#all = true;
      } catch (error) {
        this.settings.onError(error instanceof Error ? error : new Error(String(error)));
        return;
      }
    }
  }

  async #keepDistance(): Promise<void> {
    const wait = this.#lastClaimAt + CLAIM_DISTANCE_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.#lastClaimAt = performance.now();
  }

  async #claim(resting: readonly ServiceName[]): Promise<OpenRow[]> {
    const claimed = await rows<OpenRow & { position: string }>(
      this.settings.bookkeeping,
      `with claim as (
         select id from outbox where acked_at is null and next_at <= clock_timestamp() and subscriber <> all ($2::text[])
         order by position limit ${CLAIM} for update skip locked)
       update outbox o set attempts = o.attempts + 1,
         next_at = clock_timestamp() + make_interval(secs => least(${MOST_REDRIVE_SECONDS}, $1 * power(2, least(o.attempts, 5))))
       from claim where o.id = claim.id
       returning o.id, o.position, o.subscriber, o.stream, o.seq, o.type, o.body, o.correlation_id, o.occurred_at`,
      [this.settings.redriveMs / 1000, resting],
    );
    return claimed.toSorted((a, b) => Number(a.position) - Number(b.position));
  }

  async #send(claimed: readonly OpenRow[]): Promise<void> {
    const bySubscriber = groupBy(claimed, ({ subscriber }) => subscriber);
    const { postman, acknowledgements, onError } = this.settings;
    for (const subscriber of bySubscriber.keys()) {
      const leisure = this.settings.leisureOf(subscriber);
      if (leisure > 0) this.#restUntil.set(subscriber, performance.now() + leisure);
    }
    const sendings = [...bySubscriber].map(async ([subscriber, open]) => {
      for (let at = 0; at < open.length; at += PER_PACKET) {
        const messages = open.slice(at, at + PER_PACKET).map(messageOf);
        await postman.post(subscriber, messages, acknowledgements.take(subscriber));
      }
    });
    // A queue that takes nothing holds up only its own subscriber; the redrive brings what was not sent.
    for (const { reason } of (await Promise.allSettled(sendings)).filter(isRejected)) {
      onError(reason instanceof Error ? reason : new Error(String(reason)));
    }
  }
}
