import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a leg announced last and only the notices need. */
@Entity({ name: 'leg_notice_facts' })
export class LegNoticeFactsRow {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('text') leg: string;
  @Column('text', { nullable: true }) ending: string | null;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt: Date | null;
  @Column('boolean') overdue: boolean;
  @Column('text', { name: 'blocked_stage', nullable: true }) blockedStage: string | null;
  @Column('uuid', { nullable: true }) submitter: string | null;
}

/** Somebody is to be told of an act that changed nothing in a case; `id` is the message's. */
@Entity({ name: 'notice_request' })
@Index('notice_request_case', ['caseId'])
// Serves the cases a person was let into.
@Index('notice_request_person', ['person'])
export class NoticeRequestRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('integer') round: number;
  @Column('uuid', { nullable: true }) seat: string | null;
  @Column('text', { nullable: true }) stage: string | null;
  @Column('uuid', { nullable: true }) person: string | null;
  @Column('uuid', { nullable: true }) by: string | null;
  @Column('timestamptz') at: Date;
}
