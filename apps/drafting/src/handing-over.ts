import { putContent } from '#content-store/content-store';
import { refuse, type Refusal } from '#domain/decision';
import { canonicalBytes } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { Digest } from '#domain/identifiers';
import type { SubmissionStatement } from '#evidence/statements';
import { announce } from '#outbox/announce';
import type { Tx } from '#persistence/transaction';
import { MAX_REASON, noticeBytes, type PublicNotice } from '#report/notice/public-notice';
import { unsafeCharacter } from '#report/text-safety';
import type { DraftingPorts } from './drafting-ports.js';
import { addSubmission } from './persistence/submission.repository.js';

const ENVELOPE = 'application/vnd.dsse.envelope.v1+json';
const NOTICE = 'application/vnd.sunward.notice+json';

/** One round to hand to sign-off, complete; `revision`: the one whose text it is about. */
export interface HandingOver {
  readonly statement: SubmissionStatement;
  readonly revision: number;
  readonly correlationId: string;
}

/** Signs and stores a submission, and announces it; the caller saves what it does to the report in the same transaction. */
export async function handOver(
  tx: Tx,
  { statement, revision, correlationId }: HandingOver,
  { signer }: Pick<DraftingPorts, 'signer'>,
): Promise<void> {
  const { contributors: _contributors, submitter, checks: _checks, at, ...edition } = statement;
  const { document, case: caseId, round, kind, content, route, notice = null } = edition;
  const envelope = sealEnvelope(PAYLOAD_TYPES.submission, statement, [signer]);
  const submission = await putContent(tx, canonicalBytes(envelope), ENVELOPE);
  const about = { case: caseId, round, edition: edition.edition, kind, revision, content, route, notice };
  await addSubmission(tx, document, { ...about, submission, submitter, at });
  const body = { ...edition, submission };
  await announce(tx, [{ type: 'drafting.edition-submitted', stream: document, correlationId, body }]);
}

/** Null for a reason that may be printed and signed; refuses reason_required, unsafe_text (code, at). */
export function whyNoReason(reason: string | null): Refusal<'reason_required' | 'unsafe_text'> | null {
  if (reason === null || reason.trim() === '' || reason.length > MAX_REASON) return refuse('reason_required');
  const unsafe = unsafeCharacter(reason);
  return unsafe === null ? null : refuse('unsafe_text', { ...unsafe });
}

/** Stores the exact bytes of a notice; whoever signs the case signs their digest. */
export function freezeNotice(tx: Tx, notice: PublicNotice): Promise<Digest> {
  return putContent(tx, noticeBytes(notice), NOTICE);
}
