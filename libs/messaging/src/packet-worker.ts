import { createPostgresBackend, createRedisBackend, type Job, Worker } from 'bullmq';
import type { ServiceName } from '#contracts/services';
import { BULLMQ_SCHEMA, QUEUE_SESSION, queueName, type QueueSettings } from './queue-settings.js';
import { requireFitRedis, RedisUnfit } from './redis-fitness.js';
import type { SignedPacket } from './signed-packet.js';

/** A delivery as the consumer sees it. `firstDelivery` is false when the same job is run again after a failure or crash. */
export interface Delivery {
  readonly id: string;
  readonly data: Partial<SignedPacket>;
  readonly firstDelivery: boolean;
}

export interface PacketWorkerSettings {
  readonly queue: QueueSettings;
  readonly service: ServiceName;
  readonly handle: (delivery: Delivery) => Promise<void>;
  readonly onError: (error: Error) => void;
}

/**
 * A message must survive any number of crashes of its consumer: BullMQ's default fails it on the second.
 * Source: BullMQ, stalled jobs. Few at once, so that the database pool is never the bottleneck.
 */
const WORKER_OPTIONS = {
  concurrency: 4,
  lockDuration: 60_000,
  stalledInterval: 15_000,
  maxStalledCount: 1000,
} as const;
const RETRY_MS = 1000;
/** One connection listens, one per running job, one spare. */
const POOL_SIZE = WORKER_OPTIONS.concurrency + 2;

/** Takes the packets of one service's queue; builds its worker again until the queue's server is there. */
export class PacketWorker {
  #worker: Worker | undefined;
  #closed = false;
  #paused = false;

  constructor(readonly settings: PacketWorkerSettings) {}

  /** True while a worker is connected and running. */
  get running(): boolean {
    return this.#worker !== undefined && !this.#paused && this.#worker.isRunning();
  }

  /** Resolves when the first worker takes jobs. Rejects with RedisUnfit; anything else is waited out. */
  async start(): Promise<void> {
    while (!this.#closed) {
      try {
        if (this.settings.queue.backend === 'redis') await requireFitRedis(this.settings.queue.url);
        await this.#run();
        return;
      } catch (error) {
        if (error instanceof RedisUnfit) throw error;
        this.settings.onError(error instanceof Error ? error : new Error(String(error)));
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Takes no further jobs and waits for the running ones. */
  async pause(): Promise<void> {
    this.#paused = true;
    await this.#worker?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#worker?.resume().catch(this.settings.onError);
  }

  /** Waits for the running jobs, then leaves the queue. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.close();
  }

  /** A worker whose start failed stays failed, so it is closed and a new one is built. */
  async #run(): Promise<void> {
    const worker = this.#build();
    this.#worker = worker;
    try {
      await worker.waitUntilReady();
    } catch (error) {
      await worker.close(true).catch(this.settings.onError);
      throw error;
    }
    worker.run().catch(this.settings.onError);
    if (this.#paused) await worker.pause();
  }

  #build(): Worker {
    const { queue, service, handle, onError } = this.settings;
    const name = queueName(queue, service);
    const process = (job: Job): Promise<void> =>
      handle({
        id: job.id ?? '',
        data: (job.data ?? {}) as Partial<SignedPacket>,
        firstDelivery: job.attemptsStarted <= 1 && job.stalledCounter === 0,
      });
    const options = { ...WORKER_OPTIONS, autorun: false };
    const worker =
      queue.backend === 'postgres'
        ? (new Worker(
            name,
            process,
            {
              ...options,
              connection: {
                connectionString: queue.url,
                schema: BULLMQ_SCHEMA,
                options: QUEUE_SESSION,
                max: POOL_SIZE,
              },
            },
            createPostgresBackend,
          ) as unknown as Worker)
        : new Worker(
            name,
            process,
            { ...options, connection: { url: queue.url, maxRetriesPerRequest: null } },
            createRedisBackend,
          );
    worker.on('error', onError);
    worker.on('failed', (_job, error) => onError(error));
    return worker as Worker;
  }
}
