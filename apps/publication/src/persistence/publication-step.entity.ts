import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One step of one attempt to publish, as it was measured. Never changed, never removed. */
@Entity({ name: 'publication_step' })
@Check(
  'publication_step_name',
  "step IN ('begun', 'proof', 'page', 'files', 'address', 'read-back', 'labels', 'receipt', 'files-added')",
)
@Check('publication_step_order', 'ended_at >= started_at AND attempt > 0')
@Check('publication_step_figures', "jsonb_typeof(figures) = 'object'")
@Check('publication_step_cause', 'defect IS NOT NULL OR defect_data IS NULL')
export class PublicationStepRow {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('int') round: number;
  /** Counted from 1; the number the job had when it was leased. */
  @PrimaryColumn('int') attempt: number;
  @PrimaryColumn('text') step: string;
  /** By the database's clock; how long it took is the process's own measure. */
  @PrimaryColumn('timestamptz', { name: 'started_at' }) startedAt: Date;
  @Column('timestamptz', { name: 'ended_at' }) endedAt: Date;
  /** What it found: counts, sizes, digests, addresses. */
  @Column('jsonb') figures: unknown;
  /** Stable code of why it failed; null when it did not. */
  @Column('text', { nullable: true }) defect: string | null;
  /** What fills the sentence of that code. */
  @Column('jsonb', { name: 'defect_data', nullable: true }) defectData: unknown;
}
