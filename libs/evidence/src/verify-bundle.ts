import type { Instant } from '#domain/instant';
import { fromBase64 } from './base64.js';
import { type Bundle, type Decision, readBundle } from './bundle.js';
import { canonicalBytes, parseCanonical } from './canonical.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { type LogPlace, proveInclusion } from './inclusion.js';
import { LOG_END, trustAt, trustBefore } from './key-validity.js';
import { openStatement } from './open-statement.js';
import { mismatch } from './same-statement.js';
import type {
  CountedSeat,
  DossierStatement,
  Leg,
  PasskeyStatement,
  SealStatement,
  SubmissionStatement,
} from './statements.js';
import { serviceKeys, type Trust } from './trust.js';
import { verifyAgreements } from './verify-agreements.js';
import { verifyDecision } from './verify-decision.js';
import { type LegSeat, verifySeats } from './verify-seats.js';

/** What a verified bundle proves. `seats` stand in the order of the legs, each in its signing order. */
export interface BundleSummary extends Pick<
  SealStatement,
  'case' | 'round' | 'kind' | 'document' | 'edition' | 'organ' | 'year' | 'content' | 'notBefore' | 'contributors'
> {
  readonly route: { readonly digest: string; readonly name: string };
  readonly seats: readonly SignedSeat[];
  readonly sealedAt: Instant;
  /** Where the log holds the seal; null when no inclusion was given. */
  readonly place: LogPlace | null;
}

/** A seat with its stage's name, and the id of the passkey it was signed with, when it was. */
export interface SignedSeat extends LegSeat {
  readonly stageName: string;
  readonly passkey?: string;
}

export type Verdict =
  | { readonly ok: true; readonly summary: BundleSummary }
  | { readonly ok: false; readonly defect: { readonly code: string; readonly where: string; readonly detail: string } };

/**
 * `now`: when given, a bundle whose not-before time is still to come is `too_early`. `inclusion`: the bytes of
 * inclusion.json; with it keys are judged by the bundle's place in the log, without it only keys in use now count.
 */
export interface VerifyOptions {
  readonly now?: Instant;
  readonly inclusion?: Uint8Array;
}

/**
 * The one verifier: proves from the bytes of a bundle and the anchors of trust alone that every required signature of
 * distinct, entitled people was given to exactly this content. Never throws for bad bytes; names the first defect.
 * Codes: those of `readBundle`, `proveInclusion`, `verifyAgreements`, `verifyDecision`, `verifySeats`, and seal_signature, seal_mismatch,
 * content_digest, notice_missing, notice_digest, too_early, (submission|dossier)_(signature|digest|mismatch), decision_missing, seat_unlisted.
 */
export function verifyBundle(
  bytes: Uint8Array,
  trust: Trust,
  crypto: EvidenceCrypto,
  options: VerifyOptions = {},
): Verdict {
  const found = prove(bytes, trust, crypto, options);
  if (!isDefect(found)) return { ok: true, summary: found };
  return { ok: false, defect: { code: found.defect, where: found.where, detail: found.detail } };
}

function prove(
  bytes: Uint8Array,
  anchors: Trust,
  crypto: EvidenceCrypto,
  { now, inclusion }: VerifyOptions,
): BundleSummary | Defect {
  const place = inclusion === undefined ? null : proveInclusion(inclusion, bytes, anchors, crypto);
  if (!isDefect(place)) {
    const found = proveAt(place?.position ?? LOG_END, bytes, anchors, crypto, now);
    return isDefect(found) ? found : { ...found, place };
  }
  // Of an altered bundle the log knows nothing: what was altered says more than that.
  const altered = place.defect === 'inclusion_other' ? proveAt(LOG_END, bytes, anchors, crypto, now) : place;
  return isDefect(altered) ? altered : place;
}

/** Proves the bundle itself by the keys that count at this place in the log. */
function proveAt(
  position: number,
  bytes: Uint8Array,
  anchors: Trust,
  crypto: EvidenceCrypto,
  now: Instant | undefined,
): Omit<BundleSummary, 'place'> | Defect {
  const bundle = readBundle(bytes);
  if (isDefect(bundle)) return bundle;
  const trust = trustBefore(anchors, position);
  const seal = openSigned('seal', bundle.approval.seal, 'approval', trustAt(anchors, position), crypto);
  if (isDefect(seal)) return seal;
  const content = fromBase64(bundle.content);
  if (!content || crypto.sha256(content) !== seal.content)
    return defect('content_digest', 'content', `not the bytes ${seal.content} the seal names`);
  const untold = noticeDefect(bundle, seal, crypto);
  if (untold) return untold;
  if (now !== undefined && seal.notBefore !== null && now < seal.notBefore)
    return defect('too_early', 'seal.notBefore', `not before ${seal.notBefore}, it is ${now}`);
  const submission = verifySubmission(bundle, seal, trust, crypto);
  if (isDefect(submission)) return submission;
  const agreements = verifyAgreements(bundle, seal, submission.at, trust, crypto);
  if (isDefect(agreements)) return agreements;
  const dossier = verifyDossier(bundle, seal, trust, crypto);
  if (isDefect(dossier)) return dossier;
  const seats: readonly LegSeat[] = [
    ...dossier.seats.map((seat) => ({ ...seat, leg: 'review' as const })),
    ...seal.seats.map((seat) => ({ ...seat, leg: 'approval' as const })),
  ];
  const ground = { seal, route: agreements.route, trust, crypto };
  const wrong =
    verifySeats(seats, seal, agreements) ??
    completedAfter(dossier.seats, dossier.at, 'dossier') ??
    completedAfter(seal.seats, seal.at, 'seal') ??
    verifyLeg('review', bundle.review.decisions, dossier.seats, ground) ??
    verifyLeg('approval', bundle.approval.decisions, seal.seats, ground);
  return wrong ?? summaryOf(seal, agreements.route, seats, [...bundle.review.decisions, ...bundle.approval.decisions]);
}

/** Whatever changes what the public can read says so to the public, in words that were signed with it. */
function noticeDefect({ notice = null }: Bundle, seal: SealStatement, crypto: EvidenceCrypto): Defect | undefined {
  const named = seal.notice ?? null;
  if (named === null) {
    if (notice !== null) return defect('notice_digest', 'notice', 'the seal names no notice');
    return ['correct', 'withdraw', 'emergency'].includes(seal.kind)
      ? defect('notice_missing', 'seal.notice', `to ${seal.kind} without telling the public why`)
      : undefined;
  }
  const bytes = notice === null ? undefined : fromBase64(notice);
  return bytes && crypto.sha256(bytes) === named
    ? undefined
    : defect('notice_digest', 'notice', `not the notice ${named} the seal names`);
}

/** Opens what a service signed; every reason why it does not open is `<kind>_signature`, save a wrong shape. */
function openSigned<K extends 'seal' | 'dossier' | 'submission'>(
  kind: K,
  envelope: Bundle['submission'],
  service: 'approval' | 'review' | 'drafting',
  trust: Trust,
  crypto: EvidenceCrypto,
): { seal: SealStatement; dossier: DossierStatement; submission: SubmissionStatement }[K] | Defect {
  const opened = openStatement(kind, envelope, serviceKeys(trust, service, crypto), crypto);
  if (!isDefect(opened)) return opened.statement;
  if (opened.defect === 'bad_shape') return opened;
  return defect(`${kind}_signature`, kind, `${opened.defect}: ${opened.detail}`);
}

function verifySubmission(
  { submission }: Bundle,
  seal: SealStatement,
  trust: Trust,
  crypto: EvidenceCrypto,
): SubmissionStatement | Defect {
  if (crypto.sha256(canonicalBytes(submission)) !== seal.submission)
    return defect('submission_digest', 'submission', `not the submission ${seal.submission} the seal names`);
  const submitted = openSigned('submission', submission, 'drafting', trust, crypto);
  if (isDefect(submitted)) return submitted;
  const { organ, year, kind, notBefore, contributors } = seal;
  const said = { ...identityOf(seal), organ, year, kind, notBefore, contributors };
  const told = { notice: submitted.notice ?? null };
  const wrong =
    mismatch('submission_mismatch', 'submission', submitted, said) ??
    mismatch('submission_mismatch', 'submission', told, { notice: seal.notice ?? null });
  if (wrong) return wrong;
  return submitted.contributors.includes(submitted.submitter)
    ? submitted
    : defect('submission_mismatch', 'submission.contributors', 'the submitter is not among the contributors');
}

function verifyDossier(
  { review }: Bundle,
  seal: SealStatement,
  trust: Trust,
  crypto: EvidenceCrypto,
): DossierStatement | Defect {
  if (crypto.sha256(canonicalBytes(review.dossier)) !== seal.dossier)
    return defect('dossier_digest', 'dossier', `not the dossier ${seal.dossier} the seal names`);
  const dossier = openSigned('dossier', review.dossier, 'review', trust, crypto);
  if (isDefect(dossier)) return dossier;
  const wanted = { ...identityOf(seal), submission: seal.submission };
  return mismatch('dossier_mismatch', 'dossier', dossier, wanted) ?? dossier;
}

/** What every statement of one round is about. */
function identityOf({
  case: caseId,
  round,
  document,
  edition,
  content,
  route,
}: SealStatement): Record<string, unknown> {
  return { case: caseId, round, document, edition, content, route };
}

function completedAfter(seats: readonly CountedSeat[], at: Instant, kind: 'seal' | 'dossier'): Defect | undefined {
  const late = seats.find((seat) => seat.at > at);
  return late && defect(`${kind}_mismatch`, `${kind}.at`, `${at}, but seat ${late.seat} was signed ${late.at}`);
}

/** Every listed seat has its decision at the same place, and there is no other. */
function verifyLeg(
  leg: Leg,
  decisions: readonly Decision[],
  seats: readonly CountedSeat[],
  ground: Omit<Parameters<typeof verifyDecision>[3], 'leg'>,
): Defect | undefined {
  if (decisions.length > seats.length)
    return defect('seat_unlisted', `${leg}.decisions`, `${decisions.length} decisions, ${seats.length} seats count`);
  for (const [index, seat] of seats.entries()) {
    const decision = decisions[index];
    if (!decision) return defect('decision_missing', `${leg}.decisions[${index}]`, `none for seat ${seat.seat}`);
    const wrong = verifyDecision(decision, seat, `${leg}.decisions[${index}]`, { ...ground, leg });
    if (wrong) return wrong;
  }
  return undefined;
}

function summaryOf(
  seal: SealStatement,
  route: { name: string; stages: readonly { id: string; name: string }[] },
  seats: readonly LegSeat[],
  decisions: readonly Decision[],
): Omit<BundleSummary, 'place'> {
  const { case: caseId, round, kind, document, edition, organ, year, content, notBefore, contributors } = seal;
  const nameOf = (id: string): string => route.stages.find((stage) => stage.id === id)?.name ?? id;
  return {
    case: caseId,
    round,
    kind,
    document,
    edition,
    organ,
    year,
    content,
    notBefore,
    contributors,
    route: { digest: seal.route, name: route.name },
    seats: seats.map((seat, index) => ({ ...seat, stageName: nameOf(seat.stage), ...signedWith(decisions[index]) })),
    sealedAt: seal.at,
  };
}

/** The passkey of a decision that was verified. */
function signedWith(decision: Decision | undefined): Pick<SignedSeat, 'passkey'> {
  if (decision?.passkey === undefined) return {};
  const { id } = parseCanonical(fromBase64(decision.passkey.envelope.payload)!) as PasskeyStatement;
  return { passkey: id };
}
