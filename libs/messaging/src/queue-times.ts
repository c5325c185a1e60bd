import { Client } from 'pg';
import type { ServiceName } from '#contracts/services';
import { BULLMQ_SCHEMA, QUEUE_SESSION, queueName, type QueueSettings } from './queue-settings.js';

/**
 * No honest worker writes a time further ahead than its lock (60 s) and half as much again for a clock about to be noticed; a retry waits
 * for less than 20 minutes.
 */
const LIMITS_MS = { stalledCheck: 5000, lock: 90_000, retry: 20 * 60_000 };

/** What was put right: checks for stalled jobs, locks and retries that stood in the future. */
export interface MendedTimes {
  readonly stalledChecks: number;
  readonly locks: number;
  readonly retries: number;
}

const NOTHING: MendedTimes = { stalledChecks: 0, locks: 0, retries: 0 };

/**
 * Puts right what a process with a clock ahead of the database's has left in a queue. BullMQ's Postgres backend throttles its look for stalled
 * jobs, locks jobs and delays retries by the client's time, so such a process would stop the recovery of the queue until the real time has
 * caught up. Redis keeps its own time and needs nothing. Rejects when the queue's database cannot be reached.
 */
export async function mendFutureTimes(settings: QueueSettings, service: ServiceName): Promise<MendedTimes> {
  if (settings.backend === 'redis') return NOTHING;
  const options = `-c search_path=${BULLMQ_SCHEMA} ${QUEUE_SESSION}`;
  const client = new Client({ connectionString: settings.url, application_name: 'sunward:queue-times', options });
  await client.connect();
  try {
    const queue = queueName(settings, service);
    const mend = async (statement: string, limitMs: number): Promise<number> =>
      (await client.query(statement, [queue, limitMs])).rowCount ?? 0;
    return {
      stalledChecks: await mend(STALLED_CHECK, LIMITS_MS.stalledCheck),
      locks: await mend(LOCKS, LIMITS_MS.lock),
      retries: await mend(RETRIES, LIMITS_MS.retry),
    };
  } finally {
    await client.end();
  }
}

const NOW_MS = '(extract(epoch from clock_timestamp()) * 1000)::bigint';
const STALLED_CHECK = `update meta set value = ${NOW_MS}::text
  where queue = $1 and field = 'stalled-check' and value::bigint > ${NOW_MS} + $2::bigint`;
const LOCKS = `update job set locked_until_ms = ${NOW_MS}
  where queue = $1 and state = 'active' and locked_until_ms > ${NOW_MS} + $2::bigint`;
const RETRIES = `update job set process_at_ms = ${NOW_MS}
  where queue = $1 and state = 'delayed' and process_at_ms > ${NOW_MS} + $2::bigint`;
