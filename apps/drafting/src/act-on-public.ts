import { serviceKeys } from '#evidence/trust';
import type { SubmissionStatement } from '#evidence/statements';
import type { Handle } from '#persistence/sql';
import { opened, storedEnvelope } from '#signoff/stored-evidence';
import type { DraftingPorts } from './drafting-ports.js';
import type { StoredReport } from './persistence/report.repository.js';
import { findSubmission, type StoredSubmission } from './persistence/submission.repository.js';

/** The submission that made a report public, and what drafting signed in it. */
export interface PublicEdition {
  readonly submission: StoredSubmission;
  readonly statement: SubmissionStatement;
}

/** What is public of a report, or was until it was withdrawn; undefined while nothing ever was. Throws when it is not what was signed. */
export async function publicEditionOf(
  handle: Handle,
  report: Pick<StoredReport, 'publicCase' | 'publicRound'>,
  ports: Pick<DraftingPorts, 'trust' | 'crypto'>,
): Promise<PublicEdition | undefined> {
  const submission = await findSubmission(handle, { case: report.publicCase, round: report.publicRound });
  if (submission === undefined) return undefined;
  return { submission, statement: await signedSubmission(handle, submission, ports) };
}

/** What drafting signed when it handed a round over. */
export async function signedSubmission(
  handle: Handle,
  { submission }: Pick<StoredSubmission, 'submission'>,
  { trust, crypto }: Pick<DraftingPorts, 'trust' | 'crypto'>,
): Promise<SubmissionStatement> {
  const envelope = await storedEnvelope(handle, submission);
  return opened('submission', envelope, serviceKeys(trust, 'drafting', crypto), crypto).statement;
}
