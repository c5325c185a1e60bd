import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A report as drafting announced it last. */
@Entity({ name: 'report_view' })
@Index('report_view_recent', ['updatedAt', 'document'])
@Index('report_view_organ', ['organ', 'year'])
export class ReportViewRow {
  @PrimaryColumn('uuid') document: string;
  @Column('text') organ: string;
  @Column('integer') year: number;
  @Column('text') state: string;
  @Column('integer') revision: number;
  @Column('integer') errors: number;
  @Column('integer') warnings: number;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

/** One leg of a case as its service announced it last; a higher (round, version) replaces a lower one. */
@Entity({ name: 'case_view' })
@Index('case_view_document', ['document'])
@Index('case_view_organ', ['organ', 'year'])
export class CaseViewRow {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('text') leg: string;
  @Column('integer') round: number;
  @Column('integer') version: number;
  @Column('uuid') document: string;
  @Column('integer') edition: number;
  @Column('text') organ: string;
  @Column('integer') year: number;
  /** What the case asks for. */
  @Column('text') kind: string;
  @Column('text') state: string;
  @Column('text') content: string;
  @Column('text', { nullable: true }) stage: string | null;
  /** How many seats of this leg are signed. */
  @Column('integer') signed: number;
  @Column('timestamptz', { name: 'release_at', nullable: true }) releaseAt: Date | null;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

/** A seat that waits for a signature: what the inbox (轮到我) shows to the holders of its office. */
@Entity({ name: 'open_seat' })
@Index('open_seat_leg', ['caseId', 'leg'])
@Index('open_seat_office', ['role', 'organ'])
@Index('open_seat_person', ['person'])
export class OpenSeatRow {
  @PrimaryColumn('uuid') seat: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('text') leg: string;
  @Column('text') stage: string;
  @Column('text', { nullable: true }) role: string | null;
  @Column('text', { nullable: true }) organ: string | null;
  @Column('uuid', { nullable: true }) person: string | null;
  /** The office that may sign it as well, as `role@organ`, because its stage is overdue. */
  @Column('text', { nullable: true }) superior: string | null;
  @Column('timestamptz') since: Date;
}

/** Where a document is public. */
@Entity({ name: 'live_view' })
export class LiveViewRow {
  @PrimaryColumn('uuid') document: string;
  @Column('integer') edition: number;
  @Column('text') path: string;
  @Column('timestamptz') at: Date;
  /** Since when the address says that the edition was taken back. */
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt: Date | null;
}
