import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** 批注: what a person said about a cell, a sentence or a chapter. Insert only; what became of it are its events. */
@Entity({ name: 'note' })
// Serves the notes of a case, oldest first, and whether they block.
@Index('note_case', ['caseId', 'at'])
export class NoteRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('int') round: number;
  @Column('text') stage: string;
  @Column('uuid') document: string;
  /** Digest of the edition it was made on. */
  @Column('text') content: string;
  @Column('uuid') author: string;
  /** The principal for whom a deputy made it (乙代甲). */
  @Column('uuid', { name: 'on_behalf_of', nullable: true }) onBehalfOf: string | null;
  /** What it is bound to, JSON of the report library. */
  @Column('text') anchor: string;
  @Column('text') text: string;
  /** What shall stand there instead. */
  @Column('text', { nullable: true }) suggestion: string | null;
  /** Digest of the suggestion's document in the content store. */
  @Column('text', { name: 'suggestion_digest', nullable: true }) suggestionDigest: string | null;
  @Column('timestamptz') at: Date;
}

/** A reply to a note, or its end. Insert only. */
@Entity({ name: 'note_event' })
// Serves what became of a note, in the order of time.
@Index('note_event_note', ['note', 'at'])
// A note is closed once by people, and its suggestion accepted once.
@Index('note_event_closed', ['note'], { unique: true, where: "kind IN ('resolved', 'withdrawn')" })
@Index('note_event_accepted', ['note'], { unique: true, where: "kind = 'accepted'" })
@Check('note_event_kind', "kind IN ('replied', 'resolved', 'withdrawn', 'accepted')")
export class NoteEventRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') note: string;
  @Column('text') kind: string;
  @Column('uuid') by: string;
  /** The principal for whom a deputy did it. */
  @Column('uuid', { name: 'on_behalf_of', nullable: true }) onBehalfOf: string | null;
  @Column('text', { nullable: true }) text: string | null;
  /** The drafter's revision that has the suggestion. */
  @Column('int', { nullable: true }) revision: number | null;
  @Column('timestamptz') at: Date;
}
