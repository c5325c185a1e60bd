import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mendFutureTimes } from '#messaging/queue-times';
import { queueName, type QueueSettings } from '#messaging/queue-settings';
import { testDatabase, type TestDatabase } from '../support/database.js';

const YEAR_MS = 366 * 86_400_000;

let database: TestDatabase;
let queue: QueueSettings;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database?.drop());

beforeEach(() => {
  queue = { backend: 'postgres', url: database.url('review'), prefix: `t${randomUUID()}` };
});

/** What a process whose clock is `aheadMs` ahead leaves behind. */
async function leave(leadMs: number): Promise<void> {
  const name = queueName(queue, 'review');
  const ahead = `(extract(epoch from clock_timestamp()) * 1000)::bigint + ${leadMs}`;
  await database.sql(`insert into bullmq.meta (queue, field, value) values ($1, 'stalled-check', (${ahead})::text)`, [
    name,
  ]);
  const job = `insert into bullmq.job (queue, id, seq, name, state, data, opts, added_at_ms, locked_until_ms, process_at_ms)
    values ($1, $2, nextval('bullmq.job_seq'), 'packet', $3, '{}', '{}', 0, $4::text::bigint, $5::text::bigint)`;
  const [now] = await database.sql<{ ms: string }>(`select (${ahead})::text as ms`);
  await database.sql(job, [name, 'running', 'active', now?.ms, null]);
  await database.sql(job, [name, 'waiting', 'delayed', null, now?.ms]);
}

async function aheadMs(): Promise<number[]> {
  const name = queueName(queue, 'review');
  const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint';
  const found = await database.sql<{ ms: string }>(
    `select value::bigint - ${now} as ms from bullmq.meta where queue = $1
     union all select coalesce(locked_until_ms, process_at_ms) - ${now} from bullmq.job where queue = $1`,
    [name],
  );
  return found.map(({ ms }) => Number(ms));
}

describe('times in a queue', () => {
  it.each([
    ['two minutes', 120_000, { stalledChecks: 1, locks: 1, retries: 0 }],
    ['a year', YEAR_MS, { stalledChecks: 1, locks: 1, retries: 1 }],
  ])('left by a clock %s ahead are put right', async (_name, ahead, mended) => {
    await leave(ahead);
    expect(await mendFutureTimes(queue, 'review')).toEqual(mended);
    const times = await aheadMs();
    expect(times).toHaveLength(3);
    expect(Math.max(...times)).toBeLessThan(20 * 60_000);
    expect(await mendFutureTimes(queue, 'review')).toEqual({ stalledChecks: 0, locks: 0, retries: 0 });
  });

  it('an honest worker may write are left alone', async () => {
    await leave(4000);
    expect(await mendFutureTimes(queue, 'review')).toEqual({ stalledChecks: 0, locks: 0, retries: 0 });
  });

  it("of other services' queues are left to them", async () => {
    await leave(YEAR_MS);
    expect(await mendFutureTimes(queue, 'drafting')).toEqual({ stalledChecks: 0, locks: 0, retries: 0 });
  });
});
