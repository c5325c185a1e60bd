import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { announce } from '#outbox/announce';
import { Relay } from '#outbox/relay';
import { runInTransaction } from '#persistence/transaction';
import { ended, MessageWorld, until } from '../support/message-world.js';

describe('the relay', () => {
  let world: MessageWorld;
  beforeAll(async () => {
    world = await MessageWorld.open('postgres');
  });
  afterAll(() => world.close());

  it('leaves a subscriber in peace between two packets, and nobody else', async () => {
    const [stream, other] = [randomUUID(), randomUUID()];
    const posted: [string, number][] = [];
    const relayWith = (leisureMs: number): Relay =>
      new Relay({
        service: 'review',
        bookkeeping: world.review,
        postman: {
          post: async (subscriber, messages) => void posted.push([subscriber, messages.length]),
        },
        acknowledgements: { take: () => [] },
        redriveMs: 3_600_000,
        leisureOf: (subscriber) => (subscriber === 'drafting' ? leisureMs : 0),
        onError: (error) => world.errors.push(error),
      });
    const say = (type: 'review.ended' | 'approval.ended', about: string): Promise<void> =>
      runInTransaction(world.review, (tx) =>
        announce(tx, [{ type, stream: about, correlationId: randomUUID(), body: ended(about, 1) as never }]),
      );
    const relay = relayWith(3_600_000);
    relay.start();
    await say('review.ended', stream);
    await until('the first goes at once', async () => posted.length === 1);
    await say('approval.ended', stream);
    await say('review.ended', other);
    await until('others do not wait', async () => posted.length === 3);
    await relay.stop();
    const rested = relayWith(0);
    rested.start();
    await until('the rest in one packet', async () => posted.length === 4);
    await rested.stop();
    expect(posted).toEqual([
      ['drafting', 1],
      ['review', 1],
      ['publication', 1],
      ['drafting', 2],
    ]);
  });
});
