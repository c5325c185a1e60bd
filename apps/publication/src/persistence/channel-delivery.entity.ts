import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One act on one report on its way to one channel; written in the transaction that moves the public address. */
@Entity({ name: 'channel_delivery' })
// The worker's query: what is due at a channel now.
@Index('channel_delivery_due', ['channel', 'nextAt'], { where: "state = 'waiting'" })
// GET /publications/:document, and what a later act overtakes.
@Index('channel_delivery_document', ['document'])
@Check('channel_delivery_state', "state IN ('waiting', 'prepared', 'delivered', 'superseded', 'dropped')")
@Check('channel_delivery_act', "act IN ('show', 'withdraw')")
@Check('channel_delivery_proved', "state <> 'delivered' OR (receipt IS NOT NULL AND delivered_at IS NOT NULL)")
@Check('channel_delivery_prepared', "state <> 'prepared' OR receipt IS NOT NULL")
export class ChannelDeliveryRow {
  /** Name of the channel, as the operator configured it. */
  @PrimaryColumn('text') channel: string;
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('int') round: number;
  @Column('uuid') document: string;
  @Column('int') edition: number;
  @Column('text') act: string;
  @Column('text') state: string;
  /** Attempts since it became due; a success sets them back. */
  @Column('int') attempts: number;
  @Column('timestamptz', { name: 'next_at' }) nextAt: Date;
  /** Stable code of why the last attempt failed. */
  @Column('text', { nullable: true }) defect: string | null;
  /** What was said with that code: a status, an address; never a secret, never text of the report. */
  @Column('jsonb', { name: 'defect_data', nullable: true }) defectData: unknown;
  /** Digest of the manifest of the files that were delivered. */
  @Column('text', { nullable: true }) tree: string | null;
  /** What the target proved to have, where, and for what was prepared what a person is to post. */
  @Column('jsonb', { nullable: true }) receipt: unknown;
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt: Date | null;
  /** Who confirmed by hand that it was posted. */
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy: string | null;
  /** Who works on it now, and until when nobody else may; a worker whose token is gone records nothing. */
  @Column('uuid', { name: 'lease_token', nullable: true }) leaseToken: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
