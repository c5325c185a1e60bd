import { accept, type Decision, invariant, type Refusal, refuse } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { DecisionStatement } from '#evidence/statements';
import type { Offices } from './directory.js';
import {
  type Ending,
  type LegCase,
  type LegCommand,
  type LegEvent,
  type LegState,
  type RenewedSeat,
  type Round,
  type Seat,
  signedSeats,
} from './leg.js';
import { isSeatOpen, type LegRules, legRules, openStage, releaseTime } from './leg-rules.js';
import { seatsFor, stageOf } from './route.js';
import { signatureBy, statementFor } from './statement.js';

/** Time of the database, the directory, and the digest of a statement: all a decision needs from outside. */
export interface LegContext {
  readonly at: Instant;
  readonly offices: Offices;
  digestOf(statement: DecisionStatement): Digest;
}

type LegDecision = Decision<LegEvent>;

/**
 * Decides one command on one leg: the events it causes (none: already so), or the refusal code of the first guard that fails;
 * the order of the guards is part of the law. `current` is null only for `open`.
 */
export function decide(
  current: LegCase | null,
  command: LegCommand,
  context: LegContext,
  rules: LegRules = legRules,
): LegDecision {
  if (command.type === 'open') return decideOpen(current, command.round, command.seatIds);
  invariant(current !== null, `${command.type} needs an open case`);
  switch (command.type) {
    case 'sign':
      return decideSign(current, command, context, rules);
    case 'return':
      return decideReturn(current, command, context, rules);
    case 'take-back':
      return decideTakeBack(current, command, rules);
    case 'withdraw':
    case 'recall':
      return decideEnd(current, command, context, rules);
    case 'postpone':
      return decidePostpone(current, command, rules);
    case 'release':
      return decideRelease(current, context, rules);
    case 'confirm':
      return decideConfirm(current, command);
    case 'hold':
      return ['approved', 'released'].includes(current.state) ? accept({ type: 'held' }) : accept();
    case 'supersede':
      return decideSupersede(current);
    default:
      return current.state === 'cleared' ? accept({ type: 'ended-elsewhere', kind: command.kind }) : accept();
  }
}

/** The leg after an event. */
export function evolve(current: LegCase | null, event: LegEvent): LegCase {
  if (event.type === 'opened') {
    const { round, seats } = event;
    return { round, seats, state: 'in-review', ending: null, releaseAt: null, releasedAt: null };
  }
  invariant(current !== null, `${event.type} needs an open case`);
  switch (event.type) {
    case 'seat-signed': {
      const signature = { actor: event.actor, onBehalfOf: event.onBehalfOf, at: event.at };
      return {
        ...current,
        seats: current.seats.map((seat) => (seat.id === event.seat ? { ...seat, signature } : seat)),
      };
    }
    case 'sent-back':
    case 'taken-back':
      return { ...current, seats: current.seats.map((seat) => renewedSeat(seat, event.renewed)) };
    case 'approved':
      return { ...current, state: 'approved', releaseAt: event.releaseAt };
    case 'postponed':
      return { ...current, releaseAt: event.releaseAt };
    case 'released':
      return { ...current, state: 'released', releasedAt: event.at };
    case 'ended':
      return { ...current, state: endState(event.ending.kind), ending: event.ending, releaseAt: null };
    case 'ended-elsewhere':
      return { ...current, state: endState(event.kind) };
    default:
      return { ...current, state: event.type };
  }
}

function renewedSeat(seat: Seat, renewed: readonly RenewedSeat[]): Seat {
  const found = renewed.find((one) => one.seat === seat.id);
  return found === undefined ? seat : { ...seat, id: found.id, signature: null };
}

function endState(kind: Ending['kind']): LegState {
  return kind === 'recalled' ? 'returned' : kind;
}

/** A higher round opens; the same or a lower one is old news. The caller supersedes the earlier round first. */
function decideOpen(current: LegCase | null, round: Round, seatIds: readonly string[]): LegDecision {
  if (current !== null && current.round.round >= round.round) return accept();
  return accept({ type: 'opened', round, seats: seatsFor(round.stages, round.organ, seatIds) });
}

type Sign = Extract<LegCommand, { type: 'sign' }>;

function decideSign(current: LegCase, command: Sign, context: LegContext, rules: LegRules): LegDecision {
  const { actor, onBehalfOf } = command;
  const seat = signableSeat(current, command.seat, command, context, rules);
  if ('refused' in seat) return seat;
  const { grade } = stageOf(current, seat.stage);
  if (!rules.isGradeEnough(grade, command.grade)) return refuse('grade_too_low', { grade });
  if (!rules.isStepUpFresh(command.stepUpAt, context.at)) return refuse('step_up_required');
  const present = context.digestOf(statementFor(current, seat, signatureBy(actor, onBehalfOf)));
  if (!rules.isSameStatement(command.statement, present)) return refuse('signed_something_else');
  const at = notBeforeEarlier(current, context.at);
  const signed: LegEvent = { type: 'seat-signed', seat: seat.id, actor, onBehalfOf, at };
  if (openStage(rules, evolve(current, signed)) !== undefined) return accept(signed);
  if (current.round.leg === 'review') return accept<LegEvent>(signed, { type: 'cleared' });
  const { notBefore, undoSeconds } = current.round;
  const releaseAt = releaseTime(notBefore, undoSeconds, at);
  const approved: LegEvent = { type: 'approved', releaseAt };
  return rules.isDue(releaseAt, at)
    ? accept<LegEvent>(signed, approved, { type: 'released', at })
    : accept<LegEvent>(signed, approved);
}

type Return = Extract<LegCommand, { type: 'return' }>;

function decideReturn(current: LegCase, command: Return, context: LegContext, rules: LegRules): LegDecision {
  const { actor, reason, place, to } = command;
  if (current.state !== 'in-review') return refuseState(current);
  if (reason.trim() === '') return refuse('reason_required');
  if (to !== null && !rules.isEarlierStage(current, to)) return refuse('bad_target', { to });
  if (!rules.isSameContent(command.content, current.round.content)) return refuse('content_changed');
  const seat = signableSeat(current, command.seat, { actor, onBehalfOf: null }, context, rules);
  if ('refused' in seat) return seat;
  const { at } = context;
  if (to === null) return accept({ type: 'ended', ending: { kind: 'returned', by: actor, at, reason, place } });
  const renewed = renewal(rules.seatsFrom(current, to), command.seatIds, rules);
  return accept({ type: 'sent-back', by: actor, at, reason, place, from: seat.stage, to, renewed });
}

type TakeBack = Extract<LegCommand, { type: 'take-back' }>;

/** A person's own signature, while nobody has signed on the strength of it. */
function decideTakeBack(current: LegCase, command: TakeBack, rules: LegRules): LegDecision {
  const { actor, content, seatIds } = command;
  if (current.state !== 'in-review') return refuseState(current);
  const seat = rules.findSeat(current, command.seat);
  if (seat?.signature == null || !rules.isOwnSignature(seat, actor)) return refuse('not_your_signature');
  if (!rules.isSameContent(content, current.round.content)) return refuse('content_changed');
  if (!rules.isLastSigned(current, seat)) return refuse('signed_since');
  return accept({ type: 'taken-back', actor, renewed: renewal([seat], seatIds, rules) });
}

function renewal(seats: readonly Seat[], freshIds: readonly string[], rules: LegRules): readonly RenewedSeat[] {
  return seats.map((seat, index) => {
    const fresh = freshIds[index];
    if (fresh === undefined) throw new RangeError(`${seats.length} seats need as many ids, got ${freshIds.length}`);
    return rules.renewed(seat, fresh);
  });
}

/** The seat, when it is open and this person may take it now; the guards signing and returning have in common. */
function signableSeat(
  current: LegCase,
  id: string,
  who: { readonly actor: string; readonly onBehalfOf: string | null },
  { offices, at }: LegContext,
  rules: LegRules,
): Seat | Refusal {
  if (current.state !== 'in-review') return refuseState(current);
  const seat = rules.findSeat(current, id);
  if (seat === undefined || !isSeatOpen(rules, current, seat)) return refuse('slot_not_open');
  const { role, organ } = seat;
  if (!rules.isEligible(seat, who.actor, who.onBehalfOf, offices, at)) return refuse('not_eligible', { role, organ });
  return rules.areDutiesSeparate(current, who.actor, who.onBehalfOf) ? seat : refuse('separation_of_duties');
}

type End = Extract<LegCommand, { type: 'withdraw' | 'recall' }>;

function decideEnd(current: LegCase, command: End, { at }: LegContext, rules: LegRules): LegDecision {
  const { type, actor, reason } = command;
  const { state, round } = current;
  if (type === 'withdraw' ? state !== 'in-review' : !rules.mayRecallIn(current)) return refuseEnd(current, type);
  const signers = signedSeats(current).map(({ signature }) => signature.actor);
  if (type === 'withdraw' && actor !== round.submitter) return refuse('not_submitter');
  if (type === 'recall' && ![round.submitter, ...round.countedElsewhere, ...signers].includes(actor))
    return refuse('not_yours');
  if (!rules.isSameContent(command.content, round.content)) return refuse('content_changed');
  if (reason.trim() === '') return refuse('reason_required');
  const kind = type === 'withdraw' ? 'withdrawn' : 'recalled';
  return accept({ type: 'ended', ending: { kind, by: actor, at, reason, place: null } });
}

function refuseEnd(current: LegCase, type: End['type']): Refusal {
  if (current.releasedAt !== null) return refuse('too_late', { at: current.releasedAt });
  if (current.state === 'cleared') return refuse('passed_on');
  return refuse(type === 'withdraw' ? 'not_in_review' : 'not_approved', { state: current.state });
}

function refuseState(current: LegCase): Refusal {
  return current.state === 'cleared' ? refuse('passed_on') : refuse('not_in_review', { state: current.state });
}

type Postpone = Extract<LegCommand, { type: 'postpone' }>;

/** Approved and not released: it may go out later than was signed for, never earlier. */
function decidePostpone(current: LegCase, command: Postpone, rules: LegRules): LegDecision {
  const { actor, content, until } = command;
  const { state, releaseAt, releasedAt, round } = current;
  if (releasedAt !== null) return refuse('too_late', { at: releasedAt });
  if (state !== 'approved') return refuse('not_approved', { state });
  if (!rules.mayPostpone(current, actor)) return refuse('not_entitled_to_postpone');
  if (!rules.isSameContent(content, round.content)) return refuse('content_changed');
  if (!rules.isLater(until, releaseAt)) return refuse('earlier_needs_signatures', { releaseAt });
  return accept({ type: 'postponed', by: actor, releaseAt: until });
}

function decideRelease(current: LegCase, { at }: LegContext, rules: LegRules): LegDecision {
  if (current.releasedAt !== null) return accept();
  if (current.state !== 'approved') return refuse('not_approved', { state: current.state });
  return rules.isDue(current.releaseAt, at)
    ? accept({ type: 'released', at })
    : refuse('too_early', { notBefore: current.releaseAt });
}

/** Publication proved that exactly these bytes are public. Anything else about this case is not its confirmation. */
function decideConfirm(current: LegCase, proof: { readonly edition: number; readonly content: Digest }): LegDecision {
  if (current.releasedAt === null) return refuse('not_approved', { state: current.state });
  if (proof.edition !== current.round.edition || proof.content !== current.round.content)
    return refuse('content_changed');
  return current.state === 'done' ? accept() : accept({ type: 'done' });
}

/** A newer round has begun. What was approved may still go out, so it can be recalled but never overtaken. */
function decideSupersede(current: LegCase): LegDecision {
  if (current.releasedAt !== null) return refuse('too_late', { at: current.releasedAt });
  if (current.state === 'approved' || current.state === 'held')
    return refuse('case_open', { case: current.round.case });
  return ['in-review', 'cleared'].includes(current.state) ? accept({ type: 'superseded' }) : accept();
}

/** The database clock may step back; the order of signatures may not. */
function notBeforeEarlier(current: LegCase, at: Instant): Instant {
  const last = signedSeats(current).at(-1)?.signature.at;
  return last !== undefined && last > at ? last : at;
}
