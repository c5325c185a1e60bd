import { randomUUID } from 'node:crypto';
import { createPostgresBackend, createRedisBackend, Queue } from 'bullmq';
import { Client, Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Packet } from '#contracts/packet';
import { SERVICES, type ServiceName } from '#contracts/services';
import { generateKeyPem, nodeCrypto, publicKeyOf, signerFromPem } from '#evidence/node-crypto';
import type { Signer } from '#evidence/crypto';
import type { FirstTrust, Trust } from '#evidence/trust';
import { migrateQueues } from '#messaging/queue-schema';
import { BULLMQ_SCHEMA, queueName, type QueueSettings } from '#messaging/queue-settings';
import { PACKET_JOB } from '#messaging/signed-packet';
import { announce } from '#outbox/announce';
import type { Handlers } from '#outbox/inbox';
import { CreateOutboxTables1790000000200 } from '#outbox/outbox-tables.migration';
import { outboxTables } from '#outbox/outbox.entities';
import { OutboxRuntime } from '#outbox/outbox-runtime';
import { CreateCommand1790000000100 } from '#persistence/command.migration';
import { dataSourceFor, migrateSchema } from '#persistence/data-source';
import { row, rows } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the tests with npm test, which starts the servers`);
  return value;
}

/** A new database of the test server with nothing in it, and how to drop it again. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `messages_${randomUUID().replaceAll('-', '')}`;
  const asOwner = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: required('TEST_DATABASE_URL') });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await asOwner(`create database ${name}`);
  const url = new URL(required('TEST_DATABASE_URL'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asOwner(`drop database ${name} with (force)`) };
}

/** Waits until `look` answers something; throws after half a minute, naming what was waited for. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`did not happen in 30 seconds: ${what}`);
}

/** The body of the message these tests send; `edition` counts, so that order and repetition show. */
export const ended = (stream: string, edition: number): Record<string, unknown> => ({
  case: stream,
  round: 1,
  document: stream,
  edition,
  content: '0'.repeat(64),
  kind: 'returned',
});

/** The review service sending `review.ended` to the drafting service, through real queues. */
export class MessageWorld {
  readonly keys = Object.fromEntries(SERVICES.map((name) => [name, generateKeyPem()])) as Record<ServiceName, string>;
  readonly errors: Error[] = [];
  private readonly runtimes: OutboxRuntime[] = [];

  private constructor(
    readonly database: { url: string; drop: () => Promise<void> },
    readonly queue: QueueSettings,
    readonly review: DataSource,
    readonly drafting: DataSource,
  ) {}

  static async open(backend: 'postgres' | 'redis'): Promise<MessageWorld> {
    const database = await emptyDatabase();
    await migrateQueues(database.url);
    const url = backend === 'postgres' ? database.url : required('TEST_REDIS_URL');
    const queue = { backend, url, prefix: `t${randomUUID()}` };
    const [review, drafting] = await Promise.all(
      (['review', 'drafting'] as const).map(async (service) => {
        const migrations = [CreateCommand1790000000100, CreateOutboxTables1790000000200];
        const db = dataSourceFor({ service, url: database.url, tables: [...outboxTables], migrations });
        await db.initialize();
        await migrateSchema(db, service);
        return db;
      }),
    );
    if (!review || !drafting) throw new Error('both schemas are open');
    await review.query('create schema system');
    await review.query(`create function system.wal_place() returns text language sql as $$ select 'here' $$`);
    await review.query('create table system.epoch (id uuid, place text)');
    await review.query(`insert into system.epoch values (gen_random_uuid(), 'here')`);
    await drafting.query('create table effect (position bigserial, stream uuid, edition integer)');
    return new MessageWorld(database, queue, review, drafting);
  }

  signer(service: ServiceName): Signer {
    return signerFromPem(this.keys[service]);
  }

  get trust(): Trust {
    const raw = (service: ServiceName): string => Buffer.from(publicKeyOf(this.keys[service])).toString('base64');
    const services = Object.fromEntries(SERVICES.map((name) => [name, raw(name)])) as FirstTrust['services'];
    return { schema: 'sunward.trust/1', services, administrators: [], site: 'http://localhost' };
  }

  async epoch(): Promise<string> {
    return (await row<{ id: string }>(this.review, 'select id from system.epoch'))?.id ?? '';
  }

  /** Starts one service's relay and worker. Without handlers of its own, drafting writes each message down. */
  async start(service: 'review' | 'drafting', handlers: Handlers = this.writingDown()): Promise<OutboxRuntime> {
    const runtime = new OutboxRuntime({
      service,
      db: this[service],
      databaseUrl: this.database.url,
      queue: this.queue,
      handlers,
      signer: this.signer(service),
      trust: this.trust,
      crypto: nodeCrypto,
      redriveMs: 200,
      onError: (error) => this.errors.push(error),
    });
    await runtime.start();
    this.runtimes.push(runtime);
    return runtime;
  }

  /** Handlers that keep every message; `before` may throw, or wait, first. */
  writingDown(before: (stream: string, edition: number) => Promise<void> = async () => undefined): Handlers {
    const write = async (tx: Tx, { stream, body }: { stream: string; body: { edition: number } }): Promise<void> => {
      await before(stream, body.edition);
      await rows(tx, 'insert into effect (stream, edition) values ($1, $2)', [stream, body.edition]);
    };
    return new Map([['review.ended', write]]);
  }

  /** Announces editions in one transaction, which `then` may make fail. */
  async announce(stream: string, editions: readonly number[], then: () => void = () => undefined): Promise<void> {
    await runInTransaction(this.review, async (tx) => {
      for (const edition of editions) {
        const body = ended(stream, edition) as never;
        await announce(tx, [{ type: 'review.ended', stream, correlationId: randomUUID(), body }]);
      }
      then();
    });
  }

  async effects(stream: string): Promise<number[]> {
    const sql = 'select edition from effect where stream = $1 order by position';
    return (await rows<{ edition: number }>(this.drafting, sql, [stream])).map(({ edition }) => edition);
  }

  async openMessages(): Promise<number> {
    return (await rows(this.review, 'select 1 from outbox where acked_at is null')).length;
  }

  alarm(kind: string, job?: string): Promise<unknown> {
    const sql = `select 1 from alarm where kind = $1 and ($2::text is null or detail->>'job' = $2)`;
    return until(`alarm ${kind}`, () => row(this.drafting, sql, [kind, job ?? null]));
  }

  async packet(over: Partial<Packet>): Promise<Packet> {
    const id = randomUUID();
    const basics = { v: 1 as const, id, epoch: await this.epoch(), producer: 'review' as const };
    const sentAt = new Date().toISOString();
    return { ...basics, subscriber: 'drafting', sentAt, messages: [], acks: [], ...over };
  }

  /** Does something with a service's raw queue, as whoever reached the queue's server could. */
  async withQueue<T>(service: ServiceName, act: (queue: Queue) => Promise<T>): Promise<T> {
    const name = queueName(this.queue, service);
    const pool = new Pool({ connectionString: this.database.url, options: `-c search_path=${BULLMQ_SCHEMA}` });
    const queue =
      this.queue.backend === 'redis'
        ? new Queue(name, { connection: { url: this.queue.url } }, createRedisBackend)
        : new Queue(name, { connection: pool }, createPostgresBackend as never);
    try {
      return await act(queue);
    } finally {
      await queue.close();
      await pool.end();
    }
  }

  async put(id: string, data: unknown): Promise<void> {
    await this.withQueue('drafting', (queue) => queue.add(PACKET_JOB, data, { jobId: id }));
  }

  /** Removes every job of both queues, whatever its state. */
  async flush(): Promise<void> {
    for (const service of ['review', 'drafting'] as const) {
      await this.withQueue(service, (queue) => queue.obliterate({ force: true }));
    }
  }

  async close(): Promise<void> {
    for (const runtime of this.runtimes) await runtime.stop();
    await this.review.destroy();
    await this.drafting.destroy();
    await this.database.drop();
  }
}
