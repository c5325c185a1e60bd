import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** What a public address shows. The files follow this row, never the other way round. */
@Entity({ name: 'live_pointer' })
// One report per public address.
@Unique('live_pointer_address', ['organ', 'year'])
@Check('live_pointer_state', "state IN ('live', 'withdrawn')")
export class LivePointerRow {
  @PrimaryColumn('uuid') document: string;
  @Column('text') organ: string;
  @Column('int') year: number;
  /** `withdrawn`: the address says that this edition was taken back, and why. */
  @Column('text') state: string;
  @Column('int') edition: number;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('int') round: number;
  @Column('text') tree: string;
  @Column('timestamptz') at: Date;
}
