import { refuse, type Refusal } from '#domain/decision';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import type { AgreementPorts } from './agreed-directory.js';
import { closeProposal, lockProposal } from './proposal.repository.js';
import { outcomeOf, type ProposalOutcome } from './proposal-outcome.js';

/** Ends a proposal without publishing it: its proposer withdraws it, the other administrator rejects it with a reason. */
export interface CloseProposalCommand {
  readonly proposal: string;
  readonly person: string;
  readonly act: { readonly type: 'withdraw' } | { readonly type: 'reject'; readonly reason: string };
}

/** Refusals: not_found, proposal_closed, not_proposer (to withdraw), own_proposal (to reject). */
export async function endProposal(
  tx: Tx,
  { proposal: id, person, act }: CloseProposalCommand,
  { crypto }: Pick<AgreementPorts, 'crypto'>,
): Promise<ProposalOutcome | Refusal> {
  const proposal = await lockProposal(tx, id);
  if (proposal === undefined) return refuse('not_found');
  if (proposal.state !== 'open') return refuse('proposal_closed', { state: proposal.state });
  const isOwn = proposal.proposedBy === person;
  if (act.type === 'withdraw' && !isOwn) return refuse('not_proposer');
  if (act.type === 'reject' && isOwn) return refuse('own_proposal');
  const state = act.type === 'withdraw' ? ('withdrawn' as const) : ('rejected' as const);
  const at = await databaseNow(tx);
  await closeProposal(tx, id, { state, by: person, at, reason: act.type === 'reject' ? act.reason : null });
  return outcomeOf({ ...proposal, state }, [], crypto);
}
