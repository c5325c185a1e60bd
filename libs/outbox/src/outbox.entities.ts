import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** A message to one subscriber. The row closes when the subscriber has acknowledged it, never before. */
@Entity({ name: 'outbox' })
@Unique('outbox_stream_seq', ['subscriber', 'stream', 'seq'])
// The relay's claim: open rows whose time has come, oldest first.
@Index('outbox_open', ['nextAt'], { where: 'acked_at is null' })
export class OutboxEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Order of writing within this service; packets keep it. */
  @Column('bigint', { generated: 'increment' })
  position: string;

  @Column('text')
  subscriber: string;

  @Column('uuid')
  stream: string;

  /** Gapless per (subscriber, stream), taken in the transaction of the change. */
  @Column('integer')
  seq: number;

  @Column('text')
  type: string;

  /** JSON text, exactly as it was checked. */
  @Column('text')
  body: string;

  @Column('uuid', { name: 'correlation_id' })
  correlationId: string;

  @Column('timestamptz', { name: 'occurred_at', default: () => 'clock_timestamp()' })
  occurredAt: Date;

  @Column('integer', { default: 0 })
  attempts: number;

  @Column('timestamptz', { name: 'next_at', default: () => 'clock_timestamp()' })
  nextAt: Date;

  @Column('timestamptz', { name: 'acked_at', nullable: true })
  ackedAt: Date | null;
}

/** The last number given out per subscriber and stream. */
@Entity({ name: 'outbox_head' })
export class OutboxHeadEntity {
  @PrimaryColumn('text')
  subscriber: string;

  @PrimaryColumn('uuid')
  stream: string;

  @Column('integer')
  seq: number;
}

/** A received message; kept for the life of the report, so that a repetition is always recognised. */
@Entity({ name: 'inbox' })
@Unique('inbox_stream_seq', ['producer', 'stream', 'seq'])
// The sweep for messages that wait for a predecessor.
@Index('inbox_parked', ['receivedAt'], { where: 'applied_at is null' })
export class InboxEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  producer: string;

  @Column('uuid')
  stream: string;

  @Column('integer')
  seq: number;

  @Column('text')
  type: string;

  /** The whole message as JSON text while it waits for a predecessor; null once applied. */
  @Column('text', { nullable: true })
  parked: string | null;

  @Column('timestamptz', { name: 'received_at', default: () => 'clock_timestamp()' })
  receivedAt: Date;

  @Column('timestamptz', { name: 'applied_at', nullable: true })
  appliedAt: Date | null;
}

/** The last number applied per producer and stream; its row lock puts deliveries in a line. */
@Entity({ name: 'inbox_head' })
export class InboxHeadEntity {
  @PrimaryColumn('text')
  producer: string;

  @PrimaryColumn('uuid')
  stream: string;

  @Column('integer')
  seq: number;
}

/** Packets already taken in; the same packet as a new job is a replay. Kept a week. */
@Entity({ name: 'inbox_packet' })
// Pruning by age.
@Index('inbox_packet_seen', ['seenAt'])
export class InboxPacketEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('timestamptz', { name: 'seen_at', default: () => 'clock_timestamp()' })
  seenAt: Date;
}

/** Something that must not happen did. `detail` holds ids, digests and codes only. */
@Entity({ name: 'alarm' })
// De-duplication and the administrators' list.
@Index('alarm_kind_at', ['kind', 'at'])
export class AlarmEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at: Date;

  @Column('text')
  kind: string;

  /** Same kind and fingerprint within ten minutes: one alarm. */
  @Column('text')
  fingerprint: string;

  @Column('jsonb')
  detail: Record<string, unknown>;
}

/** The tables every service holds for its messages; listed in each data source. */
export const outboxTables = [
  OutboxEntity,
  OutboxHeadEntity,
  InboxEntity,
  InboxHeadEntity,
  InboxPacketEntity,
  AlarmEntity,
] as const;
