import type { EvidenceCrypto } from '#evidence/crypto';
import { awaitedAdministrator, contentDigest, type Endorsed } from './endorse.js';
import type { ProposalState } from './proposal.repository.js';

/** What a command on a proposal answers. */
export interface ProposalOutcome {
  readonly proposal: string;
  readonly state: ProposalState;
  readonly content: string;
  readonly awaits: string | null;
  readonly published: number | null;
}

/** How a proposal stands after a command. */
export function outcomeOf(
  proposal: Endorsed & { readonly id: string; readonly state: ProposalState },
  administrators: readonly string[],
  crypto: Pick<EvidenceCrypto, 'sha256'>,
): ProposalOutcome {
  const { id, state, document } = proposal;
  return {
    proposal: id,
    state,
    content: contentDigest(proposal, crypto),
    awaits: state === 'open' ? awaitedAdministrator(proposal, administrators) : null,
    published: state === 'published' ? document.version : null,
  };
}
