import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

/** One annual report of one organ through all its revisions and editions. */
@Entity({ name: 'report' })
// One report per organ and year.
@Unique('report_of_organ_and_year', ['organ', 'year'])
@Check('report_state', "state IN ('draft', 'submitted', 'returned', 'live', 'withdrawn')")
@Check('report_in_a_case', "state = 'draft' OR case_id IS NOT NULL")
@Check('report_public_state', "public_state IN ('none', 'live', 'withdrawn')")
@Check('report_public_in_a_case', "(public_state = 'none') = (public_case IS NULL)")
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
  /** What the last submission of a text asked for. */
  @Column('text', { nullable: true }) kind: string | null;
  @Column('int') round: number;
  @Column('int') edition: number;
  @Column('text', { name: 'public_state' }) publicState: string;
  /** The highest edition that ever was public. */
  @Column('int', { name: 'public_edition' }) publicEdition: number;
  /** The round that made it public: its submission has the exact bytes. */
  @Column('uuid', { name: 'public_case', nullable: true }) publicCase: string | null;
  @Column('int', { name: 'public_round', nullable: true }) publicRound: number | null;
  /** The last edition that was opened under locks; 0: none was. */
  @Column('int', { name: 'locked_edition', default: 0 }) lockedEdition: number;
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
// The submissions of a report, newest edition first.
@Index('submission_of_report', ['reportId', 'edition'])
export class SubmissionRow {
  @Column('uuid', { name: 'report_id' }) reportId: string;
  @ManyToOne(() => ReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'submission_report_id_fkey' })
  ofReport: ReportRow;
  @Column('int') edition: number;
  @PrimaryColumn('int') round: number;
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @Column('text') kind: string;
  @Column('int') revision: number;
  @Column('text') content: string;
  @Column('text') route: string;
  /** Digest of the signed submission statement in the content store. */
  @Column('text') submission: string;
  @Column('uuid') submitter: string;
  @Column('timestamptz') at: Date;
  /** Digest of what the public is told with it. */
  @Column('text', { nullable: true }) notice: string | null;
}

/** An act on a public edition beside the text in hand: its withdrawal, or the ratification of an emergency. */
@Entity({ name: 'public_act' })
// One open act of a kind on a report.
@Index('public_act_open', ['reportId', 'kind'], {
  unique: true,
  where: "state IN ('owed', 'prepared', 'submitted', 'returned', 'refused')",
})
// An emergency is put to ratification once, however often its going live is heard of.
@Index('public_act_ratified_once', ['reportId', 'edition'], { unique: true, where: "kind = 'ratify'" })
// The act a leg's message is about.
@Index('public_act_case', ['caseId'])
// The sweep over ratifications that could not be submitted yet.
@Index('public_act_owed', ['openedAt'], { where: "state = 'owed'" })
@Check('public_act_kind', "kind IN ('withdraw', 'ratify')")
@Check('public_act_state', "state IN ('owed', 'prepared', 'submitted', 'returned', 'refused', 'done', 'moot')")
@Check('public_act_in_a_case', "state NOT IN ('submitted', 'returned', 'done') OR case_id IS NOT NULL")
export class PublicActRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'report_id' }) reportId: string;
  @ManyToOne(() => ReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'public_act_report_id_fkey' })
  ofReport: ReportRow;
  @Column('text') kind: string;
  @Column('int') edition: number;
  @Column('text') state: string;
  @Column('uuid', { name: 'case_id', nullable: true }) caseId: string | null;
  @Column('int') round: number;
  /** By when an emergency is to be ratified; null while no calendar covers it. */
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt: Date | null;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
}
