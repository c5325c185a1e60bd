import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PacketMessage } from '#contracts/packet';
import { takeInAtOnce } from '#outbox/inbox-at-once';
import { takeIn } from '#outbox/inbox';
import { announce } from '#outbox/announce';
import { sweepMessages } from '#outbox/outbox-sweeps';
import { row, rows } from '#persistence/sql';
import { runInTransaction } from '#persistence/transaction';
import { ended, MessageWorld } from '../support/message-world.js';

const LENGTH = 8;

describe('the inbox', () => {
  let world: MessageWorld;
  beforeAll(async () => {
    world = await MessageWorld.open('postgres');
  });
  afterAll(() => world.close());

  const numbered = (stream: string, seq: number): PacketMessage => ({
    id: randomUUID(),
    type: 'review.ended',
    stream,
    seq,
    occurredAt: new Date().toISOString(),
    correlationId: randomUUID(),
    body: ended(stream, seq),
  });
  /** Takes a packet in as the consumer does: at once where it can, else stream by stream. Answers whether it could. */
  const takePacket = (streams: ReadonlyMap<string, readonly PacketMessage[]>): Promise<boolean> =>
    runInTransaction(world.drafting, async (tx) => {
      const sorted = [...streams].toSorted(([a], [b]) => (a < b ? -1 : 1));
      if (await takeInAtOnce(tx, 'review', sorted, world.writingDown())) return true;
      for (const [stream, messages] of sorted) await takeIn(tx, 'review', stream, messages, world.writingDown());
      return false;
    });
  const take = (stream: string, messages: readonly PacketMessage[]): Promise<boolean> =>
    takePacket(new Map([[stream, messages]]));

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

  it('takes a packet of many streams in at once, and once, however often and beside what it comes', async () => {
    const streams = Array.from({ length: 5 }, () => randomUUID());
    const packet = (from: number, to: number): Map<string, PacketMessage[]> =>
      new Map(
        streams.map((stream) => [
          stream,
          Array.from({ length: to - from + 1 }, (_, at) => numbered(stream, from + at)),
        ]),
      );
    const [first, second, third] = [packet(1, 2), packet(3, 5), packet(6, 6)];
    expect(await takePacket(first)).toBe(true);
    expect(await takePacket(third)).toBe(false);
    await Promise.all([second, first, second, third].map(takePacket));
    expect(await takePacket(second)).toBe(false);
    for (const stream of streams) expect(await world.effects(stream)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await rows(world.drafting, 'select 1 from inbox where applied_at is null')).toEqual([]);
    const heads = await rows(world.drafting, 'select distinct seq from inbox_head where stream = any ($1)', [streams]);
    expect(heads).toEqual([{ seq: 6 }]);
  });

  it('announces several things at once in the order given, each stream numbered without a gap', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await world.announce(one, [1]);
    await runInTransaction(world.review, (tx) =>
      announce(
        tx,
        [one, two, one, one].map((stream, at) => ({
          type: 'review.ended',
          stream,
          correlationId: randomUUID(),
          body: ended(stream, at + 2) as never,
        })),
      ),
    );
    await world.announce(one, [9]);
    const sent = await rows<{ stream: string; seq: number; body: string }>(
      world.review,
      'select stream, seq, body from outbox where stream = any ($1) order by position',
      [[one, two]],
    );
    expect(
      sent.map(({ stream, seq, body }) => [stream, seq, (JSON.parse(body) as { edition: number }).edition]),
    ).toEqual([
      [one, 1, 1],
      [one, 2, 2],
      [two, 1, 3],
      [one, 3, 4],
      [one, 4, 5],
      [one, 5, 9],
    ]);
  });

  it('has what only the log hears wait for the end of its two seconds, alone or among others, and nothing else', async () => {
    const stream = randomUUID();
    const correlationId = randomUUID();
    const entry = { type: 'review.entry-recorded' as const, body: { leaf: '0'.repeat(64), proof: false } };
    const end = { type: 'review.ended' as const, body: ended(stream, 1) as never };
    const about = { stream, correlationId };
    await runInTransaction(world.review, (tx) => announce(tx, [{ ...entry, ...about }]));
    await runInTransaction(world.review, (tx) =>
      announce(tx, [
        { ...end, ...about },
        { ...entry, ...about },
      ]),
    );
    const due = await rows(
      world.review,
      `select subscriber, extract(epoch from next_at)::numeric % 2 = 0 as whole,
         next_at - occurred_at between interval '-0.1 seconds' and interval '2.1 seconds' as soon
       from outbox where stream = $1 order by position`,
      [stream],
    );
    await rows(world.review, 'delete from outbox where stream = $1', [stream]);
    const gathers = { subscriber: 'ledger', whole: true, soon: true };
    expect(due).toEqual([gathers, { subscriber: 'drafting', whole: false, soon: true }, gathers]);
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
