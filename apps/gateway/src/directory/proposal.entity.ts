import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A change of the directory one administrator proposed. `document`, `routes` and `signatures` are canonical JSON: what is
 * to be published and who has signed it so far. `changes` is what was asked for, names included; they stay here.
 */
@Entity({ name: 'directory_proposal' })
// Serves the list of what waits for an administrator.
@Index('directory_proposal_open', ['proposedAt'], { where: `state = 'open'` })
@Check('directory_proposal_decided', `(state = 'open') = (decided_at IS NULL)`)
@Check('directory_proposal_by_another', `state <> 'published' OR first_signer <> last_signer`)
export class DirectoryProposalRow {
  @PrimaryColumn('uuid') id: string;
  @Column('integer', { name: 'based_on' }) basedOn: number;
  @Column('text') state: string;
  @Column('text') reason: string;
  @Column('text') changes: string;
  @Column('text') document: string;
  @Column('text') routes: string;
  @Column('text') signatures: string;
  /** What goes with it beside the document: people, passwords, leavers; JSON. */
  @Column('text') beside: string;
  @Column('timestamptz', { name: 'ends_from', nullable: true }) endsFrom: Date | null;
  @Column('uuid', { name: 'proposed_by' }) proposedBy: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt: Date;
  @Column('uuid', { name: 'first_signer', nullable: true }) firstSigner: string | null;
  @Column('uuid', { name: 'last_signer', nullable: true }) lastSigner: string | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('text', { name: 'decision_reason', nullable: true }) decisionReason: string | null;
}
