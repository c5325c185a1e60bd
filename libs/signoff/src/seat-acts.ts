import { accept, type Refusal, refuse } from '#domain/decision';
import type { Office } from '#evidence/statements';
import { type LegCase, type Seat, seatsOf } from './leg.js';
import type { CommandOf } from './leg-command.js';
import type { LegContext, LegDecision } from './leg-context.js';
import { type LegRules, openStage } from './leg-rules.js';
import { refuseState, takenSeat } from './signing.js';

/** 转办: whoever could sign a seat himself gives it to another holder of its office. Not for deputies. */
export function decideHandOver(
  current: LegCase,
  command: CommandOf<'hand-over'>,
  context: LegContext,
  rules: LegRules,
): LegDecision {
  const { actor, to, content, seatId } = command;
  const taken = takenSeat(current, command.seat, { actor, onBehalfOf: null }, context, rules);
  if ('refused' in taken) return taken;
  const { seat } = taken;
  if (!rules.isSameContent(content, current.round.content)) return refuse('content_changed');
  if (rules.isNamedByRoute(current, seat)) return refuse('named_by_route');
  const refusal = targetRefusal(current, seat.stage, to, seat, context, rules);
  if (refusal !== null) return refusal;
  const changed = current.seats.map((one) => (one === seat ? { ...seat, person: to } : one));
  return (
    wouldBlock({ ...current, seats: changed }, context, rules) ??
    accept({ type: 'handed-over', seat: seat.id, id: seatId, by: actor, to })
  );
}

/** 加签: one more signature the open stage needs, beside what the route asks for. */
export function decideAddSigner(
  current: LegCase,
  command: CommandOf<'add-signer'>,
  context: LegContext,
  rules: LegRules,
): LegDecision {
  const { actor, person, office, content, seatId } = command;
  const taken = takenSeat(current, command.seat, { actor, onBehalfOf: null }, context, rules);
  if ('refused' in taken) return taken;
  if (!rules.isSameContent(content, current.round.content)) return refuse('content_changed');
  const { stage } = taken.seat;
  const refusal = targetRefusal(current, stage, person, office, context, rules);
  if (refusal !== null) return refusal;
  const ordinal = Math.max(...seatsOf(current.seats, stage).map((seat) => seat.ordinal)) + 1;
  const { role, organ } = office;
  const seat: Seat = { id: seatId, stage, ordinal, role, organ, person, addedBy: actor, signature: null };
  return (
    wouldBlock({ ...current, seats: [...current.seats, seat] }, context, rules) ?? accept({ type: 'seat-added', seat })
  );
}

/** Why this person cannot be asked to sign by this office; null when he can. */
function targetRefusal(
  current: LegCase,
  stage: string,
  person: string,
  { role, organ }: Office,
  { offices, at }: LegContext,
  rules: LegRules,
): Refusal | null {
  if (!rules.areDutiesSeparate(current, { actor: person, onBehalfOf: null })) return refuse('target_not_allowed');
  if (rules.isAsked(current, stage, person)) return refuse('already_asked');
  return offices.holds(person, role, organ, at) ? null : refuse('target_lacks_role', { role, organ });
}

function wouldBlock(next: LegCase, { offices, at }: LegContext, rules: LegRules): Refusal | null {
  const blocked = rules.blocked(next, offices, at);
  return blocked === null ? null : refuse('would_block', { stage: blocked.stage, seats: blocked.seats });
}

/** 减签: only what was added, by who added it, while nobody has signed it. */
export function decideRemoveSigner(
  current: LegCase,
  { seat: id, actor, content }: CommandOf<'remove-signer'>,
  rules: LegRules,
): LegDecision {
  if (current.state !== 'in-review') return refuseState(current);
  const seat = rules.findSeat(current, id);
  if (seat === undefined || seat.stage !== openStage(rules, current)?.id || !rules.mayRemove(seat, actor))
    return refuse('not_removable');
  if (!rules.isSameContent(content, current.round.content)) return refuse('content_changed');
  return accept({ type: 'seat-removed', seat: id, by: actor });
}

/**
 * Seats given to somebody who no longer holds their office are offered to its holders again. A signer the route itself
 * names cannot be replaced by whoever holds his office: that seat stays empty, and the case is blocked.
 */
export function decideOfferAgain(
  current: LegCase,
  { seatIds }: CommandOf<'offer-again'>,
  { offices, at }: LegContext,
  rules: LegRules,
): LegDecision {
  if (current.state !== 'in-review') return accept();
  const left = current.seats.filter(
    (seat) =>
      seat.signature === null &&
      seat.person !== null &&
      !rules.isNamedByRoute(current, seat) &&
      !offices.holds(seat.person, seat.role, seat.organ, at),
  );
  return accept(
    ...left.map((seat, index) => {
      const id = seatIds[index];
      if (id === undefined) throw new RangeError(`${left.length} seats need as many ids, got ${seatIds.length}`);
      return { type: 'handed-over', seat: seat.id, id, by: null, to: null } as const;
    }),
  );
}

/** 超时: the superior is asked as well. Time alone never signs and never refuses. */
export function decideEscalate(current: LegCase, { at }: LegContext, rules: LegRules): LegDecision {
  const { clock } = current;
  if (current.state !== 'in-review' || clock === null || clock.escalated) return accept();
  if (!rules.isOverdue(current, at)) return refuse('not_overdue', { dueAt: clock.dueAt });
  return accept({ type: 'escalated', stage: clock.stage, at });
}
