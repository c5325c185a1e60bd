import { z } from 'zod';
import { InstantField, UuidField } from './fields.js';
import { ServiceName } from './services.js';

/** One message of a packet before its body is parsed by type. `stream`+`seq` order it per (producer, subscriber). */
export const PacketMessage = z.strictObject({
  id: UuidField,
  type: z.string().max(64),
  stream: UuidField,
  seq: z.int().positive(),
  occurredAt: InstantField,
  correlationId: UuidField,
  body: z.unknown(),
});

/** "I have applied everything of this stream up to and including `seq`." Closes outbox rows at the producer. */
export const PacketAck = z.strictObject({ stream: UuidField, seq: z.int().positive() });

/**
 * What one job carries: messages and acknowledgements from one service to one other, signed as a whole.
 * `id` equals the job's id, so a copy under another id is recognised as a replay.
 */
export const Packet = z.strictObject({
  v: z.literal(1),
  id: UuidField,
  epoch: UuidField,
  producer: ServiceName,
  subscriber: ServiceName,
  sentAt: InstantField,
  messages: z.array(PacketMessage).max(200),
  acks: z.array(PacketAck).max(1000),
});
export type Packet = z.infer<typeof Packet>;
export type PacketMessage = z.infer<typeof PacketMessage>;
export type PacketAck = z.infer<typeof PacketAck>;
