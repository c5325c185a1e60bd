import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a person has opened and looked at: without it he cannot sign. `fromContent` is what he signed last, if anything. */
@Entity({ name: 'leg_view' })
export class LegViewRow {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('uuid') person: string;
  @PrimaryColumn('text') content: string;
  @Column('text', { name: 'from_content', nullable: true }) fromContent: string | null;
  @Column('timestamptz') at: Date;
}

/** 催办: the submitter asked the holders of a seat to act. */
@Entity({ name: 'leg_urge' })
// Serves "once per four hours and seat".
@Index('leg_urge_seat', ['seat', 'at'])
export class LegUrgeRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('uuid') seat: string;
  @Column('uuid') by: string;
  @Column('timestamptz') at: Date;
}

/** 抄送: a person who may read the case beside those who must act. */
@Entity({ name: 'leg_copy' })
export class LegCopyRow {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('uuid') person: string;
  @Column('uuid') by: string;
  @Column('timestamptz') at: Date;
}

/** 征求意见: an opinion asked of a person, or of an outsider who holds a link; `token` is the SHA-256 of what is in it. */
@Entity({ name: 'leg_consultation' })
@Index('leg_consultation_case', ['caseId'])
// Serves the link.
@Index('leg_consultation_token', ['token'], { unique: true })
@Check('leg_consultation_asked', '(person IS NULL) <> (token IS NULL)')
export class LegConsultationRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('int') round: number;
  @Column('text') stage: string;
  @Column('text') content: string;
  @Column('uuid', { name: 'asked_by' }) askedBy: string;
  @Column('uuid', { nullable: true }) person: string | null;
  @Column('text', { nullable: true }) token: string | null;
  @Column('text') question: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('text', { nullable: true }) opinion: string | null;
  @Column('text', { name: 'answered_by_name', nullable: true }) answeredByName: string | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt: Date | null;
}

/** 代理: a grant by its principal that this service verified for itself; `evidence` is its proof in the content store. */
@Entity({ name: 'deputy_copy' })
// Serves "for whom may this person sign".
@Index('deputy_copy_agent', ['agent'])
export class DeputyCopyRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') principal: string;
  @Column('uuid') agent: string;
  @Column('text') role: string;
  @Column('text') organ: string;
  @Column('timestamptz') since: Date;
  @Column('timestamptz') until: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column('text') evidence: string;
}
