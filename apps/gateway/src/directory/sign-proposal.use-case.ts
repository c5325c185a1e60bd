import { refuse, type Refusal, isRefusal } from '#domain/decision';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { newestDirectory } from './agreed-directory.js';
import { administratorIds } from './directory.repository.js';
import { endorse, isAgreed } from './endorse.js';
import type { Administrator } from './first-directory.js';
import type { PreparedPasswords } from './one-time-passwords.js';
import { closeProposal, lockProposal, saveEndorsed } from './proposal.repository.js';
import { outcomeOf, type ProposalOutcome } from './proposal-outcome.js';
import { signingRefusal } from './proposal-rules.js';
import { publishDirectory, type PublishingPorts } from './publish-directory.js';

/** An administrator's own signature on a proposal he has looked at. */
export interface SignProposalCommand {
  readonly proposal: string;
  readonly content: string;
  readonly correlationId: string;
}

/**
 * An administrator signs a proposal with his own key, and once both have signed the same directory it is published.
 * Refusals: not_found, and as `signingRefusal`.
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
  const { content } = command;
  const ground = { person: by.person, content, newest, administrators, at, crypto: ports.crypto };
  const refusal = signingRefusal(proposal, ground);
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
    ports,
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
