import type { PacketMessage } from '#contracts/packet';
import type { ServiceName } from '#contracts/services';
import { row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { apply, type Handlers, type StreamOutcome } from './inbox.js';

/** The messages of a packet by stream; streams in the order in which everybody locks them. */
export type Streams = readonly (readonly [stream: string, messages: readonly PacketMessage[]])[];

/**
 * Takes a whole packet in with three statements, however many streams it has, when it is as packets are: each stream goes on exactly where it
 * stood, nothing waits in it, and no message was seen before. Undefined when it is not so; then nothing was written, and `takeIn` sorts it out.
 */
export async function takeInAtOnce(
  tx: Tx,
  producer: ServiceName,
  streams: Streams,
  handlers: Handlers,
): Promise<[string, StreamOutcome][] | undefined> {
  const ordered = streams.map(([stream, some]) => [stream, some.toSorted((a, b) => a.seq - b.seq)] as const);
  const heads = await lockHeads(
    tx,
    producer,
    ordered.map(([stream]) => stream),
  );
  const goesOn = ordered.every(([stream, some]) =>
    some.every(({ seq }, at) => seq === (heads.get(stream) ?? 0) + at + 1),
  );
  if (!goesOn || (await somethingOdd(tx, producer, ordered))) return undefined;
  const messages = ordered.flatMap(([, some]) => some);
  const reached = ordered.map(([stream, some]): [string, StreamOutcome] => [
    stream,
    { seq: some.at(-1)?.seq ?? 0, conflicts: [] },
  ]);
  await noteApplied(tx, producer, messages, reached);
  for (const message of messages) await apply(tx, message, handlers);
  return reached;
}

async function lockHeads(tx: Tx, producer: string, streams: readonly string[]): Promise<Map<string, number>> {
  const heads = await rows<{ stream: string; seq: number }>(
    tx,
    `insert into inbox_head (producer, stream, seq) select $1, stream, 0 from unnest($2::uuid[]) as s (stream) order by stream
     on conflict (producer, stream) do update set seq = inbox_head.seq returning stream, seq`,
    [producer, streams],
  );
  return new Map(heads.map(({ stream, seq }) => [stream, seq]));
}

/** Whether a message waits in one of the streams, or one of these was seen before. */
async function somethingOdd(tx: Tx, producer: string, streams: Streams): Promise<boolean> {
  const found = await row<{ odd: boolean }>(
    tx,
    `select exists (select from inbox where producer = $1 and stream = any ($2::uuid[]) and applied_at is null)
       or exists (select from inbox where id = any ($3::uuid[])) as odd`,
    [producer, streams.map(([stream]) => stream), streams.flatMap(([, some]) => some.map(({ id }) => id))],
  );
  return found?.odd !== false;
}

/** Writes that these are applied and how far their streams have come; a handler that fails takes both back with it. */
async function noteApplied(
  tx: Tx,
  producer: string,
  messages: readonly PacketMessage[],
  reached: readonly [string, StreamOutcome][],
): Promise<void> {
  const inserted = await rows(
    tx,
    `with reached as (
       update inbox_head h set seq = reached.seq from unnest($6::uuid[], $7::int[]) as reached (stream, seq)
       where h.producer = $1 and h.stream = reached.stream)
     insert into inbox (id, producer, stream, seq, type, applied_at)
     select id, $1, stream, seq, type, clock_timestamp()
     from unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[]) as m (id, stream, seq, type)
     on conflict do nothing returning id`,
    [
      producer,
      messages.map(({ id }) => id),
      messages.map(({ stream }) => stream),
      messages.map(({ seq }) => seq),
      messages.map(({ type }) => type),
      reached.map(([stream]) => stream),
      reached.map(([, { seq }]) => seq),
    ],
  );
  // Somebody took one of them in under another stream this very moment: rolled back, and sorted out the next time.
  if (inserted.length !== messages.length) throw new Error('a message of this packet was taken in elsewhere meanwhile');
}
