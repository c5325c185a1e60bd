import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A notice to one person over one channel, with what became of it. Live until `voidAt`; kept for ever, as proof of who
 * was told what and when. Ids and codes only: the sentence is made when it is read.
 */
@Entity({ name: 'notice' })
@Index('notice_live', ['person', 'topic', 'channel'], { unique: true, where: 'void_at IS NULL' })
@Index('notice_scope', ['scope'])
export class NoticeRow {
  @PrimaryColumn('uuid') id: string;
  /** The report, or the directory, whose facts decide whether it is true. */
  @Column('text') scope: string;
  @Column('uuid') person: string;
  @Column('text') channel: string;
  @Column('text') kind: string;
  @Column('text') topic: string;
  @Column('text') mark: string;
  @Column('text', { nullable: true }) organ: string | null;
  @Column('integer', { nullable: true }) year: number | null;
  @Column('uuid', { nullable: true }) document: string | null;
  @Column('uuid', { name: 'case_id', nullable: true }) caseId: string | null;
  @Column('integer', { nullable: true }) round: number | null;
  @Column('uuid', { nullable: true }) seat: string | null;
  @Column('text', { nullable: true }) stage: string | null;
  @Column('uuid', { nullable: true }) actor: string | null;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'deliver_after' }) deliverAfter: Date;
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt: Date | null;
  @Column('timestamptz', { name: 'read_at', nullable: true }) readAt: Date | null;
  @Column('timestamptz', { name: 'void_at', nullable: true }) voidAt: Date | null;
  @Column('text', { name: 'void_reason', nullable: true }) voidReason: string | null;
}

/** When what is true of a scope changes by itself next; null when it does not. The due times that the sweep looks at. */
@Entity({ name: 'notice_clock' })
@Index('notice_clock_next', ['nextAt'])
export class NoticeClockRow {
  @PrimaryColumn('text') scope: string;
  @Column('timestamptz', { name: 'next_at', nullable: true }) nextAt: Date | null;
  /** The directory version its holders of office were read from. */
  @Column('integer') directory: number;
}

/** A person's own quiet hours; who has none here has the default ones. Times of day in Asia/Shanghai. */
@Entity({ name: 'notice_settings' })
export class NoticeSettingsRow {
  @PrimaryColumn('uuid') person: string;
  @Column('text', { name: 'quiet_from' }) quietFrom: string;
  @Column('text', { name: 'quiet_until' }) quietUntil: string;
  @Column('boolean', { name: 'quiet_on_days_off' }) quietOnDaysOff: boolean;
}
