import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A passkey as this service verified its registration for itself; `evidence` names the proof in the content store.
 * `counter`: the highest the authenticator has told this service, 0 while it does not count.
 */
@Entity({ name: 'passkey_copy' })
// Serves the look-up of what an assertion claims to be from; no two passkeys are one.
@Index('passkey_copy_credential', ['credential'], { unique: true })
export class PasskeyCopyRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') person: string;
  @Column('text') credential: string;
  @Column('text', { name: 'public_key' }) publicKey: string;
  @Column('text', { name: 'rp_id' }) rpId: string;
  @Column('text') origin: string;
  @Column('timestamptz', { name: 'registered_at' }) registeredAt: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column('bigint') counter: string;
  @Column('text') evidence: string;
}
