import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The stored answer of every command, so that the same key always gets the same answer. Kept for ever. */
@Entity({ name: 'command' })
export class CommandEntity {
  @PrimaryColumn('uuid')
  actor: string;

  /** The caller's Idempotency-Key. */
  @PrimaryColumn('text')
  key: string;

  /** Digest of method, path and body: the same key with another request is refused. */
  @Column('text', { name: 'request_hash' })
  requestHash: string;

  /** HTTP status; null only inside the transaction that is still deciding. */
  @Column('integer', { nullable: true })
  status: number | null;

  @Column('json', { nullable: true })
  body: unknown;

  @Column('timestamptz', { default: () => 'now()' })
  at: Date;
}
