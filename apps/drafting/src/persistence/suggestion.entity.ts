import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A suggestion a note made on this report; what it says is in the content store under `digest`. */
@Entity({ name: 'suggestion' })
// Serves what waits for the drafter of a report.
@Index('suggestion_waiting', ['document'], { where: "state = 'waiting'" })
@Check('suggestion_state', "state IN ('waiting', 'accepted', 'closed')")
@Check('suggestion_accepted', "(state = 'accepted') = (revision IS NOT NULL)")
export class SuggestionRow {
  @PrimaryColumn('uuid') note: string;
  @Column('uuid') document: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('int') round: number;
  @Column('text') leg: string;
  @Column('text') digest: string;
  @Column('text') state: string;
  /** The revision that has it. */
  @Column('int', { nullable: true }) revision: number | null;
}
