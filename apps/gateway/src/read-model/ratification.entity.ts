import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How the ratification (追认) of an emergency edition stands, as drafting announced it last. */
@Entity({ name: 'ratification_view' })
// What is counted on every dashboard: the open ones, the longest due first.
@Index('ratification_view_open', ['dueAt'], { where: "state IN ('owed', 'open', 'refused')" })
export class RatificationViewRow {
  @PrimaryColumn('uuid') document: string;
  @PrimaryColumn('integer') edition: number;
  @Column('text') organ: string;
  @Column('integer') year: number;
  @Column('text') state: string;
  @Column('uuid', { name: 'case_id', nullable: true }) caseId: string | null;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt: Date | null;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
