import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { ReportRow } from './report.entity.js';

/** The file of last year's report that stands beside a draft; another one takes its place, its bytes stay in the content store. */
@Entity({ name: 'last_year_file' })
export class LastYearFileRow {
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @OneToOne(() => ReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'last_year_file_report_id_fkey' })
  ofReport: ReportRow;
  @Column('text', { name: 'file_name' }) fileName: string;
  /** SHA-256 of the file as it was sent. */
  @Column('text') digest: string;
  /** What was read from it, as JSON. */
  @Column('text') report: string;
  @Column('uuid') author: string;
  @Column('timestamptz') at: Date;
}
