import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

/** One annual report of one organ through all its revisions and editions. */
@Entity({ name: 'report' })
// One report per organ and year.
@Unique('report_of_organ_and_year', ['organ', 'year'])
@Check('report_state', "state IN ('draft', 'submitted', 'returned', 'live')")
@Check('report_in_a_case', "state = 'draft' OR case_id IS NOT NULL")
export class ReportRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') organ: string;
  @Column('int') year: number;
  @Column('text') state: string;
  @Column('int', { name: 'head_revision' }) headRevision: number;
  @Column('text', { name: 'head_digest', nullable: true }) headDigest: string | null;
  /** Failed checks of the head revision. */
  @Column('int') errors: number;
  @Column('int') warnings: number;
  @Column('uuid', { name: 'case_id', nullable: true }) caseId: string | null;
  @Column('int') round: number;
  @Column('int') edition: number;
  /** The revision that is public; whoever wrote a later one is a contributor of the next edition. */
  @Column('int', { name: 'live_revision' }) liveRevision: number;
  @Column('text', { name: 'live_path', nullable: true }) livePath: string | null;
}

/** What was saved, exactly; append-only. */
@Entity({ name: 'revision' })
@Index('revision_author', ['reportId', 'author'])
export class RevisionRow {
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @ManyToOne(() => ReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'revision_report_id_fkey' })
  ofReport: ReportRow;
  @PrimaryColumn('int') seq: number;
  @Column('int', { name: 'base_seq' }) baseSeq: number;
  /** Canonical JSON; `digest` is the SHA-256 of its UTF-8 bytes. */
  @Column('text') report: string;
  @Column('text') digest: string;
  @Column('uuid') author: string;
  @Column('timestamptz') at: Date;
  /** Name of the file it was read from. */
  @Column('text', { name: 'imported_from', nullable: true }) importedFrom: string | null;
}

/** One round handed to sign-off; append-only. */
@Entity({ name: 'submission' })
@Unique('submission_round', ['caseId', 'round'])
export class SubmissionRow {
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @ManyToOne(() => ReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'submission_report_id_fkey' })
  ofReport: ReportRow;
  @PrimaryColumn('int') edition: number;
  @PrimaryColumn('int') round: number;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('int') revision: number;
  @Column('text') content: string;
  @Column('text') route: string;
  /** Digest of the signed submission statement in the content store. */
  @Column('text') submission: string;
  @Column('uuid') submitter: string;
  @Column('timestamptz') at: Date;
}
