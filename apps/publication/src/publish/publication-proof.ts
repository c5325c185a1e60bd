import { isRefusal } from '#domain/decision';
import { fromBase64 } from '#evidence/base64';
import type { Bundle } from '#evidence/bundle';
import { parseCanonical } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { openStatement } from '#evidence/open-statement';
import type { DirectoryDocument, SealStatement } from '#evidence/statements';
import { serviceKeys, type Trust } from '#evidence/trust';
import { type BundleSummary, verifyBundle } from '#evidence/verify-bundle';
import { grantsFor } from '#evidence/verify-seats';
import { type EditionDocument, parseEdition } from '#report/edition';
import type { PublicationJob } from '../domain/publication-job.js';

/** What a bundle proves: this edition, exactly these bytes of it, sealed by this statement. */
export interface ProvenPublication {
  readonly seal: SealStatement;
  /** Every counted seat of both legs. */
  readonly seats: BundleSummary['seats'];
  readonly edition: EditionDocument;
  readonly reportBytes: Uint8Array;
  readonly evidenceBytes: Uint8Array;
}

/** What proofs are checked against. */
export interface ProofGround {
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/**
 * Proves a bundle from nothing but its bytes: every signature, seat and digest (`verifyBundle`), and that the sealed edition is the report
 * it claims to be. Answers the first defect otherwise.
 */
export function proveBundle(evidenceBytes: Uint8Array, { trust, crypto }: ProofGround): ProvenPublication | Defect {
  const verdict = verifyBundle(evidenceBytes, trust, crypto);
  if (!verdict.ok) return defect(verdict.defect.code, verdict.defect.where, verdict.defect.detail);
  const bundle = parseCanonical(evidenceBytes) as Bundle;
  const seal = openStatement('seal', bundle.approval.seal, serviceKeys(trust, 'approval', crypto), crypto);
  if (isDefect(seal)) return seal;
  const reportBytes = fromBase64(bundle.content);
  if (reportBytes === undefined || crypto.sha256(reportBytes) !== seal.statement.content)
    return defect('content_digest', 'content', `not the bytes of ${seal.statement.content}`);
  const edition = parseEdition(reportBytes);
  if (isRefusal(edition)) return defect(edition.refused, 'content', JSON.stringify(edition.data));
  const said = { document: edition.document, edition: edition.edition, organ: edition.organ.code, year: edition.year };
  const different = firstDifference(said, seal.statement);
  if (different !== undefined) return defect('edition_mismatch', `content.${different}`, 'the seal names another');
  return { seal: seal.statement, seats: verdict.summary.seats, edition, reportBytes, evidenceBytes };
}

/** The directories this service adopted itself: the newest, and whether it knows the one the seal names. */
export interface OwnDirectories {
  readonly newest: DirectoryDocument | undefined;
  readonly knowsSealed: boolean;
}

/** `later`: what is missing may still arrive, try again. `held`: it never will. */
export type GateAnswer = { readonly answer: 'open' } | ({ readonly answer: 'later' | 'held' } & Defect);

/**
 * The last question before publication: is this the round that was released, is its time come, and does this service's own directory
 * say that each signer held the office when signing? An office it does not know holds the publication.
 */
export function passGate(
  { seal, seats }: ProvenPublication,
  job: PublicationJob,
  own: OwnDirectories,
  now: string,
): GateAnswer {
  const expected = {
    case: job.case,
    round: job.round,
    document: job.document,
    edition: job.edition,
    content: job.content,
    ...(job.organ === null ? {} : { organ: job.organ }),
    ...(job.year === null ? {} : { year: job.year }),
  };
  const different = firstDifference(expected, seal);
  if (different !== undefined)
    return { answer: 'held', ...defect('round_mismatch', `seal.${different}`, 'another round was released') };
  if (seal.notBefore !== null && now < seal.notBefore)
    return { answer: 'later', ...defect('too_early', 'seal.notBefore', seal.notBefore) };
  if (own.newest === undefined || !own.knowsSealed)
    return { answer: 'later', ...defect('directory_unknown', 'seal.directory', seal.directory) };
  const { grants } = own.newest;
  const without = seats.find((seat) => !grantsFor(seat, grants).some(({ until }) => until === null || seat.at < until));
  if (without === undefined) return { answer: 'open' };
  return { answer: 'held', ...defect('role_not_held', `seat ${without.seat}`, `${without.role}@${without.organ}`) };
}

function firstDifference(expected: object, found: object): string | undefined {
  const values: Readonly<Record<string, unknown>> = { ...found };
  return Object.entries(expected).find(([field, value]) => values[field] !== value)?.[0];
}
