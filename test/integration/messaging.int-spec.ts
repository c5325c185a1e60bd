import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PacketSender } from '#messaging/packet-sender';
import { type Delivery, PacketWorker } from '#messaging/packet-worker';
import type { QueueSettings } from '#messaging/queue-settings';
import { emptyDatabase, until } from '../support/message-world.js';
import { migrateQueues } from '#messaging/queue-schema';

const FIT = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
const job = { payload: '{}', keyid: 'k', sig: 's' };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Errors are expected here: the servers are away on purpose. */
const expected = (): void => undefined;

describe('a Redis of its own', () => {
  let folder: string;
  let queue: QueueSettings;
  let port: number;
  let redis: ChildProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sunward-redis-'));
    port = await freePort();
    queue = { backend: 'redis', url: `redis://127.0.0.1:${port}`, prefix: `t${randomUUID()}` };
  });
  afterEach(async () => {
    if (redis?.exitCode === null) {
      redis.kill('SIGKILL');
      await once(redis, 'exit');
    }
    redis = undefined;
    await rm(folder, { recursive: true });
  });

  async function startRedis(flags: readonly string[]): Promise<void> {
    const where = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    redis = spawn('redis-server', [...where, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    redis.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until('redis-server accepts connections', async () => said.includes('Ready to accept connections'));
  }

  it.each([
    ['may evict keys', 'maxmemory-policy', ['--appendonly', 'yes', '--maxmemory-policy', 'allkeys-lru']],
    ['forgets at a restart', 'appendonly', ['--appendonly', 'no', '--maxmemory-policy', 'noeviction']],
  ])('is refused when it %s, with the setting to change', async (_name, setting, flags) => {
    await startRedis(flags);
    const worker = new PacketWorker({ queue, service: 'drafting', handle: async () => undefined, onError: expected });
    await expect(worker.start()).rejects.toThrow(`redis-cli config set ${setting}`);
    await worker.close();
  });

  it('may come up after the services that use it', async () => {
    const taken: Delivery[] = [];
    const worker = new PacketWorker({
      queue,
      service: 'drafting',
      onError: expected,
      handle: async (delivery) => void taken.push(delivery),
    });
    const started = worker.start();
    const sender = new PacketSender(queue, expected);
    await expect(sender.send('drafting', randomUUID(), job)).rejects.toThrow();
    await startRedis(FIT);
    await started;
    const id = randomUUID();
    await until('a packet is taken by the queue', () =>
      sender.send('drafting', id, job).then(
        () => true,
        () => false,
      ),
    );
    // The refused sending may arrive as well: a refusal says that it is not known to have been taken.
    const arrived = await until('the packet arrives', async () => taken.find((delivery) => delivery.id === id));
    expect(arrived).toEqual({ id, data: job, firstDelivery: true });
    await worker.close();
    await sender.close();
  });
});

describe('the Postgres queues', () => {
  it('may be migrated after the services that use them have started', async () => {
    const database = await emptyDatabase();
    const queue = { backend: 'postgres', url: database.url, prefix: `t${randomUUID()}` } as const;
    const deliveries: boolean[] = [];
    const worker = new PacketWorker({
      queue,
      service: 'drafting',
      onError: expected,
      handle: async ({ firstDelivery }) => {
        deliveries.push(firstDelivery);
        if (deliveries.length === 1) throw new Error('once');
      },
    });
    const started = worker.start();
    const sender = new PacketSender(queue, expected);
    await expect(sender.send('drafting', randomUUID(), job)).rejects.toThrow();
    await migrateQueues(database.url);
    await started;
    await sender.send('drafting', randomUUID(), job);
    await until('the packet is tried twice', async () => deliveries.length === 2);
    expect(deliveries).toEqual([true, false]);
    await worker.close();
    await sender.close();
    await database.drop();
  });
});
