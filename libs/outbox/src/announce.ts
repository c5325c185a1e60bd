import { randomUUID } from 'node:crypto';
import { catalogue, type MessageBody, type MessageType } from '#contracts/catalogue';
import { producerOf, subscribersOf } from '#contracts/routing';
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
 * for all, but PostgreSQL lets one committing NOTIFY at a time wait for the disk.) A body that does not fit its schema is a defect and throws.
 */
export async function announce(tx: Tx, announcements: readonly Announcement[]): Promise<void> {
  const open = announcements.flatMap(({ type, stream, correlationId, body }) => {
    const text = JSON.stringify(catalogue[type].parse(body));
    return subscribersOf(type).map((subscriber) => ({
      id: randomUUID(),
      subscriber,
      stream,
      type,
      text,
      correlationId,
    }));
  });
  if (open.length > 0) await insert(tx, open);
  for (const producer of new Set(announcements.map(({ type }) => producerOf(type))))
    afterCommit(tx, () => wakeRelays(producer));
}

interface OpenMessage {
  readonly id: string;
  readonly subscriber: ServiceName;
  readonly stream: string;
  readonly type: MessageType;
  readonly text: string;
  readonly correlationId: string;
}

/** All in one statement: heads move on by as many as there are for each, and the rows take their numbers from there in order. */
async function insert(tx: Tx, open: readonly OpenMessage[]): Promise<void> {
  await rows(
    tx,
    `with message as (
       select id, subscriber, stream, type, body, correlation_id, nth,
         row_number() over (partition by subscriber, stream order by nth)::int as place,
         count(*) over (partition by subscriber, stream)::int as n
       from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::uuid[])
         with ordinality as m (id, subscriber, stream, type, body, correlation_id, nth)),
     head as (
       insert into outbox_head (subscriber, stream, seq)
       select subscriber, stream, max(n) from message group by subscriber, stream order by subscriber, stream
       on conflict (subscriber, stream) do update set seq = outbox_head.seq + excluded.seq
       returning subscriber, stream, seq)
     insert into outbox (id, subscriber, stream, seq, type, body, correlation_id)
     select message.id, message.subscriber, message.stream, head.seq - message.n + message.place, message.type, message.body,
       message.correlation_id
     from message join head on head.subscriber = message.subscriber and head.stream = message.stream order by message.nth`,
    [
      open.map(({ id }) => id),
      open.map(({ subscriber }) => subscriber),
      open.map(({ stream }) => stream),
      open.map(({ type }) => type),
      open.map(({ text }) => text),
      open.map(({ correlationId }) => correlationId),
    ],
  );
}
