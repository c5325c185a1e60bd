import type { DataSource } from 'typeorm';
import { dataSourceFor } from '#persistence/data-source';
import { leisureOf } from '#contracts/routing';
import type { ServiceName } from '#contracts/services';
import type { EvidenceCrypto, Signer } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import { PacketSender } from '#messaging/packet-sender';
import { PacketWorker } from '#messaging/packet-worker';
import type { QueueSettings } from '#messaging/queue-settings';
import { mendFutureTimes } from '#messaging/queue-times';
import { Acknowledgements } from './acknowledgements.js';
import { consume } from './consume.js';
import { readEpoch } from './epoch.js';
import type { Handlers } from './inbox.js';
import { type Postman, postmanOf } from './postman.js';
import { Relay } from './relay.js';

/** A canary travels through the queue this often; without one for three times as long the service is not ready. */
const CANARY_MS = 10_000;
const CANARY_PATIENCE_MS = 3 * CANARY_MS;

/** Times in the queue are looked at as often as the clocks are. */
const QUEUE_TIMES_MS = 30_000;

/** Connections for claims, acknowledgements and packet ids. */
const BOOKKEEPERS = 3;

export interface OutboxRuntimeSettings {
  readonly service: ServiceName;
  readonly db: DataSource;
  /** For a few connections of its own, whose commits do not wait for the disk. */
  readonly databaseUrl: string;
  readonly queue: QueueSettings;
  readonly handlers: Handlers;
  readonly signer: Signer;
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
  readonly redriveMs: number;
  readonly onError: (error: Error) => void;
}

/** Everything that moves messages in and out of one service process. */
export class OutboxRuntime {
  #sender: PacketSender | undefined;
  #worker: PacketWorker | undefined;
  #relay: Relay | undefined;
  #acknowledgements: Acknowledgements | undefined;
  #bookkeeping: DataSource | undefined;
  #canary: NodeJS.Timeout | undefined;
  #queueTimes: NodeJS.Timeout | undefined;
  #lastCanaryAt = 0;
  #stopping: Promise<void> | undefined;

  constructor(readonly settings: OutboxRuntimeSettings) {}

  /** Connects and begins; waits until the queue's server is there. */
  async start(): Promise<void> {
    const { service, db, databaseUrl, queue, signer, trust, crypto, handlers, redriveMs, onError } = this.settings;
    const epoch = await readEpoch(db);
    const own = { service, url: databaseUrl, tables: [], migrations: [], poolSize: BOOKKEEPERS, forgetful: true };
    const bookkeeping = await dataSourceFor(own).initialize();
    this.#bookkeeping = bookkeeping;
    this.#sender = new PacketSender(queue, onError);
    const postman = postmanOf(service, epoch, signer, this.#sender);
    const acknowledgements = new Acknowledgements(postman, onError);
    this.#acknowledgements = acknowledgements;
    const check = { service, epoch, trust, crypto };
    const onPacket = ({ producer }: { producer: ServiceName }): void => {
      if (producer === service) this.#lastCanaryAt = Date.now();
    };
    this.#worker = new PacketWorker({
      queue,
      service,
      onError,
      handle: (delivery) =>
        consume({ db, bookkeeping, check, handlers, acknowledgements, onPacket, onError }, delivery),
    });
    this.#relay = new Relay({ service, bookkeeping, postman, acknowledgements, redriveMs, leisureOf, onError });
    await this.#worker.start();
    this.#relay.start();
    this.#sendCanary(postman);
    this.#canary = setInterval(() => this.#sendCanary(postman), CANARY_MS);
    void this.#mendQueueTimes();
    this.#queueTimes = setInterval(() => void this.#mendQueueTimes(), QUEUE_TIMES_MS);
  }

  /** True while a message of its own came through the queue lately. */
  get ready(): boolean {
    return this.#worker?.running === true && Date.now() - this.#lastCanaryAt < CANARY_PATIENCE_MS;
  }

  /** Stops taking messages in, for as long as this process must not act (its clock is wrong). */
  async pause(): Promise<void> {
    await this.#worker?.pause();
  }

  resume(): void {
    this.#worker?.resume();
  }

  /** Claims no more, finishes what runs, acknowledges it, then leaves the queue; in this order nothing is lost. Repeatable. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    clearInterval(this.#canary);
    clearInterval(this.#queueTimes);
    await this.#relay?.stop();
    await this.#worker?.close();
    await this.#acknowledgements?.flush();
    await this.#sender?.close();
    await this.#bookkeeping?.destroy();
  }

  async #mendQueueTimes(): Promise<void> {
    const { queue, service, onError } = this.settings;
    try {
      const { stalledChecks, locks, retries } = await mendFutureTimes(queue, service);
      if (stalledChecks + locks + retries === 0) return;
      const found = `${stalledChecks} stalled check, ${locks} locks, ${retries} retries`;
      onError(new Error(`times in the future were put right in the queue of ${service}: ${found}`));
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #sendCanary(postman: Postman): void {
    postman.post(this.settings.service, [], []).catch(this.settings.onError);
  }
}
