import { accept, type Refusal, refuse } from '#domain/decision';
import type { Office } from '#evidence/statements';
import type { LegCase, RenewedSeat, Seat } from './leg.js';
import type { CommandOf } from './leg-command.js';
import type { LegContext, LegDecision } from './leg-context.js';
import { isSeatOpen, type LegRules } from './leg-rules.js';
import { stageOf } from './route.js';
import { signatureBy, statementFor } from './statement.js';

/** The state says no to whatever needs an open seat. */
export function refuseState(current: LegCase): Refusal {
  return current.state === 'cleared' ? refuse('passed_on') : refuse('not_in_review', { state: current.state });
}

/** A seat somebody may take now, and the office by which he may. */
export interface TakenSeat {
  readonly seat: Seat;
  readonly office: Office;
}

/** The seat, when it is open and this person may take it now: the guards all acts on a seat have in common. */
export function takenSeat(
  current: LegCase,
  id: string,
  who: { readonly actor: string; readonly onBehalfOf: string | null },
  { offices, at }: LegContext,
  rules: LegRules,
): TakenSeat | Refusal {
  if (current.state !== 'in-review') return refuseState(current);
  const seat = rules.findSeat(current, id);
  if (seat === undefined || !isSeatOpen(rules, current, seat)) return refuse('slot_not_open');
  const { role, organ } = seat;
  const office = rules.officeFor(current, seat, who, offices, at);
  if (office === null) return refuse('not_eligible', { role, organ });
  return rules.areDutiesSeparate(current, who) ? { seat, office } : refuse('separation_of_duties');
}

export function decideSign(
  current: LegCase,
  command: CommandOf<'sign'>,
  context: LegContext,
  rules: LegRules,
): LegDecision {
  const { actor, onBehalfOf } = command;
  const taken = takenSeat(current, command.seat, command, context, rules);
  if ('refused' in taken) return taken;
  const { seat, office } = taken;
  const refusal = unprepared(current, seat, command, context, rules);
  if (refusal !== null) return refusal;
  const present = context.digestOf(statementFor(current, seat, signatureBy(actor, onBehalfOf)));
  if (!rules.isSameStatement(command.statement, present)) return refuse('signed_something_else');
  if (!rules.isPasskeyGood(command.unproved)) return command.unproved ?? refuse('passkey_unknown');
  const own = office.role === seat.role && office.organ === seat.organ;
  const as = own ? null : office;
  return accept({ type: 'seat-signed', seat: seat.id, actor, onBehalfOf, at: context.at, as });
}

/** What the person has yet to do before his signature means anything; null when nothing. */
function unprepared(
  current: LegCase,
  seat: Seat,
  command: CommandOf<'sign'>,
  { at, viewed, openNotes }: LegContext,
  rules: LegRules,
): Refusal | null {
  const stage = stageOf(current, seat.stage);
  if (!rules.hasViewed(viewed, current.round.content)) return refuse('not_viewed');
  if (!rules.areNotesClosed(openNotes)) return refuse('notes_open', { count: openNotes });
  if (!rules.isGradeEnough(stage.grade, command.grade)) return refuse('grade_too_low', { grade: stage.grade });
  if (!rules.isStepUpFresh(command.grade, command.stepUpAt, at)) return refuse('step_up_required');
  if (rules.isChecklistComplete(stage, command.checked)) return null;
  const missing = (stage.checklist ?? []).filter(({ id }) => !command.checked.includes(id)).map(({ text }) => text);
  return refuse('checklist_incomplete', { missing: missing.join('；') });
}

export function decideReturn(
  current: LegCase,
  command: CommandOf<'return'>,
  context: LegContext,
  rules: LegRules,
): LegDecision {
  const { actor: by, reason, place, to } = command;
  if (current.state !== 'in-review') return refuseState(current);
  if (reason.trim() === '') return refuse('reason_required');
  const before = to !== null && current.round.stagesBefore.includes(to);
  if (to !== null && !before && !rules.isEarlierStage(current, to)) return refuse('bad_target', { to });
  if (!rules.isSameContent(command.content, current.round.content)) return refuse('content_changed');
  const taken = takenSeat(current, command.seat, command, context, rules);
  if ('refused' in taken) return taken;
  const { at } = context;
  if (to === null || before) {
    const kind = before ? 'sent-back' : 'returned';
    return accept({ type: 'ended', ending: { kind, by, at, reason, place, to } });
  }
  const renewed = renewal(rules.seatsFrom(current, to), command.seatIds, rules);
  return accept({ type: 'sent-back', by, at, reason, place, from: taken.seat.stage, to, renewed });
}

/** A person's own signature, while nobody has signed on the strength of it. */
export function decideTakeBack(current: LegCase, command: CommandOf<'take-back'>, rules: LegRules): LegDecision {
  const { actor, content, seatIds } = command;
  if (current.state !== 'in-review') return refuseState(current);
  const seat = rules.findSeat(current, command.seat);
  if (seat?.signature == null || !rules.isOwnSignature(seat, actor)) return refuse('not_your_signature');
  if (!rules.isSameContent(content, current.round.content)) return refuse('content_changed');
  if (!rules.isLastSigned(current, seat)) return refuse('signed_since');
  return accept({ type: 'taken-back', actor, renewed: renewal([seat], seatIds, rules) });
}

/** The seats opened anew under fresh ids, one for each. */
export function renewal(seats: readonly Seat[], freshIds: readonly string[], rules: LegRules): readonly RenewedSeat[] {
  return seats.map((seat, index) => {
    const fresh = freshIds[index];
    if (fresh === undefined) throw new RangeError(`${seats.length} seats need as many ids, got ${freshIds.length}`);
    return rules.renewed(seat, fresh);
  });
}
