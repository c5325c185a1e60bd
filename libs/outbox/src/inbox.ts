import { catalogue, type MessageType } from '#contracts/catalogue';
import type { PacketMessage } from '#contracts/packet';
import type { InboundHandlers, InboundMessage } from '#contracts/routing';
import type { ServiceName } from '#contracts/services';
import { row, rows } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';

/** A handler by message type, as the inbox calls it. */
export type Handlers = ReadonlyMap<string, (tx: Tx, message: InboundMessage<never>) => Promise<void>>;

/** Makes the typed handlers of a service callable by type. */
export function handlersByType<S extends ServiceName>(handlers: InboundHandlers<S, Tx>): Handlers {
  return new Map(Object.entries(handlers));
}

/** A second, different message under a number already used: never applied, always an alarm. */
export interface Conflict {
  readonly stream: string;
  readonly seq: number;
  readonly id: string;
}

/** What became of the messages of one stream: applied up to `seq`, and the numbers that were used twice. */
export interface StreamOutcome {
  readonly seq: number;
  readonly conflicts: readonly Conflict[];
}

/** The body does not fit its schema: a defect of the producer or an older release here. The message stays open. */
export class MessageUnparsable extends Error {
  constructor(
    readonly messageId: string,
    readonly type: string,
    cause: unknown,
  ) {
    super(`message ${messageId} of type ${type} does not fit its schema`, { cause });
    this.name = 'MessageUnparsable';
  }
}

/**
 * Takes the messages of one stream in, in one transaction with their effects: each once, in order. One that comes too
 * early waits ("parked") until its predecessors are there; one seen before is left alone.
 */
export async function takeIn(
  tx: Tx,
  producer: ServiceName,
  stream: string,
  messages: readonly PacketMessage[],
  handlers: Handlers,
): Promise<StreamOutcome> {
  let head = await lockHead(tx, producer, stream);
  const before = head;
  const conflicts: Conflict[] = [];
  for (const message of messages.toSorted((a, b) => a.seq - b.seq)) {
    if (message.seq === head + 1 && (await insert(tx, producer, message, null))) {
      await apply(tx, message, handlers);
      head = message.seq;
    } else if (message.seq <= head || !(await insert(tx, producer, message, JSON.stringify(message)))) {
      if (!(await known(tx, message.id))) conflicts.push({ stream, seq: message.seq, id: message.id });
    }
  }
  head = await unpark(tx, producer, stream, head, handlers);
  if (head > before) {
    await rows(tx, 'update inbox_head set seq = $3 where producer = $1 and stream = $2', [producer, stream, head]);
  }
  return { seq: head, conflicts };
}

async function lockHead(tx: Tx, producer: string, stream: string): Promise<number> {
  const head = await row<{ seq: number }>(
    tx,
    `insert into inbox_head (producer, stream, seq) values ($1, $2, 0)
     on conflict (producer, stream) do update set seq = inbox_head.seq returning seq`,
    [producer, stream],
  );
  return head?.seq ?? 0;
}

/** False when the id or the number is taken already. */
async function insert(tx: Tx, producer: string, message: PacketMessage, parked: string | null): Promise<boolean> {
  const inserted = await rows(
    tx,
    `insert into inbox (id, producer, stream, seq, type, parked, applied_at)
     values ($1, $2, $3, $4, $5, $6, case when $6::text is null then clock_timestamp() end)
     on conflict do nothing returning id`,
    [message.id, producer, message.stream, message.seq, message.type, parked],
  );
  return inserted.length > 0;
}

async function known(tx: Tx, id: string): Promise<boolean> {
  return (await row(tx, 'select id from inbox where id = $1', [id])) !== undefined;
}

/** Hands a message to its handler. Throws MessageUnparsable when its body does not fit. */
export async function apply(tx: Tx, message: PacketMessage, handlers: Handlers): Promise<void> {
  const handler = handlers.get(message.type);
  if (!handler) throw new Error(`no handler for ${message.type}`); // the sender was checked against the routing table
  const body = catalogue[message.type as MessageType].safeParse(message.body);
  if (!body.success) throw new MessageUnparsable(message.id, message.type, body.error);
  await handler(tx, { ...message, body: body.data } as InboundMessage<never>);
}

/** Applies what had waited for the messages that are in now. */
async function unpark(tx: Tx, producer: string, stream: string, head: number, handlers: Handlers): Promise<number> {
  for (let at = head; ; at += 1) {
    const next = await row<{ id: string; parked: string }>(
      tx,
      'select id, parked from inbox where producer = $1 and stream = $2 and seq = $3 and applied_at is null',
      [producer, stream, at + 1],
    );
    if (!next) return at;
    await apply(tx, JSON.parse(next.parked) as PacketMessage, handlers);
    await rows(tx, 'update inbox set applied_at = clock_timestamp(), parked = null where id = $1', [next.id]);
  }
}
