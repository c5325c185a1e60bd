import type { DataSource } from 'typeorm';
import type { Packet, PacketMessage } from '#contracts/packet';
import type { MessageType } from '#contracts/catalogue';
import { producerOf, routing, subscribersOf } from '#contracts/routing';
import { groupBy } from '#domain/grouping';
import type { Delivery } from '#messaging/packet-worker';
import { row } from '#persistence/sql';
import { runInTransaction, type Tx } from '#persistence/transaction';
import { type Acknowledgements, closeAcknowledged } from './acknowledgements.js';
import { raiseAlarm } from './alarm.js';
import { crashPoint } from './crash-point.js';
import { takeInAtOnce } from './inbox-at-once.js';
import { type Handlers, MessageUnparsable, type StreamOutcome, takeIn } from './inbox.js';
import { openPacket, type PacketCheck } from './packet-seal.js';

export interface ConsumeSettings {
  readonly db: DataSource;
  /** For what may be forgotten in a crash of the server: packet ids and acknowledgements, which the redrive repeats. */
  readonly bookkeeping: DataSource;
  readonly check: PacketCheck;
  readonly handlers: Handlers;
  readonly acknowledgements: Acknowledgements;
  /** Called for every genuine packet; readiness counts the canary among them. */
  readonly onPacket: (packet: Packet) => void;
  readonly onError: (error: Error) => void;
}

/** A job's id is anybody's text until its packet is verified; only one that looks like ours goes into an alarm. */
const jobOf = ({ id }: Delivery): string => (/^[\w-]{1,64}$/.test(id) ? id : 'irregular');

/** Raises an alarm, and says so in the log when it is a new one. */
async function alarm({ db, onError }: ConsumeSettings, kind: string, detail: Record<string, unknown>): Promise<void> {
  if (await raiseAlarm(db, kind, detail)) onError(new Error(`alarm ${kind}: ${JSON.stringify(detail)}`));
}

/**
 * Takes one delivery in. What is not a genuine, fresh packet for this service changes nothing and raises an alarm.
 * A handler that throws leaves its stream as it was; the job fails and is tried again, and the outbox redrives.
 */
export async function consume(settings: ConsumeSettings, delivery: Delivery): Promise<void> {
  const { bookkeeping, check } = settings;
  const packet = openPacket(delivery, check);
  if (typeof packet === 'string') {
    await alarm(settings, packet, { job: jobOf(delivery) });
    return;
  }
  const firstSeen = await markSeen(bookkeeping, packet.id);
  if (!firstSeen && delivery.firstDelivery) {
    await alarm(settings, 'packet_replayed', { job: packet.id, producer: packet.producer });
    return;
  }
  settings.onPacket(packet);
  await closeAcknowledged(bookkeeping, packet.producer, packet.acks);
  const messages = await addressed(settings, packet);
  if (messages.length > 0) await takeInAll(settings, packet, messages);
}

async function markSeen(db: DataSource, id: string): Promise<boolean> {
  const seen = await row(db, 'insert into inbox_packet (id) values ($1) on conflict do nothing returning id', [id]);
  return seen !== undefined;
}

/** The messages the producer may send here; any other one is an alarm and is left out. */
async function addressed(settings: ConsumeSettings, packet: Packet): Promise<PacketMessage[]> {
  const { service } = settings.check;
  const mine = ({ type }: PacketMessage): boolean =>
    Object.hasOwn(routing, type) &&
    producerOf(type as MessageType) === packet.producer &&
    subscribersOf(type as MessageType).includes(service);
  const foreign = packet.messages.filter((message) => !mine(message));
  if (foreign.length > 0) {
    await alarm(settings, 'packet_foreign', { job: packet.id, producer: packet.producer, messages: foreign.length });
  }
  return packet.messages.filter(mine);
}

type Streams = ReadonlyMap<string, readonly PacketMessage[]>;

/** All streams in one transaction; if that fails, each in its own, so that one bad stream holds up only itself. */
async function takeInAll(settings: ConsumeSettings, packet: Packet, messages: readonly PacketMessage[]): Promise<void> {
  const streams: Streams = groupBy(messages, ({ stream }) => stream);
  try {
    await settle(settings, packet, await inOneTransaction(settings, packet, streams));
  } catch (error) {
    if (streams.size === 1) throw await named(settings, packet, error);
    const failures: unknown[] = [];
    for (const [stream, some] of streams) {
      try {
        await settle(settings, packet, await inOneTransaction(settings, packet, new Map([[stream, some]])));
      } catch (one) {
        failures.push(await named(settings, packet, one));
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${streams.size} streams failed`, { cause: error });
  }
}

async function inOneTransaction(
  { db, handlers }: ConsumeSettings,
  { producer }: Packet,
  streams: Streams,
): Promise<[string, StreamOutcome][]> {
  const outcomes = await runInTransaction(db, async (tx: Tx) => {
    // Sorted, so that two packets with the same streams lock their heads in the same order.
    const sorted = [...streams].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const taken = (await takeInAtOnce(tx, producer, sorted, handlers)) ?? [];
    if (taken.length === 0)
      for (const [stream, messages] of sorted)
        taken.push([stream, await takeIn(tx, producer, stream, messages, handlers)]);
    crashPoint('consume.before_commit');
    return taken;
  });
  crashPoint('consume.after_commit');
  return outcomes;
}

/** After the commit: acknowledge, and report numbers used twice. */
async function settle(
  settings: ConsumeSettings,
  { producer }: Packet,
  outcomes: readonly [string, StreamOutcome][],
): Promise<void> {
  for (const [stream, { seq, conflicts }] of outcomes) {
    if (seq > 0) settings.acknowledgements.add(producer, stream, seq);
    for (const conflict of conflicts) await alarm(settings, 'sequence_conflict', { producer, ...conflict });
  }
}

async function named(settings: ConsumeSettings, { producer }: Packet, error: unknown): Promise<unknown> {
  if (error instanceof MessageUnparsable) {
    await alarm(settings, 'message_unparsable', { producer, message: error.messageId, type: error.type });
  }
  return error;
}
