import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A passkey of a person. `evidence` names the signed registration with his own request in the content store; what the
 * services go by is that, never this row.
 */
@Entity({ name: 'passkey' })
@Index('passkey_person', ['person'])
// One authenticator's key is one passkey of one person, revoked ones included.
@Index('passkey_credential', ['credential'], { unique: true })
export class PasskeyRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') person: string;
  @Column('text') name: string;
  @Column('text') credential: string;
  @Column('text') algorithm: string;
  @Column('text') origin: string;
  @Column('text', { array: true }) transports: string[];
  /** Its key can leave the device it was made on. */
  @Column('boolean') synced: boolean;
  @Column('text') evidence: string;
  @Column('timestamptz', { name: 'registered_at' }) registeredAt: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  /** The administrator who revoked it, and why; null where its owner did. */
  @Column('uuid', { name: 'revoked_by', nullable: true }) revokedBy: string | null;
  @Column('text', { name: 'revoked_reason', nullable: true }) revokedReason: string | null;
}

/** The registration a session has begun: at most one, answered at most once. */
@Entity({ name: 'passkey_challenge' })
@Index('passkey_challenge_expiry', ['expiresAt'])
export class PasskeyChallengeRow {
  @PrimaryColumn('uuid') session: string;
  @Column('text') challenge: string;
  @Column('text') name: string;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
}
