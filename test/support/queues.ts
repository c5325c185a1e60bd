import { Redis } from 'ioredis';
import pg from 'pg';

/** Both backends carry the same promise, so whatever touches a queue is tested on both. */
export const backends = ['postgres', 'redis'] as const;
export type Backend = (typeof backends)[number];

/** The Redis all spec files share; their queues differ by prefix. */
export function testRedisUrl(): string {
  const url = process.env['TEST_REDIS_URL'];
  if (!url) throw new Error('TEST_REDIS_URL is not set: run the tests with npm test, which starts a Redis');
  return url;
}

/** SQLSTATE of PostgreSQL for the transaction it gave up to end a deadlock. */
const DEADLOCK_DETECTED = '40P01';
const MAX_TRUNCATES = 10;

/**
 * Empties every table of BullMQ in a database but its list of migrations. The workers go on meanwhile and lock the
 * tables in an order of their own, so a truncate that lost a deadlock is tried again.
 */
export async function flushPostgres(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'bullmq' and tablename not in ('migration', 'meta')`,
    );
    const truncate = `truncate ${rows.map(({ tablename }) => `bullmq."${tablename}"`).join(', ')}`;
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(truncate);
        return;
      } catch (error) {
        const isDeadlock = error instanceof pg.DatabaseError && error.code === DEADLOCK_DETECTED;
        if (!isDeadlock || attempt === MAX_TRUNCATES) throw error;
      }
    }
  } finally {
    await client.end();
  }
}

/** Removes every key of the queues with this prefix. */
export async function flushRedis(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys(`bull:${prefix}-*`);
    if (keys.length > 0) await redis.unlink(...keys);
  } finally {
    redis.disconnect();
  }
}
