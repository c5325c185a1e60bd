import { refuse, type Refusal } from '#domain/decision';
import { type Instant, plusSeconds } from '#domain/instant';
import type { EvidenceCrypto } from '#evidence/crypto';
import { directoryDifference } from './directory-difference.js';
import type { LawGround, RouteBook } from './directory-law.js';
import { awaitedAdministrator, contentDigest, type Endorsed } from './endorse.js';
import { lawRefusal } from './law-refusal.js';
import type { ProposalState } from './proposal.repository.js';

/** Services hear of a directory within seconds; what ends must not end before they have. */
const LEAD_SECONDS = 60;

/** A proposal as it stands when somebody is about to sign it. */
export interface SignableProposal extends Endorsed {
  readonly state: ProposalState;
  readonly basedOn: number;
  readonly endsFrom: Instant | null;
}

/** Who signs what he has seen, and what that is judged by. */
export interface SigningGround {
  readonly person: string;
  readonly content: string;
  readonly newest: LawGround;
  readonly administrators: readonly string[];
  readonly at: Instant;
  readonly crypto: Pick<EvidenceCrypto, 'sha256'>;
}

/** Guards of a signature on a proposal, in the order they are asked. A broken variant replaces one and must be caught. */
export interface SigningRules {
  isOpen(proposal: SignableProposal): boolean;
  isCurrent(proposal: SignableProposal, ground: SigningGround): boolean;
  isTurn(proposal: SignableProposal, ground: SigningGround): boolean;
  isSeen(proposal: SignableProposal, ground: SigningGround): boolean;
  isInTime(proposal: SignableProposal, ground: SigningGround): boolean;
  lawRefusal(proposal: SignableProposal, ground: SigningGround): Refusal | null;
}

/** The rules as they are. */
export const signingRules: SigningRules = {
  isOpen: ({ state }) => state === 'open',
  isCurrent: ({ basedOn }, { newest }) => newest.document.version === basedOn,
  isTurn: (proposal, { administrators, person }) => awaitedAdministrator(proposal, administrators) === person,
  isSeen: (proposal, { content, crypto }) => contentDigest(proposal, crypto) === content,
  isInTime: ({ endsFrom }, { at }) => endsFrom === null || endsFrom >= plusSeconds(at, LEAD_SECONDS),
  lawRefusal: (proposal, { newest, at }) => lawRefusal(proposal.document, bookWith(newest.routes, proposal), at),
};

/**
 * Null when the administrator may sign, else, in this order: proposal_closed, directory_moved_on (with the difference),
 * not_your_turn, content_changed, proposal_too_late, and those of the law at this very time.
 */
export function signingRefusal(
  proposal: SignableProposal,
  ground: SigningGround,
  rules: SigningRules = signingRules,
): Refusal | null {
  const { state, basedOn, document, endsFrom } = proposal;
  if (!rules.isOpen(proposal)) return refuse('proposal_closed', { state });
  if (!rules.isCurrent(proposal, ground)) {
    const { document: newest } = ground.newest;
    const difference = directoryDifference(document, newest);
    return refuse('directory_moved_on', { basedOn, newest: newest.version, difference });
  }
  if (!rules.isTurn(proposal, ground)) return refuse('not_your_turn');
  if (!rules.isSeen(proposal, ground)) return refuse('content_changed');
  if (!rules.isInTime(proposal, ground)) return refuse('proposal_too_late', { effectiveAt: endsFrom });
  return rules.lawRefusal(proposal, ground);
}

/** The routes known, with those a proposal brings. */
export function bookWith(known: RouteBook, { routes }: Pick<Endorsed, 'routes'>): RouteBook {
  return new Map([...known, ...routes.map((route) => [route.digest as string, route.document] as const)]);
}
