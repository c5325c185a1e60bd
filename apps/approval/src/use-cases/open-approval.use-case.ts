import { getContent } from '#content-store/content-store';
import type { InboundMessage } from '#contracts/routing';
import { digest } from '#domain/identifiers';
import { parseCanonical } from '#evidence/canonical';
import { isDefect } from '#evidence/defect';
import { serviceKeys } from '#evidence/trust';
import type { Tx } from '#persistence/transaction';
import { requireDirectory } from '#signoff/directory-copy.repository';
import { judgeLeg } from '#signoff/judge-leg';
import { lockLegCase } from '#signoff/leg-case.repository';
import type { LegPorts } from '#signoff/leg-ports';
import { type ExpectedReview, type ProvenReview, readReviewRecord, verifyReview } from '#signoff/review-record';
import { BadEvidence, expectSame, opened, storedEnvelope } from '#signoff/stored-evidence';
import { listedRoute, openLeg } from '#signoff/use-cases/open-leg.use-case';

/**
 * Opens the approval leg of a case whose review is complete, after verifying the submission and the dossier behind the
 * message. The persons the review counted come along, so that nobody signs in both legs. When all of it is proved but a
 * signer had left his office by what is known now, the leg goes straight back to his stage. Throws BadEvidence.
 */
export async function openApproval(
  tx: Tx,
  { body, correlationId }: InboundMessage<'review.cleared'>,
  ports: LegPorts,
): Promise<void> {
  const { dossier, submission: submissionText, pass = 1, directory: acceptedBy = 0, ...announced } = body;
  const submissionDigest = digest(submissionText);
  const keys = serviceKeys(ports.trust, 'drafting', ports.crypto);
  const { statement } = opened('submission', await storedEnvelope(tx, submissionDigest), keys, ports.crypto);
  expectSame('submission', statement, announced);
  const directory = await requireDirectory(tx);
  const { route } = await listedRoute(tx, directory, statement, ports);
  const directories = { directory: directory.document, directoryDigest: directory.digest };
  const expected = { submission: statement, submissionDigest, route, ...directories };
  const { persons, at: reviewedAt, lapsed } = await provenReview(tx, dossier, expected, ports);
  const { version } = directory.document;
  if (lapsed.length > 0 && version < acceptedBy)
    throw new Error(`directory version ${version} may not know yet who signed under version ${acceptedBy}`);
  const { checks: _checks, at: submittedAt, notice = null, ...facts } = statement;
  const round = {
    ...facts,
    notice,
    pass,
    leg: 'approval' as const,
    submission: submissionDigest,
    countedElsewhere: persons,
  };
  await openLeg(tx, { round, submittedAt, reviewedAt, dossier: digest(dossier), correlationId }, ports);
  const leg = lapsed.length === 0 ? undefined : await lockLegCase(tx, round.case);
  if (leg !== undefined) await judgeLeg(tx, leg, directory, correlationId, ports);
}

async function provenReview(
  tx: Tx,
  dossier: string,
  expected: ExpectedReview,
  { trust, crypto }: LegPorts,
): Promise<ProvenReview> {
  const record = readReviewRecord(parseCanonical(await getContent(tx, dossier)));
  const proven = isDefect(record) ? record : verifyReview(record, expected, trust, crypto);
  if (isDefect(proven)) throw new BadEvidence(proven.defect, proven.where, proven.detail);
  return proven;
}
