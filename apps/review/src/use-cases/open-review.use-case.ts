import type { InboundMessage } from '#contracts/routing';
import { digest } from '#domain/identifiers';
import { serviceKeys } from '#evidence/trust';
import type { Tx } from '#persistence/transaction';
import type { LegPorts } from '#signoff/leg-ports';
import { expectSame, opened, storedEnvelope } from '#signoff/stored-evidence';
import { openLeg } from '#signoff/use-cases/open-leg.use-case';

/**
 * Opens the review leg of a submitted edition. The message is only the hint: what counts is the submission statement
 * drafting signed, and the message must say the same. Throws BadEvidence when it does not.
 */
export async function openReview(
  tx: Tx,
  { body, correlationId }: InboundMessage<'drafting.edition-submitted'>,
  ports: LegPorts,
): Promise<void> {
  const { submission: submissionDigest, ...announced } = body;
  const envelope = await storedEnvelope(tx, submissionDigest);
  const { statement } = opened(
    'submission',
    envelope,
    serviceKeys(ports.trust, 'drafting', ports.crypto),
    ports.crypto,
  );
  expectSame('submission', statement, announced);
  const round = {
    case: statement.case,
    round: statement.round,
    pass: 1,
    kind: statement.kind,
    leg: 'review' as const,
    document: statement.document,
    edition: statement.edition,
    organ: statement.organ,
    year: statement.year,
    content: statement.content,
    route: statement.route,
    submission: digest(submissionDigest),
    submitter: statement.submitter,
    contributors: statement.contributors,
    notBefore: statement.notBefore,
    notice: statement.notice ?? null,
    countedElsewhere: [],
  };
  await openLeg(tx, { round, submittedAt: statement.at, reviewedAt: null, dossier: null, correlationId }, ports);
}
