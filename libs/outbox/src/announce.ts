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
  const producers = new Set<ServiceName>();
  for (const { type, stream, correlationId, body } of announcements) {
    const text = JSON.stringify(catalogue[type].parse(body));
    producers.add(producerOf(type));
    for (const subscriber of subscribersOf(type)) {
      await rows(
        tx,
        `with head as (
           insert into outbox_head (subscriber, stream, seq) values ($2, $3, 1)
           on conflict (subscriber, stream) do update set seq = outbox_head.seq + 1
           returning seq)
         insert into outbox (id, subscriber, stream, seq, type, body, correlation_id)
         select $1, $2, $3, head.seq, $4, $5, $6 from head`,
        [randomUUID(), subscriber, stream, type, text, correlationId],
      );
    }
  }
  for (const producer of producers) afterCommit(tx, () => wakeRelays(producer));
}
