import { randomUUID } from 'node:crypto';
import { createPostgresBackend, createRedisBackend, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { ServiceName } from '#contracts/services';
import { BULLMQ_SCHEMA, queueName, type QueueSettings } from '#messaging/queue-settings';
import { until } from './message-world.js';

const LOCK_MS = 150;
/** BullMQ looks for what a dead process left at most once in so many milliseconds. */
const LOOK_MS = 50;

/** A consumer of a service's queue beside the service's own, which lives as briefly as a test wants. */
function consumer(settings: QueueSettings, service: ServiceName, work: null | ((job: Job) => Promise<never>)): Worker {
  const name = queueName(settings, service);
  const options = { lockDuration: LOCK_MS, stalledInterval: LOOK_MS, maxStalledCount: 1000, autorun: false };
  const worker =
    settings.backend === 'redis'
      ? new Worker(
          name,
          work,
          { ...options, connection: { url: settings.url, maxRetriesPerRequest: null } },
          createRedisBackend,
        )
      : (new Worker(
          name,
          work,
          { ...options, connection: { connectionString: settings.url, schema: BULLMQ_SCHEMA } },
          createPostgresBackend,
        ) as unknown as Worker);
  worker.on('error', () => undefined);
  return worker;
}

/**
 * Takes a packet as often as said and is killed each time while it works on it: the lock runs out, and whoever looks next
 * finds it without an owner. What is left at the end was marked, so that the next look gives it back.
 */
export async function crashOn(
  settings: QueueSettings,
  service: ServiceName,
  times: number,
  waiting: () => Promise<number>,
): Promise<void> {
  for (let crash = 1; crash <= times; crash += 1) {
    const dying = consumer(settings, service, null);
    await dying.waitUntilReady();
    await until(`crash ${crash} has taken a packet`, () => dying.getNextJob(randomUUID()));
    await dying.close(true);
    const looking = consumer(settings, service, null);
    await looking.waitUntilReady();
    await pause(LOCK_MS);
    // What one look marks the next gives back.
    await look(looking);
    if (crash < times) {
      await look(looking);
      await until('the packet is given back', async () => (await waiting()) > 0);
    }
    await looking.close(true);
  }
}

async function look(worker: Worker): Promise<void> {
  await pause(2 * LOOK_MS);
  await (worker as unknown as { moveStalledJobsToWait(): Promise<void> }).moveStalledJobsToWait();
}

/** Takes the packets that come and fails each for good, until one is. */
export async function failForGood(settings: QueueSettings, service: ServiceName): Promise<void> {
  const failing = consumer(settings, service, () => Promise.reject(new UnrecoverableError('never')));
  const failed = new Promise((resolve) => failing.once('failed', resolve));
  await failing.waitUntilReady();
  void failing.run();
  await failed;
  await failing.close();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
