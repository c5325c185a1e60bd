import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * 代理: a principal lets an agent sign one office for him, from `since` until before `until`. `evidence` names the signed
 * grant with the principal's own request in the content store. The view `acting_office` is whoever may take an office now.
 */
@Entity({ name: 'deputy' })
// Serves "who is away from this office", asked under the office's lock.
@Index('deputy_office', ['role', 'organ'])
@Index('deputy_principal', ['principal'])
@Index('deputy_agent', ['agent'])
@Check('deputy_another', 'principal <> agent')
@Check('deputy_period', 'since < until')
export class DeputyRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') principal: string;
  @Column('uuid') agent: string;
  @Column('text') role: string;
  @Column('text') organ: string;
  @Column('timestamptz') since: Date;
  @Column('timestamptz') until: Date;
  @Column('text') evidence: string;
  @Column('timestamptz', { name: 'granted_at' }) grantedAt: Date;
  /** From then on it counts for nothing; may lie ahead, when one of the two leaves. */
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column('uuid', { name: 'revoked_by', nullable: true }) revokedBy: string | null;
  /** False while a revocation has not been announced to the services. */
  @Column('boolean', { name: 'revocation_told', default: false }) revocationTold: boolean;
}
