import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PacketMessage } from '#contracts/packet';
import { takeIn } from '#outbox/inbox';
import { sweepMessages } from '#outbox/outbox-sweeps';
import { row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { ended, MessageWorld } from '../support/message-world.js';

const LENGTH = 8;

describe('the inbox', () => {
  let world: MessageWorld;
  beforeAll(async () => {
    world = await MessageWorld.open('postgres');
  }, 30_000);
  afterAll(() => world.close(), 30_000);

  const numbered = (stream: string, seq: number): PacketMessage => ({
    id: randomUUID(),
    type: 'review.ended',
    stream,
    seq,
    occurredAt: new Date().toISOString(),
    correlationId: randomUUID(),
    body: ended(stream, seq),
  });
  const take = (stream: string, messages: readonly PacketMessage[]): Promise<{ seq: number }> =>
    runInTransaction(world.drafting, (tx) => takeIn(tx, 'review', stream, messages, world.writingDown()));

  it('ends the same whatever the order, the repetitions and the packets messages come in', async () => {
    const deliveries = fc
      .tuple(
        fc.shuffledSubarray(
          Array.from({ length: LENGTH }, (_, at) => at),
          { minLength: LENGTH },
        ),
        fc.array(fc.nat({ max: LENGTH - 1 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
      )
      .map(([order, again, size]) => ({ order: [...order, ...again], size }));
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ order, size }) => {
        const stream = randomUUID();
        const messages = Array.from({ length: LENGTH }, (_, at) => numbered(stream, at + 1));
        for (let at = 0; at < order.length; at += size) {
          await take(
            stream,
            order.slice(at, at + size).flatMap((index) => messages[index] ?? []),
          );
        }
        expect(await world.effects(stream)).toEqual(messages.map(({ seq }) => seq));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('applies each message once when the same packets arrive at the same time', async () => {
    const stream = randomUUID();
    const messages = Array.from({ length: LENGTH }, (_, at) => numbered(stream, at + 1));
    await Promise.all(Array.from({ length: 6 }, () => take(stream, messages)));
    expect(await world.effects(stream)).toEqual(messages.map(({ seq }) => seq));
  });

  it('raises one alarm about messages that wait too long, however often it looks', async () => {
    const stream = randomUUID();
    await take(stream, [numbered(stream, 2)]);
    await rows(world.drafting, `update inbox set received_at = now() - interval '61 seconds' where stream = $1`, [
      stream,
    ]);
    await world.announce(randomUUID(), [1]);
    await rows(world.review, `update outbox set occurred_at = now() - interval '61 seconds'`);
    for (const db of [world.drafting, world.review, world.drafting, world.review]) await sweepMessages(db);
    const raised = 'select kind, detail from alarm';
    expect(await rows(world.drafting, raised)).toEqual([{ kind: 'inbox_parked', detail: { producer: 'review' } }]);
    expect(await rows(world.review, raised)).toEqual([
      { kind: 'outbox_unacknowledged', detail: { subscriber: 'drafting' } },
    ]);
  });

  it('forgets a packet after a week and not before', async () => {
    const [old, young] = [randomUUID(), randomUUID()];
    await rows(
      world.drafting,
      `insert into inbox_packet (id, seen_at)
       values ($1, now() - interval '169 hours'), ($2, now() - interval '167 hours')`,
      [old, young],
    );
    await sweepMessages(world.drafting);
    expect(await row(world.drafting, 'select id from inbox_packet where id = $1', [old])).toBeUndefined();
    expect(await row(world.drafting, 'select id from inbox_packet where id = $1', [young])).toEqual({ id: young });
  });
});
