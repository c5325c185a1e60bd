import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One round of one case on its way to the public. */
@Entity({ name: 'publication_job' })
// An edition is published once, whichever round its signatures came from (A12).
@Index('publication_job_published_once', ['document', 'edition'], {
  unique: true,
  where: "state IN ('live', 'superseded', 'withdrawn')",
})
// An edition is withdrawn, and ratified, once.
@Index('publication_job_acted_once', ['document', 'edition', 'kind'], { unique: true, where: "state = 'done'" })
// The publisher's query: what is due now.
@Index('publication_job_due', ['nextAt'], { where: "state = 'publishing'" })
// GET /publications/:document.
@Index('publication_job_document', ['document'])
// The sweep from an address to the jobs whose files may stand there.
@Index('publication_job_tree', ['pageTree'])
@Check(
  'publication_job_state',
  "state IN ('waiting', 'publishing', 'live', 'superseded', 'withdrawn', 'done', 'passed', 'held', 'dropped')",
)
@Check(
  'publication_job_proved',
  "state NOT IN ('live', 'superseded', 'withdrawn') OR (page_tree IS NOT NULL AND receipt IS NOT NULL)",
)
@Check('publication_job_acted', "state NOT IN ('done', 'passed') OR receipt IS NOT NULL")
@Check('publication_job_held_for', "state <> 'held' OR defect IS NOT NULL")
export class PublicationJobRow {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('int') round: number;
  @Column('uuid') document: string;
  @Column('int') edition: number;
  @Column('text') content: string;
  @Column('text', { nullable: true }) organ: string | null;
  @Column('int', { nullable: true }) year: number | null;
  /** What the case asks for; null until drafting's message or the verified bundle says it. */
  @Column('text', { nullable: true }) kind: string | null;
  @Column('text', { nullable: true }) bundle: string | null;
  @Column('text') state: string;
  /** Stable code: why it is held, or why the last attempt failed. */
  @Column('text', { nullable: true }) defect: string | null;
  @Column('int') attempts: number;
  @Column('timestamptz', { name: 'next_at' }) nextAt: Date;
  /** Who works on it now, and until when nobody else may; a publisher whose token is gone stops. */
  @Column('uuid', { name: 'lease_token', nullable: true }) leaseToken: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil: Date | null;
  /** Digest of the manifest of its public files. */
  @Column('text', { name: 'page_tree', nullable: true }) pageTree: string | null;
  @Column('text', { nullable: true }) receipt: string | null;
  /** Digest of the proof that the entry of the last signature is in the log. */
  @Column('text', { nullable: true }) inclusion: string | null;
  /** Of the message that moved it last; what is announced about it carries it on. */
  @Column('uuid', { name: 'correlation_id' }) correlationId: string;
  @Column('timestamptz', { name: 'released_at', nullable: true }) releasedAt: Date | null;
  @Column('timestamptz', { name: 'live_at', nullable: true }) liveAt: Date | null;
}
