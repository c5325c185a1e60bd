import { invariant } from '#domain/decision';
import { decideCancel, decideEnd, decidePostpone } from './closing-case.js';
import {
  decideConfirm,
  decideEndElsewhere,
  decideHold,
  decideOvertake,
  decideRelease,
  decideSupersede,
} from './closing-leg.js';
import type { Ending, LegCase, LegEvent, LegState, RenewedSeat, Seat } from './leg.js';
import type { LegCommand } from './leg-command.js';
import { type LegContext, type LegDecision, notBeforeEarlier, withStage } from './leg-context.js';
import { type LegRules, legRules } from './leg-rules.js';
import { decideLapse, decideOpen, decideReopen } from './opening-leg.js';
import { decideAddSigner, decideEscalate, decideHandOver, decideOfferAgain, decideRemoveSigner } from './seat-acts.js';
import { decideReturn, decideSign, decideTakeBack } from './signing.js';

/**
 * Decides one command on one leg: the events it causes (none: already so), or the refusal code of the first guard that fails;
 * the order of the guards is part of the law. `current` is null only for `open`.
 */
export function decide(
  current: LegCase | null,
  command: LegCommand,
  asked: LegContext,
  rules: LegRules = legRules,
): LegDecision {
  const context = current === null ? asked : { ...asked, at: notBeforeEarlier(current, asked.at) };
  const decision =
    command.type === 'open' ? decideOpen(current, command) : decideOnOpened(current, command, context, rules);
  return withStage(current, decision, evolve, context, rules);
}

function decideOnOpened(
  current: LegCase | null,
  command: Exclude<LegCommand, { type: 'open' }>,
  context: LegContext,
  rules: LegRules,
): LegDecision {
  invariant(current !== null, `${command.type} needs an open case`);
  switch (command.type) {
    case 'sign':
      return decideSign(current, command, context, rules);
    case 'return':
      return decideReturn(current, command, context, rules);
    case 'take-back':
      return decideTakeBack(current, command, rules);
    case 'hand-over':
      return decideHandOver(current, command, context, rules);
    case 'add-signer':
      return decideAddSigner(current, command, context, rules);
    case 'remove-signer':
      return decideRemoveSigner(current, command, rules);
    case 'withdraw':
    case 'recall':
      return decideEnd(current, command, context, rules);
    case 'cancel':
      return decideCancel(current, command, context, rules);
    case 'postpone':
      return decidePostpone(current, command, rules);
    case 'reopen':
      return decideReopen(current, command, context, rules);
    case 'lapse':
      return decideLapse(current, command, context, rules);
    case 'offer-again':
      return decideOfferAgain(current, command, context, rules);
    case 'escalate':
      return decideEscalate(current, context, rules);
    case 'release':
      return decideRelease(current, context, rules);
    case 'confirm':
      return decideConfirm(current, command);
    case 'hold':
      return decideHold(current, command, context);
    case 'overtake':
      return decideOvertake(current);
    case 'supersede':
      return decideSupersede(current);
    default:
      return decideEndElsewhere(current, command);
  }
}

/** The leg after an event. */
export function evolve(current: LegCase | null, event: LegEvent): LegCase {
  if (event.type === 'opened') {
    const { round, seats } = event;
    const nothingYet = { clock: null, ending: null, lapses: [], releaseAt: null, releasedAt: null };
    return { round, seats, state: 'in-review', ...nothingYet };
  }
  invariant(current !== null, `${event.type} needs an open case`);
  switch (event.type) {
    case 'stage-opened': {
      const { stage, at: since, dueAt } = event;
      return { ...current, clock: { stage, since, dueAt, escalated: false } };
    }
    case 'escalated':
      return { ...current, clock: current.clock && { ...current.clock, escalated: true } };
    case 'seat-signed': {
      const { actor, onBehalfOf, at, as } = event;
      return withSeat(current, event.seat, (seat) => ({ ...seat, signature: { actor, onBehalfOf, at, as } }));
    }
    case 'sent-back':
    case 'taken-back':
      return { ...current, seats: current.seats.map((seat) => renewedSeat(seat, event.renewed)) };
    case 'lapsed': {
      const { at, from, to, code } = event;
      const seats = current.seats.map((seat) => renewedSeat(seat, event.renewed));
      return { ...current, seats, lapses: [...current.lapses, { at, from, to, code }] };
    }
    case 'reopened': {
      const { at, to, code } = event;
      const seats = current.seats.map((seat) => renewedSeat(seat, event.renewed));
      const lapses = code === undefined ? current.lapses : [...current.lapses, { at, from: null, to, code }];
      return {
        ...current,
        state: 'in-review',
        seats,
        lapses,
        round: { ...current.round, pass: current.round.pass + 1 },
      };
    }
    case 'handed-over':
      return withSeat(current, event.seat, (seat) => ({ ...seat, id: event.id, person: event.to }));
    case 'seat-added':
      return { ...current, seats: [...current.seats, event.seat] };
    case 'seat-removed':
      return { ...current, seats: current.seats.filter(({ id }) => id !== event.seat) };
    case 'approved':
      return { ...current, state: 'approved', releaseAt: event.releaseAt, clock: null };
    case 'postponed':
      return { ...current, releaseAt: event.releaseAt };
    case 'released':
      return { ...current, state: 'released', releasedAt: event.at };
    case 'ended':
      return { ...current, ...ENDED, state: endState(event.ending.kind), ending: event.ending };
    case 'ended-elsewhere':
      return { ...current, state: endState(event.kind), clock: null };
    default:
      return { ...current, state: event.type, clock: null };
  }
}

/** Nothing of a round that ended goes out, also when it had been released and publication gave it up. */
const ENDED = { releaseAt: null, releasedAt: null, clock: null } as const;

function withSeat(current: LegCase, id: string, change: (seat: Seat) => Seat): LegCase {
  return { ...current, seats: current.seats.map((seat) => (seat.id === id ? change(seat) : seat)) };
}

function renewedSeat(seat: Seat, renewed: readonly RenewedSeat[]): Seat {
  const found = renewed.find((one) => one.seat === seat.id);
  return found === undefined ? seat : { ...seat, id: found.id, signature: null };
}

function endState(kind: Ending['kind']): LegState {
  return kind === 'recalled' ? 'returned' : kind;
}
