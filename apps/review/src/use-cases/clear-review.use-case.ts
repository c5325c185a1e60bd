import { putContent } from '#content-store/content-store';
import type { Digest } from '#domain/identifiers';
import { canonicalBytes } from '#evidence/canonical';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import type { DossierStatement } from '#evidence/statements';
import type { Tx } from '#persistence/transaction';
import { countedSeats } from '#signoff/counted-seats';
import type { LockedLeg } from '#signoff/stored-leg';
import type { LegPorts } from '#signoff/leg-ports';
import type { ReviewRecord } from '#signoff/review-record';

/** Media type of the review leg's record in the content store. */
const REVIEW_RECORD = 'application/vnd.sunward.review-leg+json';

/** Seals the complete review leg: a signed dossier and the decisions it lists, as one record. Answers its digest. */
export async function clearReview(tx: Tx, leg: LockedLeg, { signer }: LegPorts): Promise<Digest> {
  const { round } = leg.legCase;
  const { seats, decisions } = await countedSeats(tx, leg);
  const last = seats.at(-1);
  if (last === undefined) throw new Error(`case ${round.case} cleared review without a signature`);
  const statement: DossierStatement = {
    case: round.case,
    round: round.round,
    document: round.document,
    edition: round.edition,
    content: round.content,
    route: round.route,
    submission: round.submission,
    seats,
    at: last.at,
  };
  const dossier = sealEnvelope(PAYLOAD_TYPES.dossier, statement, [signer]);
  const record: ReviewRecord = { schema: 'sunward.review-leg/1', decisions, dossier };
  return putContent(tx, canonicalBytes(record), REVIEW_RECORD);
}
