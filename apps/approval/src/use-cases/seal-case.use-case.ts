import { getContent, putContent } from '#content-store/content-store';
import type { Digest } from '#domain/identifiers';
import { toBase64 } from '#evidence/base64';
import { type Bundle, schemaOf } from '#evidence/bundle';
import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { SealStatement } from '#evidence/statements';
import { verifyBundle } from '#evidence/verify-bundle';
import { TransactionConflict, type Tx } from '#persistence/transaction';
import { countedSeats } from '#signoff/counted-seats';
import { requireDirectory } from '#signoff/directory-copy.repository';
import type { LockedLeg } from '#signoff/stored-leg';
import type { LegPorts } from '#signoff/leg-ports';
import type { ReviewRecord } from '#signoff/review-record';
import { storedEnvelope } from '#signoff/stored-evidence';

/** Media type of a bundle in the content store, and of `evidence.json` on the public site. */
const BUNDLE = 'application/vnd.sunward.bundle+json';

/**
 * Seals the complete case: signs the list of seats that count, and puts everything a stranger needs to check it into
 * one bundle. The bundle is verified here before it is stored; one that does not verify is a defect, and the signature
 * that would have completed it is not accepted. Answers the bundle's digest. Throws TransactionConflict when a directory was adopted
 * since the act was judged.
 */
export async function sealCase(tx: Tx, leg: LockedLeg, ports: LegPorts): Promise<Digest> {
  const { round } = leg.legCase;
  if (leg.dossier === null) throw new Error(`case ${round.case} is in the approval leg without a dossier`);
  const directory = await requireDirectory(tx);
  // What was decided under one directory is not sealed under another: the act is judged again, under the one adopted meanwhile.
  if (directory.document.version > leg.judgedBy) throw new TransactionConflict('the directory');
  const review = parseCanonical(await getContent(tx, leg.dossier)) as ReviewRecord;
  const { seats, decisions } = await countedSeats(tx, leg);
  const statement = sealStatement(leg, seats, {
    directory: directory.digest,
    dossier: ports.crypto.sha256(canonicalBytes(review.dossier)),
  });
  const legs = {
    review: { decisions: review.decisions, dossier: review.dossier },
    approval: { decisions, seal: sealEnvelope(PAYLOAD_TYPES.seal, statement, [ports.signer]) },
  };
  const bundle: Bundle = {
    schema: schemaOf(legs),
    content: toBase64(await getContent(tx, round.content)),
    notice: round.notice === null ? null : toBase64(await getContent(tx, round.notice)),
    route: await storedEnvelope(tx, leg.routeEnvelope),
    directory: await storedEnvelope(tx, directory.digest),
    submission: await storedEnvelope(tx, round.submission),
    ...legs,
  };
  const bytes = canonicalBytes(bundle);
  const verdict = verifyBundle(bytes, ports.trust, ports.crypto);
  if (!verdict.ok)
    throw new Error(`case ${round.case}: the bundle just sealed does not verify: ${JSON.stringify(verdict.defect)}`);
  return putContent(tx, bytes, BUNDLE);
}

function sealStatement(
  { legCase: { round } }: LockedLeg,
  seats: SealStatement['seats'],
  digests: Pick<SealStatement, 'directory' | 'dossier'>,
): SealStatement {
  const last = seats.at(-1);
  if (last === undefined) throw new Error(`case ${round.case} is approved without a signature`);
  return {
    case: round.case,
    round: round.round,
    kind: round.kind,
    document: round.document,
    edition: round.edition,
    organ: round.organ,
    year: round.year,
    content: round.content,
    route: round.route,
    ...digests,
    submission: round.submission,
    notBefore: round.notBefore,
    contributors: round.contributors,
    seats,
    at: last.at,
    notice: round.notice,
  };
}
