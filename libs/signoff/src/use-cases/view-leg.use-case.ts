import type { z } from 'zod';
import type { LegCaseDetail } from '#contracts/http/leg.api';
import { type Refusal, refuse } from '#domain/decision';
import type { EvidenceCrypto } from '#evidence/crypto';
import { databaseNow, type Handle } from '#persistence/sql';
import { latestDirectory } from '../directory-copy.repository.js';
import { isCaseId, readable, statementDigest } from '../enter-leg.js';
import type { LegCase, Seat } from '../leg.js';
import { openStageId } from '../leg-announcement.js';
import { findLegCase } from '../leg-case.repository.js';
import { sentBackIn } from '../leg-decision.repository.js';
import type { LegContext } from '../leg-case.js';
import { isSeatOpen, legRules, seatState } from '../leg-rules.js';
import { mayRead } from '../reading-rights.js';
import { signatureBy, statementFor } from '../statement.js';

type Detail = z.infer<typeof LegCaseDetail>;

/** One leg of a case as this person may see it, with the exact statements he could sign now. `not_found` otherwise. */
export async function viewLeg(
  handle: Handle,
  caseId: string,
  person: string,
  crypto: EvidenceCrypto,
): Promise<Detail | Refusal> {
  const stored = isCaseId(caseId) ? await findLegCase(handle, caseId) : undefined;
  const offices = await latestDirectory(handle);
  const at = await databaseNow(handle);
  if (stored === undefined || offices === undefined || !mayRead(readable(stored), person, offices, at))
    return refuse('not_found');
  const { legCase, version, bundle } = stored;
  const { round, state, seats, ending, releaseAt } = legCase;
  return {
    case: round.case,
    leg: round.leg,
    round: round.round,
    version,
    state,
    document: round.document,
    edition: round.edition,
    organ: round.organ,
    year: round.year,
    content: round.content,
    route: round.route,
    notBefore: round.notBefore,
    stage: openStageId(legCase),
    seats: seats.map((seat) => seatDetail(legCase, seat)),
    signable: signableBy(legCase, person, { at, offices }, crypto),
    takeable: takeableBy(legCase, person),
    sentBack: [...(await sentBackIn(handle, stored.id))],
    ended: ending,
    releaseAt,
    bundle,
  };
}

/** The person's own signatures that may still be taken back. */
function takeableBy(legCase: LegCase, person: string): Detail['takeable'] {
  if (legCase.state !== 'in-review') return [];
  return legCase.seats
    .filter((seat) => legRules.isOwnSignature(seat, person) && legRules.isLastSigned(legCase, seat))
    .map(({ id }) => id);
}

function seatDetail(legCase: LegCase, seat: Seat): Detail['seats'][number] {
  const { id, stage, role, organ, signature } = seat;
  return {
    seat: id,
    stage,
    role,
    organ,
    person: null,
    state: seatState(legRules, legCase, seat),
    signedBy: signature?.actor ?? null,
    signedAt: signature?.at ?? null,
  };
}

function signableBy(
  legCase: LegCase,
  person: string,
  { offices, at }: Pick<LegContext, 'offices' | 'at'>,
  crypto: EvidenceCrypto,
): Detail['signable'] {
  return legCase.seats
    .filter(
      (seat) =>
        isSeatOpen(legRules, legCase, seat) &&
        legRules.isEligible(seat, person, null, offices, at) &&
        legRules.areDutiesSeparate(legCase, person, null),
    )
    .map((seat) => {
      const statement = statementFor(legCase, seat, signatureBy(person));
      return {
        seat: seat.id,
        stage: seat.stage,
        statement: { ...statement },
        digest: statementDigest(statement, crypto),
      };
    });
}
