import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PacketSender } from '#messaging/packet-sender';
import { type Delivery, PacketWorker } from '#messaging/packet-worker';
import { crashOn, failForGood } from '../support/crashed-consumer.js';
import { MessageWorld, until } from '../support/message-world.js';

/** Errors are expected: consumers are killed on purpose. */
const ignored = (): void => undefined;
const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);

describe.each(['postgres', 'redis'] as const)('messages between services (%s)', (backend) => {
  let world: MessageWorld;
  beforeEach(async () => {
    world = await MessageWorld.open(backend);
  });
  afterEach(() => world.close());

  const arrived = (stream: string, last: number): Promise<unknown> =>
    until(`${last} effects of ${stream}`, async () => (await world.effects(stream)).length >= last);
  const allClosed = (): Promise<unknown> =>
    until('every message is acknowledged', async () => (await world.openMessages()) === 0);

  it('sends nothing of a transaction that rolls back, and leaves no gap in the numbers', async () => {
    await Promise.all([world.start('review'), world.start('drafting')]);
    const stream = randomUUID();
    const fails = world.announce(stream, [1, 2], () => {
      throw new Error('rolled back');
    });
    await expect(fails).rejects.toThrow('rolled back');
    await world.announce(stream, [3]);
    await arrived(stream, 1);
    await allClosed();
    expect(await world.effects(stream)).toEqual([3]);
  }, 60_000);

  it('delivers what was committed once, in order, and closes it on the acknowledgement', async () => {
    await Promise.all([world.start('review'), world.start('drafting')]);
    const streams = upTo(5).map(() => randomUUID());
    for (const edition of upTo(10)) await Promise.all(streams.map((stream) => world.announce(stream, [edition])));
    await allClosed();
    for (const stream of streams) expect(await world.effects(stream)).toEqual(upTo(10));
  }, 60_000);

  it('keeps a message open until its consumer is there', async () => {
    await world.start('review');
    const stream = randomUUID();
    await world.announce(stream, upTo(3));
    await until('the first sending', async () => world.withQueue('drafting', (queue) => queue.getWaitingCount()));
    expect(await world.openMessages()).toBe(3);
    await world.start('drafting');
    await allClosed();
    expect(await world.effects(stream)).toEqual(upTo(3));
  }, 60_000);

  it('loses nothing and repeats nothing when the queue is emptied three times under load', async () => {
    await Promise.all([world.start('review'), world.start('drafting')]);
    const streams = upTo(10).map(() => randomUUID());
    for (const edition of upTo(30)) {
      await Promise.all(streams.map((stream) => world.announce(stream, [edition])));
      if (edition % 10 === 0) await world.flush();
    }
    await allClosed();
    for (const stream of streams) expect(await world.effects(stream)).toEqual(upTo(30));
  }, 120_000);

  it('lets a failing stream hold up only itself, and goes on when it heals', async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    let failuresLeft = 6;
    const handlers = world.writingDown(async (stream, edition) => {
      if (stream !== bad || edition !== 2 || failuresLeft === 0) return;
      failuresLeft -= 1;
      throw new Error('not now');
    });
    await world.start('drafting', handlers);
    await world.announce(bad, upTo(3));
    await world.announce(good, upTo(3));
    await world.start('review');
    await arrived(good, 3);
    await allClosed();
    expect(failuresLeft).toBe(0);
    expect(await world.effects(bad)).toEqual(upTo(3));
    expect(await world.effects(good)).toEqual(upTo(3));
  }, 60_000);

  it('sends a packet again under another id, since the queue swallows the id of one that failed for good', async () => {
    await world.start('review');
    const stream = randomUUID();
    await world.announce(stream, upTo(3));
    await failForGood(world.queue, 'drafting');
    await world.start('drafting');
    await allClosed();
    expect(await world.effects(stream)).toEqual(upTo(3));
    expect(await world.withQueue('drafting', (queue) => queue.getFailedCount())).toBeGreaterThan(0);
  }, 60_000);

  it('hands out a packet again however often its consumer was killed over it', async () => {
    const sender = new PacketSender(world.queue, ignored);
    const id = randomUUID();
    await sender.send('drafting', id, { payload: '{}', keyid: 'k', sig: 's' });
    await crashOn(world.queue, 'drafting', 3, () => world.withQueue('drafting', (queue) => queue.getWaitingCount()));
    const taken: Delivery[] = [];
    const handle = async (delivery: Delivery): Promise<void> => void taken.push(delivery);
    const worker = new PacketWorker({ queue: world.queue, service: 'drafting', handle, onError: ignored });
    await worker.start();
    const count = (): Promise<number> => world.withQueue('drafting', (queue) => queue.getFailedCount());
    await until('the packet is done or given up', async () => taken.length > 0 || (await count()) > 0);
    expect(taken).toMatchObject([{ id, firstDelivery: false }]);
    expect(await count()).toBe(0);
    await worker.close();
    await sender.close();
  }, 60_000);

  it('drains under load: what was taken is finished, the rest waits for the next process', async () => {
    const leaving = await world.start('drafting');
    await world.start('review');
    const streams = upTo(4).map(() => randomUUID());
    const sending = (async () => {
      for (const edition of upTo(40)) await Promise.all(streams.map((stream) => world.announce(stream, [edition])));
    })();
    await until('some effects', async () => (await world.effects(streams[0] ?? '')).length >= 5);
    await leaving.stop();
    const left = await world.effects(streams[0] ?? '');
    await sending;
    expect(await world.effects(streams[0] ?? '')).toEqual(left);
    await world.start('drafting');
    await allClosed();
    for (const stream of streams) expect(await world.effects(stream)).toEqual(upTo(40));
  }, 60_000);
});
