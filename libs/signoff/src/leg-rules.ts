import type { Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { type Instant, plusSeconds } from '#domain/instant';
import { resolveOrgan, seatsNeeded } from '#evidence/route-law';
import type { Office, RouteStage } from '#evidence/statements';
import { DISCLOSURE_HEAD, type Offices } from './directory.js';
import { blockedStage, type Unfillable } from './fillability.js';
import {
  countedPersons,
  type LegCase,
  type RenewedSeat,
  type Seat,
  seatsOf,
  type SignedSeat,
  signedSeats,
  stageIndex,
} from './leg.js';
import { dutiesAreSeparate } from './separation-of-duties.js';

/** Step-up (password again) counts for a signature this long. The offline verifier uses the same figure. */
const STEP_UP_SECONDS = 300;

/** Signing grades. Attested: the person proves himself and the leg's service key signs. Passkey: his own key signs besides. */
type Grade = RouteStage['grade'];

/** Somebody who wants to act on a seat, for himself or for a principal. */
interface Signatory {
  readonly actor: string;
  readonly onBehalfOf: string | null;
}

/** The single rules `decide` is made of. The simulation breaks them one at a time and must notice each. */
export interface LegRules {
  isStageFull(stage: RouteStage, seats: readonly Seat[]): boolean;
  mayBeNext(stage: RouteStage, seats: readonly Seat[], seat: Seat): boolean;
  findSeat(legCase: LegCase, id: string): Seat | undefined;
  officeFor(legCase: LegCase, seat: Seat, who: Signatory, offices: Offices, at: Instant): Office | null;
  areDutiesSeparate(legCase: LegCase, who: Signatory): boolean;
  hasViewed(viewed: readonly Digest[], content: Digest): boolean;
  areNotesClosed(openNotes: number): boolean;
  isGradeEnough(demanded: Grade, given: Grade): boolean;
  isPasskeyGood(unproved: Refusal | null): boolean;
  isStepUpFresh(given: Grade, stepUpAt: Instant | null, at: Instant): boolean;
  isChecklistComplete(stage: RouteStage, checked: readonly string[]): boolean;
  isSameContent(seen: Digest, present: Digest): boolean;
  isSameStatement(signed: Digest, present: Digest): boolean;
  isDue(releaseAt: Instant | null, at: Instant): boolean;
  mayRecallIn(legCase: LegCase): boolean;
  mayCancel(legCase: LegCase, actor: string, offices: Offices, at: Instant): boolean;
  mayPostpone(legCase: LegCase, actor: string): boolean;
  isLater(until: Instant, releaseAt: Instant | null): boolean;
  isEarlierStage(legCase: LegCase, stage: string): boolean;
  seatsFrom(legCase: LegCase, stage: string): readonly Seat[];
  isOwnSignature(seat: Seat, actor: string): boolean;
  isLastSigned(legCase: LegCase, seat: Seat): boolean;
  renewed(seat: Seat, freshId: string): RenewedSeat;
  isAsked(legCase: LegCase, stage: string, person: string): boolean;
  mayRemove(seat: Seat, actor: string): boolean;
  isNamedByRoute(legCase: LegCase, seat: Seat): boolean;
  isOverdue(legCase: LegCase, at: Instant): boolean;
  countsStill(seat: SignedSeat, offices: Offices): boolean;
  blocked(legCase: LegCase, offices: Offices, at: Instant): Unfillable | null;
}

/** The law of sign-off. */
export const legRules: LegRules = {
  // An added seat never brings a stage nearer to full: the route's own need is counted without it, and then it is due as well.
  isStageFull: (stage, seats) =>
    seats.filter(({ signature, addedBy }) => signature !== null && addedBy === null).length >= seatsNeeded(stage) &&
    seats.every(({ signature, addedBy }) => addedBy === null || signature !== null),
  mayBeNext: (stage, seats, seat) =>
    seat.signature === null &&
    (!stage.ordered ||
      seat.addedBy !== null ||
      seats.find(({ signature, addedBy }) => signature === null && addedBy === null) === seat),
  findSeat: (legCase, id) => legCase.seats.find((seat) => seat.id === id),
  officeFor: (legCase, seat, { actor, onBehalfOf }, offices, at) =>
    officesOf(legCase, seat, onBehalfOf ?? actor).find(
      ({ role, organ }) =>
        offices.holds(onBehalfOf ?? actor, role, organ, at) &&
        (onBehalfOf === null || offices.actsFor(actor, onBehalfOf, role, organ, at)),
    ) ?? null,
  areDutiesSeparate: (legCase, who) =>
    dutiesAreSeparate(who, {
      contributors: [legCase.round.submitter, ...legCase.round.contributors],
      counted: [...legCase.round.countedElsewhere, ...countedPersons(legCase)],
    }),
  hasViewed: (viewed, content) => viewed.includes(content),
  areNotesClosed: (openNotes) => openNotes === 0,
  isGradeEnough: (demanded, given) => demanded === 'attested' || given === 'passkey',
  isPasskeyGood: (unproved) => unproved === null,
  // A passkey has asked who is there itself, for this very statement.
  isStepUpFresh: (given, stepUpAt, at) =>
    given === 'passkey' || (stepUpAt !== null && at <= plusSeconds(stepUpAt, STEP_UP_SECONDS)),
  isChecklistComplete: ({ checklist = [] }, checked) => checklist.every(({ id }) => checked.includes(id)),
  isSameContent: (seen, present) => seen === present,
  isSameStatement: (signed, present) => signed === present,
  isDue: (releaseAt, at) => releaseAt !== null && releaseAt <= at,
  mayRecallIn: ({ state, releasedAt }) => state === 'approved' && releasedAt === null,
  mayCancel: ({ round }, actor, offices, at) =>
    actor === round.submitter || offices.holds(actor, DISCLOSURE_HEAD, round.organ, at),
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
  isAsked: (legCase, stage, person) =>
    seatsOf(legCase.seats, stage).some((seat) => seat.person === person && seat.signature === null),
  mayRemove: (seat, actor) => seat.addedBy === actor && seat.signature === null,
  isNamedByRoute: ({ round }, { stage, ordinal, addedBy }) =>
    addedBy === null && round.stages.find(({ id }) => id === stage)?.slots[ordinal]?.person != null,
  isOverdue: ({ clock }, at) => clock?.dueAt != null && clock.dueAt < at,
  countsStill: ({ role, organ, signature }, offices) => offices.countsStill({ role, organ, ...signature }),
  blocked: blockedStage,
};

/** The offices by which this person might take the seat: its own, unless another is named, and once overdue its superior's. */
function officesOf(legCase: LegCase, seat: Seat, person: string): readonly Office[] {
  const own = seat.person === null || seat.person === person ? [{ role: seat.role, organ: seat.organ }] : [];
  const superior = escalationOf(legCase, seat.stage);
  return superior === null ? own : [...own, superior];
}

/** The office that was asked as well because the stage is overdue; null before that, or when the route names none. */
export function escalationOf({ round, clock }: LegCase, stage: string): Office | null {
  const superior = round.stages.find(({ id }) => id === stage)?.escalation ?? null;
  if (superior === null || clock?.stage !== stage || !clock.escalated) return null;
  return { role: superior.role, organ: resolveOrgan(superior.organ, round.organ) };
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
