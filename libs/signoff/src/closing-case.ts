import { accept, type Refusal, refuse } from '#domain/decision';
import { type LegCase, signedSeats } from './leg.js';
import type { CommandOf } from './leg-command.js';
import type { LegContext, LegDecision } from './leg-context.js';
import type { LegRules } from './leg-rules.js';

type End = CommandOf<'withdraw'> | CommandOf<'recall'>;

/** 撤回 under sign-off, 收回 once approved: the round ends and the report is its drafter's again. */
export function decideEnd(current: LegCase, command: End, { at }: LegContext, rules: LegRules): LegDecision {
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
  return accept({ type: 'ended', ending: { kind, by: actor, at, reason, place: null, to: null } });
}

/** 作废: the case is over for good, whether under sign-off or back with the drafter (returned, withdrawn, held). */
export function decideCancel(
  current: LegCase,
  command: CommandOf<'cancel'>,
  { offices, at }: LegContext,
  rules: LegRules,
): LegDecision {
  const { actor: by, reason, content } = command;
  if (!['in-review', 'returned', 'withdrawn', 'held'].includes(current.state)) return refuseEnd(current, 'cancel');
  if (!rules.mayCancel(current, by, offices, at)) return refuse('not_submitter_or_office');
  if (!rules.isSameContent(content, current.round.content)) return refuse('content_changed');
  if (reason.trim() === '') return refuse('reason_required');
  return accept({ type: 'ended', ending: { kind: 'cancelled', by, at, reason, place: null, to: null } });
}

function refuseEnd(current: LegCase, type: End['type'] | 'cancel'): Refusal {
  const { state, releasedAt } = current;
  if (releasedAt !== null) return refuse('too_late', { at: releasedAt });
  if (state === 'cleared') return refuse('passed_on');
  if (type !== 'recall' && state === 'approved') return refuse('recall_first', { releaseAt: current.releaseAt });
  return refuse(type === 'recall' ? 'not_approved' : 'not_in_review', { state });
}

/** Approved and not released: it may go out later than was signed for, never earlier. */
export function decidePostpone(current: LegCase, command: CommandOf<'postpone'>, rules: LegRules): LegDecision {
  const { actor, content, until } = command;
  const { state, releaseAt, releasedAt, round } = current;
  if (releasedAt !== null) return refuse('too_late', { at: releasedAt });
  if (state !== 'approved') return refuse('not_approved', { state });
  if (!rules.mayPostpone(current, actor)) return refuse('not_entitled_to_postpone');
  if (!rules.isSameContent(content, round.content)) return refuse('content_changed');
  if (!rules.isLater(until, releaseAt)) return refuse('earlier_needs_signatures', { releaseAt });
  return accept({ type: 'postponed', by: actor, releaseAt: until });
}
