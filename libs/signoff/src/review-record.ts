import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import { type Decision, decisionList } from '#evidence/bundle';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { defect, type Defect, isDefect } from '#evidence/defect';
import { type Envelope, envelopeShape } from '#evidence/dsse';
import { openStatement } from '#evidence/open-statement';
import { mismatch } from '#evidence/same-statement';
import { oneOf, record } from '#evidence/shape';
import type {
  DirectoryDocument,
  DossierStatement,
  RouteDocument,
  SealStatement,
  SubmissionStatement,
} from '#evidence/statements';
import { serviceKeys, type Trust } from '#evidence/trust';
import { verifyDecision } from '#evidence/verify-decision';
import { heldOffice, verifySlots } from '#evidence/verify-seats';
import { stagesOf } from '#evidence/route-law';

/** What the review leg hands on through the content store, as canonical JSON. */
export interface ReviewRecord {
  readonly schema: 'sunward.review-leg/1';
  readonly decisions: readonly Decision[];
  readonly dossier: Envelope;
}

/** What the approval leg knows for itself before it believes the review leg. Digests are of envelopes. */
export interface ExpectedReview {
  readonly submission: SubmissionStatement;
  readonly submissionDigest: Digest;
  readonly route: RouteDocument;
  readonly directory: DirectoryDocument;
  readonly directoryDigest: Digest;
}

/**
 * What a complete review leg hands on: the persons it counted, when the last of them signed, and the stages with a signer
 * whom the directory asked does not find in office then: as it stands, no verifier will accept them.
 */
export interface ProvenReview {
  readonly persons: readonly string[];
  readonly at: Instant;
  readonly lapsed: readonly string[];
}

const shape = record({ schema: oneOf('sunward.review-leg/1'), decisions: decisionList, dossier: envelopeShape });

/** Reads the review leg's record; proves nothing yet. Defect: bad_shape. */
export function readReviewRecord(value: unknown): ReviewRecord | Defect {
  const wrong = shape(value, 'review');
  return wrong === undefined ? (value as ReviewRecord) : defect('bad_shape', 'review', wrong);
}

/**
 * Proves the review leg by the rules the bundle will be judged by: the dossier is the review service's and about this
 * very case, every review stage is full in its turn, and each decision was sent by its distinct signer. Answers whom it
 * counted, when, and whose office lapsed. Defects: those of `openStatement`, `verifySlots`, `verifyDecision`; dossier_mismatch.
 */
export function verifyReview(
  { dossier, decisions }: ReviewRecord,
  expected: ExpectedReview,
  trust: Trust,
  crypto: EvidenceCrypto,
): ProvenReview | Defect {
  const opened = openStatement('dossier', dossier, serviceKeys(trust, 'review', crypto), crypto);
  if (isDefect(opened)) return opened;
  const { seats } = opened.statement;
  const { submission, submissionDigest, directory } = expected;
  const { case: caseId, round, document, edition, content, route } = submission;
  const identity = { case: caseId, round, document, edition, content, route, submission: submissionDigest };
  const seal = sealToBe(opened.statement, expected, crypto.sha256(canonicalBytes(dossier)));
  const reviewRoute = { ...expected.route, stages: stagesOf(expected.route, 'review') };
  const legSeats = seats.map((seat) => ({ ...seat, leg: 'review' as const }));
  const wrong =
    mismatch('dossier_mismatch', 'dossier', opened.statement, identity) ?? verifySlots(legSeats, seal, reviewRoute);
  if (wrong !== undefined) return wrong;
  if (decisions.length !== seats.length)
    return defect('dossier_mismatch', 'decisions', `${decisions.length} decisions for ${seats.length} seats`);
  const ground = { leg: 'review', seal, route: reviewRoute, trust, crypto } as const;
  for (const [index, decision] of decisions.entries()) {
    const seat = seats[index];
    const found = seat && verifyDecision(decision, seat, `review.decisions[${index}]`, ground);
    if (found !== undefined) return found;
  }
  const persons = seats.flatMap(({ actor, onBehalfOf = null }) =>
    onBehalfOf === null ? [actor] : [actor, onBehalfOf],
  );
  return { persons, at: opened.statement.at, lapsed: lapsedStages(seats, directory) };
}

/** The stages of counted seats whose signer, by this directory, was not in office when he signed. */
export function lapsedStages(
  seats: DossierStatement['seats'],
  directory: Pick<DirectoryDocument, 'grants' | 'persons'>,
): readonly string[] {
  return seats.filter((seat) => !heldOffice(seat, directory)).map(({ stage }) => stage);
}

/** The seal as far as it is known when the review is complete: what its decisions have to agree with. */
function sealToBe(dossier: DossierStatement, expected: ExpectedReview, dossierDigest: Digest): SealStatement {
  const { submission, submissionDigest, directoryDigest } = expected;
  const { submitter: _submitter, checks: _checks, ...facts } = submission;
  const digests = { directory: directoryDigest, submission: submissionDigest, dossier: dossierDigest };
  return { ...facts, ...digests, seats: [], at: dossier.at };
}
