import { randomUUID } from 'node:crypto';
import { catalogue, type MessageBody, type MessageType } from '#contracts/catalogue';
import { mayGather, producerOf, subscribersOf } from '#contracts/routing';
import type { ServiceName } from '#contracts/services';
import { rows } from '#persistence/sql';
import { afterCommit, type Tx } from '#persistence/transaction';
import { wakeRelays } from './wake.js';

/** Something that happened, for whoever the routing table lists. `stream` orders it: the document it is about. */
export type Announcement = {
  [T in MessageType]: {
    readonly type: T;
    readonly stream: string;
    readonly correlationId: string;
    readonly body: MessageBody<T>;
  };
}[MessageType];

/**
 * Writes one row per subscriber in the caller's transaction; they are sent if it commits and never otherwise.
 * The relay of this process is woken after the commit; those of others find the rows by their poll. (NOTIFY would do
 * for all, but PostgreSQL lets one committing NOTIFY at a time wait for the disk.) What may gather wakes nobody: all that was written in
 * the same `GATHER` of the database's clock is due at its end. A body that does not fit its schema is a defect and throws.
 */
export async function announce(tx: Tx, announcements: readonly Announcement[]): Promise<void> {
  const toWake = new Map<ServiceName, ServiceName[]>();
  const told: Told[] = [];
  for (const { type, stream, correlationId, body } of announcements) {
    const text = JSON.stringify(catalogue[type].parse(body));
    const gathers = mayGather(type);
    const producer = producerOf(type);
    if (!gathers) toWake.set(producer, [...(toWake.get(producer) ?? []), ...subscribersOf(type)]);
    for (const subscriber of subscribersOf(type))
      told.push({ id: randomUUID(), subscriber, stream, type, text, correlationId, gathers });
  }
  const [only] = told;
  if (told.length === 1 && only !== undefined) await insertOne(tx, only);
  else if (told.length > 1) await insertMany(tx, told);
  for (const [producer, subscribers] of toWake) afterCommit(tx, () => wakeRelays(producer, subscribers));
}

interface Told {
  readonly id: string;
  readonly subscriber: ServiceName;
  readonly stream: string;
  readonly type: MessageType;
  readonly text: string;
  readonly correlationId: string;
  readonly gathers: boolean;
}

const GATHER = `interval '2 seconds'`;

/** When a message is due: at once, or with the others of its time. */
const dueIf = (gathers: string): string =>
  `case when ${gathers} then date_bin(${GATHER}, clock_timestamp(), 'epoch') + ${GATHER} else clock_timestamp() end`;

/** Most transactions tell one service one thing, and a plain statement takes a third less time. */
async function insertOne(tx: Tx, told: Told): Promise<void> {
  const { id, subscriber, stream, type, text, correlationId, gathers } = told;
  await rows(
    tx,
    `with head as (
       insert into outbox_head (subscriber, stream, seq) values ($2, $3, 1)
       on conflict (subscriber, stream) do update set seq = outbox_head.seq + 1
       returning seq)
     insert into outbox (id, subscriber, stream, seq, type, body, correlation_id, next_at)
     select $1, $2, $3, head.seq, $4, $5, $6, ${dueIf('$7')} from head`,
    [id, subscriber, stream, type, text, correlationId, gathers],
  );
}

async function insertMany(tx: Tx, told: readonly Told[]): Promise<void> {
  await rows(
    tx,
    `with told as (
       select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::boolean[])
         with ordinality as t (id, subscriber, stream, type, body, correlation_id, gathers, n)),
     head as (
       insert into outbox_head (subscriber, stream, seq)
       select subscriber, stream, count(*) from told group by subscriber, stream order by subscriber, stream
       on conflict (subscriber, stream) do update set seq = outbox_head.seq + excluded.seq
       returning subscriber, stream, seq)
     insert into outbox (id, subscriber, stream, seq, type, body, correlation_id, next_at)
     select id, subscriber, stream, head.seq - count(*) over same + row_number() over (same order by n), type, body, correlation_id,
       ${dueIf('gathers')}
     from told join head using (subscriber, stream)
     window same as (partition by subscriber, stream) order by n`,
    [
      told.map(({ id }) => id),
      told.map(({ subscriber }) => subscriber),
      told.map(({ stream }) => stream),
      told.map(({ type }) => type),
      told.map(({ text }) => text),
      told.map(({ correlationId }) => correlationId),
      told.map(({ gathers }) => gathers),
    ],
  );
}
