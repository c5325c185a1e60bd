import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The text of a live edition as the search compares it: a place to look at, never something to show. */
@Entity({ name: 'search_entry' })
// The one way every question goes: reports that hold all pairs of letters of a word.
@Index('search_entry_pairs', { synchronize: false })
// The years there are.
@Index('search_entry_year', ['year'])
export class SearchEntryRow {
  @PrimaryColumn('uuid') document: string;
  @Column('text') organ: string;
  /** Folded name of the organ and title. */
  @Column('text') names: string;
  @Column('int') year: number;
  @Column('int') edition: number;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('int') round: number;
  /** The way of folding and pairing it was made by. */
  @Column('int') form: number;
  /** Folded, a passage a line. */
  @Column('text') text: string;
  @Column('int', { array: true }) pairs: number[];
}
