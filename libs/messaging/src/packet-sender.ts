import { createPostgresBackend, createRedisBackend, type PostgresConnectionOptions, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import type { ServiceName } from '#contracts/services';
import { BULLMQ_SCHEMA, QUEUE_SESSION, queueName, type QueueSettings } from './queue-settings.js';
import { PACKET_JOB, type SignedPacket } from './signed-packet.js';

/** BullMQ's Postgres `add()` never settles once its pool has closed, so every send has an end of its own. */
const SEND_TIMEOUT_MS = 5000;

/**
 * Retries cover a consumer whose database is away. Finished jobs are kept for two minutes, to be looked at; not a number
 * of them, because for a number BullMQ's Postgres backend reads all of them at every finishing job. Replays are
 * recognised by `inbox_packet`, whatever the queue keeps.
 */
const JOB_OPTIONS = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 250, jitter: 0.5 },
  removeOnComplete: { age: 120 },
  removeOnFail: { age: 30 * 86_400 },
} as const;

/** The queue did not take a packet in time. The outbox keeps the messages and sends them again. */
export class SendTimeout extends Error {
  constructor(subscriber: ServiceName) {
    super(`the queue of ${subscriber} did not take a packet within ${SEND_TIMEOUT_MS} ms`);
    this.name = 'SendTimeout';
  }
}

type Connection = { readonly pool: Pool } | { readonly redis: Redis };

/** Puts packets into the queues of other services over connections shared by all of them. */
export class PacketSender {
  #connection: Connection;
  #queues = new Map<ServiceName, Queue>();

  constructor(
    readonly settings: QueueSettings,
    readonly onError: (error: Error) => void,
  ) {
    this.#connection = this.#connect();
  }

  /** Adds one job. Rejects when the queue cannot be reached or does not answer in five seconds. */
  async send(subscriber: ServiceName, id: string, packet: SignedPacket): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new SendTimeout(subscriber)), SEND_TIMEOUT_MS);
    });
    try {
      await Promise.race([this.#queue(subscriber).add(PACKET_JOB, packet, { ...JOB_OPTIONS, jobId: id }), timeout]);
    } catch (error) {
      this.#discard(subscriber);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    this.#queues.clear();
    if ('pool' in this.#connection) await this.#connection.pool.end();
    else this.#connection.redis.disconnect();
  }

  #connect(): Connection {
    if (this.settings.backend === 'redis') {
      const redis = new Redis(this.settings.url, {
        // A command that had to wait for the connection would report success late; the outbox sends again instead.
        enableOfflineQueue: false,
        maxRetriesPerRequest: 1,
        commandTimeout: 2000,
      });
      redis.on('error', this.onError);
      return { redis };
    }
    const pool = new Pool({
      connectionString: this.settings.url,
      max: 4,
      application_name: 'sunward:queue',
      options: `-c search_path=${BULLMQ_SCHEMA} ${QUEUE_SESSION}`,
    });
    pool.on('error', this.onError);
    return { pool };
  }

  #queue(subscriber: ServiceName): Queue {
    const known = this.#queues.get(subscriber);
    if (known) return known;
    const name = queueName(this.settings, subscriber);
    const queue =
      'pool' in this.#connection
        ? (new Queue(
            name,
            { connection: this.#connection.pool as unknown as PostgresConnectionOptions },
            createPostgresBackend,
          ) as unknown as Queue)
        : new Queue(name, { connection: this.#connection.redis }, createRedisBackend);
    queue.on('error', this.onError);
    this.#queues.set(subscriber, queue);
    return queue;
  }

  /** A queue remembers a failed start for ever, so after a failure a new one is built. */
  #discard(subscriber: ServiceName): void {
    const queue = this.#queues.get(subscriber);
    this.#queues.delete(subscriber);
    queue?.close().catch(this.onError);
  }
}
