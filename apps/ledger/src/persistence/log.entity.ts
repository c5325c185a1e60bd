import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** An entry's hash that has come in and has no place in the log yet. */
@Entity({ name: 'log_arrival' })
@Index('log_arrival_order', ['position'])
export class LogArrivalRow {
  @PrimaryColumn('text') hash: string;
  /** Order of arrival. */
  @Column('bigint', { generated: 'increment' }) position: string;
  @Column('text') producer: string;
  /** Whether the producer wants to be told how it is included. */
  @Column('boolean') proof: boolean;
}

/** A leaf of the log: the hash of one entry of one service. */
@Entity({ name: 'log_leaf' })
@Unique('log_leaf_hash', ['hash'])
export class LogLeafRow {
  @PrimaryColumn('integer') index: number;
  @Column('text') hash: string;
  @Column('text') producer: string;
}

/** A full subtree of the log above the leaves, so that a proof reads a few rows. */
@Entity({ name: 'log_node' })
export class LogNodeRow {
  @PrimaryColumn('integer') level: number;
  @PrimaryColumn('integer') index: number;
  @Column('text') hash: string;
}

/** A head of the log as it was signed. After a restore a size may come again, in another epoch. */
@Entity({ name: 'log_checkpoint' })
export class LogCheckpointRow {
  @PrimaryColumn('uuid') epoch: string;
  @PrimaryColumn('integer') size: number;
  @Column('text') root: string;
  @Column('timestamptz') at: Date;
  /** The signed note. */
  @Column('text') note: string;
}
