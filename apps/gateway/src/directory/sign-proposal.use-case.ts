import { refuse, type Refusal, isRefusal } from '#domain/decision';
import { type Instant, plusSeconds } from '#domain/instant';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { type AgreedDirectory, newestDirectory } from './agreed-directory.js';
import { administratorIds } from './directory.repository.js';
import { directoryDifference } from './directory-difference.js';
import { awaitedAdministrator, contentDigest, endorse, isAgreed } from './endorse.js';
import type { Administrator } from './first-directory.js';
import { lawRefusal } from './law-refusal.js';
import type { PreparedPasswords } from './one-time-passwords.js';
import { closeProposal, lockProposal, saveEndorsed, type StoredProposal } from './proposal.repository.js';
import { outcomeOf, type ProposalOutcome } from './proposal-outcome.js';
import { publishDirectory, type PublishingPorts } from './publish-directory.js';

/** Services hear of a directory within seconds; what ends must not end before they have. */
const LEAD_SECONDS = 60;

/** An administrator's own signature on a proposal he has looked at. */
export interface SignProposalCommand {
  readonly proposal: string;
  readonly content: string;
  readonly correlationId: string;
}

/**
 * An administrator signs a proposal with his own key, and once both have signed the same directory it is published.
 * Refusals, in this order: not_found, proposal_closed, directory_moved_on (with the difference), not_your_turn,
 * content_changed, proposal_too_late, and those of the law at this very time.
 */
export async function signProposal(
  tx: Tx,
  command: SignProposalCommand,
  by: Administrator,
  ports: PublishingPorts,
  passwords: PreparedPasswords,
): Promise<ProposalOutcome | Refusal> {
  const proposal = await lockProposal(tx, command.proposal);
  if (proposal === undefined) return refuse('not_found');
  const newest = await newestDirectory(tx, ports);
  if (newest === undefined) return refuse('not_set_up');
  const administrators = await administratorIds(tx);
  const at = await databaseNow(tx);
  const refusal = refusalOf(proposal, command, { by, newest, administrators, at, crypto: ports.crypto });
  if (refusal !== null) return refusal;

  const outcome = (stands: Parameters<typeof outcomeOf>[0]): ProposalOutcome =>
    outcomeOf(stands, administrators, ports.crypto);
  const endorsed = endorse(proposal, by, ports.crypto);
  await saveEndorsed(tx, proposal.id, endorsed);
  if (!isAgreed(endorsed)) return outcome({ ...endorsed, id: proposal.id, state: 'open' });
  const published = await publishDirectory(tx, { ...proposal, ...endorsed }, newest, {
    by: by.person,
    passwords,
    correlationId: command.correlationId,
  });
  if (isRefusal(published)) throw new ProposalOvertaken(proposal.id);
  const [first, last] = endorsed.signatures.map(({ person }) => person);
  await closeProposal(tx, proposal.id, {
    state: 'published',
    by: by.person,
    at,
    reason: null,
    signers: [first!, last!],
  });
  return outcome({ ...endorsed, id: proposal.id, state: 'published' });
}

/** Another proposal was published between reading the newest version and claiming the next; the command is run again. */
export class ProposalOvertaken extends Error {
  /** As PostgreSQL's serialization failure: `runInTransaction` runs the whole act again. */
  readonly code = '40001';

  constructor(proposal: string) {
    super(`proposal ${proposal} was overtaken by another`);
    this.name = 'ProposalOvertaken';
  }
}

interface SigningGround {
  readonly by: Administrator;
  readonly newest: AgreedDirectory;
  readonly administrators: readonly string[];
  readonly at: Instant;
  readonly crypto: PublishingPorts['crypto'];
}

function refusalOf(
  proposal: StoredProposal,
  { content }: SignProposalCommand,
  { by, newest, administrators, at, crypto }: SigningGround,
): Refusal | null {
  const { state, basedOn, document, routes, endsFrom } = proposal;
  if (state !== 'open') return refuse('proposal_closed', { state });
  if (newest.document.version !== basedOn) {
    const difference = directoryDifference(document, newest.document);
    return refuse('directory_moved_on', { basedOn, newest: newest.document.version, difference });
  }
  if (awaitedAdministrator(proposal, administrators) !== by.person) return refuse('not_your_turn');
  if (contentDigest(proposal, crypto) !== content) return refuse('content_changed');
  if (endsFrom !== null && endsFrom < plusSeconds(at, LEAD_SECONDS))
    return refuse('proposal_too_late', { effectiveAt: endsFrom });
  const book = new Map([...newest.routes, ...routes.map((route) => [route.digest as string, route.document] as const)]);
  return lawRefusal(document, book, at);
}
