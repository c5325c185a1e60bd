import type { Digest } from '#domain/identifiers';
import { type Instant, plusSeconds } from '#domain/instant';
import type { RouteStage } from '#evidence/statements';
import { seatsNeeded } from '#evidence/route-law';
import type { Offices } from './directory.js';
import { countedPersons, type LegCase, type RenewedSeat, type Seat, seatsOf, signedSeats } from './leg.js';
import { dutiesAreSeparate } from './separation-of-duties.js';

/** Step-up (password again) counts for a signature this long. The offline verifier uses the same figure. */
const STEP_UP_SECONDS = 300;

/** The present signing grades: the person proves himself and the leg's service key signs. */
type Grade = RouteStage['grade'];

/** The single rules `decide` is made of. The simulation breaks them one at a time and must notice each. */
export interface LegRules {
  isStageFull(stage: RouteStage, seats: readonly Seat[]): boolean;
  mayBeNext(stage: RouteStage, seats: readonly Seat[], seat: Seat): boolean;
  findSeat(legCase: LegCase, id: string): Seat | undefined;
  isEligible(seat: Seat, actor: string, onBehalfOf: string | null, offices: Offices, at: Instant): boolean;
  areDutiesSeparate(legCase: LegCase, actor: string, onBehalfOf: string | null): boolean;
  isGradeEnough(demanded: Grade, given: Grade): boolean;
  isStepUpFresh(stepUpAt: Instant | null, at: Instant): boolean;
  isSameContent(seen: Digest, present: Digest): boolean;
  isSameStatement(signed: Digest, present: Digest): boolean;
  isDue(releaseAt: Instant | null, at: Instant): boolean;
  mayRecallIn(legCase: LegCase): boolean;
  mayPostpone(legCase: LegCase, actor: string): boolean;
  isLater(until: Instant, releaseAt: Instant | null): boolean;
  isEarlierStage(legCase: LegCase, stage: string): boolean;
  seatsFrom(legCase: LegCase, stage: string): readonly Seat[];
  isOwnSignature(seat: Seat, actor: string): boolean;
  isLastSigned(legCase: LegCase, seat: Seat): boolean;
  renewed(seat: Seat, freshId: string): RenewedSeat;
}

/** The law of sign-off. */
export const legRules: LegRules = {
  isStageFull: (stage, seats) => seats.filter(({ signature }) => signature !== null).length >= seatsNeeded(stage),
  mayBeNext: (stage, seats, seat) =>
    seat.signature === null && (!stage.ordered || seats.find(({ signature }) => signature === null) === seat),
  findSeat: (legCase, id) => legCase.seats.find((seat) => seat.id === id),
  isEligible: (seat, actor, onBehalfOf, offices, at) =>
    onBehalfOf === null
      ? offices.holds(actor, seat.role, seat.organ, at)
      : offices.holds(onBehalfOf, seat.role, seat.organ, at) &&
        offices.actsFor(actor, onBehalfOf, seat.role, seat.organ, at),
  areDutiesSeparate: (legCase, actor, onBehalfOf) =>
    dutiesAreSeparate(
      { actor, onBehalfOf },
      {
        contributors: [legCase.round.submitter, ...legCase.round.contributors],
        counted: [...legCase.round.countedElsewhere, ...countedPersons(legCase)],
      },
    ),
  isGradeEnough: (demanded, given) => demanded === 'attested' || given === 'passkey',
  isStepUpFresh: (stepUpAt, at) => stepUpAt !== null && at <= plusSeconds(stepUpAt, STEP_UP_SECONDS),
  isSameContent: (seen, present) => seen === present,
  isSameStatement: (signed, present) => signed === present,
  isDue: (releaseAt, at) => releaseAt !== null && releaseAt <= at,
  mayRecallIn: ({ state, releasedAt }) => (state === 'approved' || state === 'held') && releasedAt === null,
  mayPostpone: (legCase, actor) =>
    [legCase.round.submitter, signedSeats(legCase).at(-1)?.signature.actor].includes(actor),
  // Earlier than they signed for would need their signatures again.
  isLater: (until, releaseAt) => releaseAt !== null && until > releaseAt,
  isEarlierStage: (legCase, stage) => {
    const at = stageIndex(legCase, stage);
    const open = openStage(legRules, legCase);
    return at >= 0 && open !== undefined && at < stageIndex(legCase, open.id);
  },
  seatsFrom: (legCase, stage) =>
    legCase.seats.filter((seat) => stageIndex(legCase, seat.stage) >= stageIndex(legCase, stage)),
  isOwnSignature: (seat, actor) => seat.signature?.actor === actor,
  // Nobody may have signed on the strength of it: no later stage, and in an ordered stage no later seat.
  isLastSigned: (legCase, { stage, ordinal }) =>
    legCase.seats.every(
      (other) =>
        other.signature === null ||
        stageIndex(legCase, other.stage) < stageIndex(legCase, stage) ||
        (other.stage === stage && (!isOrdered(legCase, stage) || other.ordinal <= ordinal)),
    ),
  renewed: (seat, freshId) => ({ seat: seat.id, id: freshId }),
};

function stageIndex({ round }: LegCase, stage: string): number {
  return round.stages.findIndex(({ id }) => id === stage);
}

function isOrdered({ round }: LegCase, stage: string): boolean {
  return round.stages.some(({ id, ordered }) => id === stage && ordered);
}

/** The stage that is open now: the first that is not full. Undefined when every stage is. */
export function openStage(rules: LegRules, legCase: LegCase): RouteStage | undefined {
  return legCase.round.stages.find((stage) => !rules.isStageFull(stage, seatsOf(legCase.seats, stage.id)));
}

/** True when this very seat may be signed now. */
export function isSeatOpen(rules: LegRules, legCase: LegCase, seat: Seat): boolean {
  const stage = openStage(rules, legCase);
  return (
    legCase.state === 'in-review' &&
    stage?.id === seat.stage &&
    rules.mayBeNext(stage, seatsOf(legCase.seats, stage.id), seat)
  );
}

/** A seat as people see it: signed, open, still waiting, or no longer needed (`spare`). */
export function seatState(rules: LegRules, legCase: LegCase, seat: Seat): 'waiting' | 'open' | 'signed' | 'spare' {
  if (seat.signature !== null) return 'signed';
  if (isSeatOpen(rules, legCase, seat)) return 'open';
  const stage = legCase.round.stages.find(({ id }) => id === seat.stage);
  return stage !== undefined && rules.isStageFull(stage, seatsOf(legCase.seats, stage.id)) ? 'spare' : 'waiting';
}

/** When an approved case may go out: not before the wanted time, and not before the undo buffer has passed. */
export function releaseTime(notBefore: Instant | null, undoSeconds: number, approvedAt: Instant): Instant {
  const buffered = plusSeconds(approvedAt, undoSeconds);
  return notBefore !== null && notBefore > buffered ? notBefore : buffered;
}
