import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ReportRow } from './report.entity.js';

/** A place of a public report that the edition in hand may change; append-only. */
@Entity({ name: 'opened_place' })
export class OpenedPlaceRow {
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @ManyToOne(() => ReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'opened_place_report_id_fkey' })
  ofReport: ReportRow;
  @PrimaryColumn('int') edition: number;
  /** As `libs/report/src/correction/report-places.ts` writes it. */
  @PrimaryColumn('text') place: string;
  /** Null for a place the correction began with. */
  @Column('text', { nullable: true }) reason: string | null;
  @Column('uuid') person: string;
  @Column('timestamptz') at: Date;
}
