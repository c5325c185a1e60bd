import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresBackend, createRedisBackend, type PostgresConnectionOptions, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { DistrictDefinition } from '#contracts/http/district.api';
import type { ServiceName } from '#contracts/services';
import { BULLMQ_SCHEMA, queueName, type QueueSettings } from '#messaging/queue-settings';
import { launchSystem, type LaunchedSystem } from '../../scripts/launcher/system.mjs';
import type { Release, RestoredRelease } from './release.js';
import { type Backend, flushPostgres, flushRedis, testRedisUrl } from './queues.js';

export interface SystemOptions {
  readonly backend: Backend;
  /** Founded when the database is empty. */
  readonly district?: DistrictDefinition;
  /** The installation of a released version that goes on as this one. */
  readonly from?: Release;
  /** Further variables for every service. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the public site listens, when something stands between it and its address. */
  readonly sitePort?: number;
}

interface StoredJob {
  readonly id: string;
  readonly data: unknown;
}

/** The built system running on a database and folder of its own, seen from outside and from behind. */
export interface System extends Pick<
  LaunchedSystem,
  'gatewayUrl' | 'siteUrl' | 'accounts' | 'services' | 'untilReady' | 'databaseUrl'
> {
  readonly trustFile: string;
  readonly varDir: string;
  /** The signing key of a service, as somebody who broke into it would have it. */
  servicePem(service: ServiceName): string;
  /** Rows of a statement run as the database's owner. */
  sql(statement: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Empties every queue at once. */
  flushQueues(): Promise<void>;
  /** Puts a job into the queue of a service, as anybody who reaches the queue's server could. */
  addJob(service: ServiceName, id: string, data: unknown): Promise<void>;
  /** Jobs of a service's queue in any state, newest first. */
  jobs(service: ServiceName): Promise<StoredJob[]>;
  /** Everything the queues hold, as text. */
  dumpQueues(): Promise<string>;
  /** Everything the services have printed. */
  logs(): string;
  stop(): Promise<void>;
}

/** Short waits, so that a test of recovery takes seconds; the behaviour is the same. The site is answered by the publication service itself: fewer processes to start. */
const QUICK = {
  NODE_ENV: 'test',
  SUNWARD_LOG_LEVEL: 'info',
  SUNWARD_SWEEP_MS: '2000',
  SUNWARD_REDRIVE_MS: '1000',
  SUNWARD_SITE_READERS: '0',
};

/** Starts the six services as processes, with a PostgreSQL without fsync, and founds the district. */
export async function startSystem({ backend, district, from, env = {}, sitePort }: SystemOptions): Promise<System> {
  const varDir = mkdtempSync(join(tmpdir(), 'sunward-e2e-'));
  chmodSync(varDir, 0o711); // PostgreSQL runs as another user when the tests run as root
  const prefix = `test-${randomUUID()}`;
  const redisUrl = backend === 'redis' ? testRedisUrl() : undefined;
  const lines: string[] = [];
  let restored: RestoredRelease | undefined;
  try {
    restored = await from?.restoreInto(varDir);
    const launched = await launchSystem({
      varDir,
      redisUrl,
      ...(district ? { district } : {}),
      ...(sitePort === undefined ? {} : { ports: { site: sitePort } }),
      newEpoch: restored !== undefined, // it runs on another server than the one it was dumped from
      durable: false,
      env: { ...QUICK, SUNWARD_QUEUE_PREFIX: prefix, ...env },
      onLine: (service, line) => lines.push(`${service} ${line}`),
      onEnd: (service, reason) => lines.push(`${service} ended: ${reason}`),
    });
    const settings: QueueSettings = { backend, url: redisUrl ?? launched.databaseUrl, prefix };
    return describeSystem(launched, settings, varDir, lines);
  } catch (error) {
    await restored?.stop();
    rmSync(varDir, { recursive: true, force: true });
    throw new Error(`the system did not start; it printed:\n${lines.join('\n')}`, { cause: error });
  }
}

function describeSystem(launched: LaunchedSystem, settings: QueueSettings, varDir: string, lines: string[]): System {
  const { databaseUrl, state } = launched;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  pool.on('error', () => undefined); // the server goes away with the system
  const queues = new OpenQueues(settings);
  const { gatewayUrl, siteUrl, accounts, services, untilReady } = launched;
  const sql = async (statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await pool.query<Record<string, unknown>>(statement, parameters)).rows;
  return {
    gatewayUrl,
    siteUrl,
    accounts,
    services,
    untilReady,
    databaseUrl,
    varDir,
    sql,
    trustFile: state.trustFile,
    servicePem: (service) => readFileSync(join(state.keys, `${service}.pem`), 'utf8'),
    flushQueues: () =>
      settings.backend === 'postgres' ? flushPostgres(databaseUrl) : flushRedis(settings.url, settings.prefix),
    addJob: async (service, id, data) => {
      await queues.of(service).add('packet', data, { jobId: id });
    },
    jobs: async (service) =>
      (await queues.of(service).getJobs()).map((job) => ({ id: job.id ?? '', data: job.data as unknown })),
    dumpQueues: () => (settings.backend === 'postgres' ? dumpPostgres(sql) : dumpRedis(settings)),
    logs: () => lines.join('\n'),
    stop: async () => {
      await queues.close();
      await pool.end();
      await launched.stop();
      rmSync(varDir, { recursive: true, force: true });
    },
  };
}

/** Queues opened when first asked for, over one connection. */
class OpenQueues {
  readonly #queues = new Map<ServiceName, Queue>();
  #pool: pg.Pool | undefined;

  constructor(readonly settings: QueueSettings) {}

  of(service: ServiceName): Queue {
    const known = this.#queues.get(service) ?? this.#open(queueName(this.settings, service));
    this.#queues.set(service, known);
    return known;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    await this.#pool?.end();
  }

  #open(name: string): Queue {
    const { backend, url } = this.settings;
    if (backend === 'redis') return new Queue(name, { connection: { url } }, createRedisBackend);
    this.#pool ??= new pg.Pool({ connectionString: url, max: 4, options: `-c search_path=${BULLMQ_SCHEMA}` });
    const connection = this.#pool as unknown as PostgresConnectionOptions;
    return new Queue(name, { connection }, createPostgresBackend) as unknown as Queue;
  }
}

async function dumpPostgres(sql: System['sql']): Promise<string> {
  const tables = await sql(`select tablename from pg_tables where schemaname = 'bullmq'`);
  const dumps = await Promise.all(
    tables.map(({ tablename }) =>
      sql(`select coalesce(string_agg(t::text, e'\\n'), '') as dump from bullmq."${String(tablename)}" t`),
    ),
  );
  return dumps.map(([row]) => String(row?.['dump'])).join('\n');
}

async function dumpRedis({ url, prefix }: QueueSettings): Promise<string> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys(`bull:${prefix}-*`);
    const read = async (key: string): Promise<unknown> => {
      const type = await redis.type(key);
      if (type === 'hash') return redis.hgetall(key);
      if (type === 'list') return redis.lrange(key, 0, -1);
      if (type === 'zset') return redis.zrange(key, '0', '-1');
      if (type === 'set') return redis.smembers(key);
      if (type === 'stream') return redis.xrange(key, '-', '+');
      return redis.get(key);
    };
    return JSON.stringify(await Promise.all(keys.map(async (key) => [key, await read(key)])));
  } finally {
    redis.disconnect();
  }
}
