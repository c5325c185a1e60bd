import { accept } from '#domain/decision';
import type { LegCase } from './leg.js';
import type { CommandOf } from './leg-command.js';
import type { LegContext, LegDecision } from './leg-context.js';
import type { LegRules } from './leg-rules.js';
import { seatsFor } from './route.js';
import { openStage } from './leg-rules.js';
import { renewal } from './signing.js';

/** Why a case went back though nobody returned it: a signer was not in office when he signed. */
export const SIGNATURE_LAPSED = 'signature_lapsed';

/**
 * A higher round, or a higher pass of it, opens; the same or a lower one is old news. The caller ends the earlier one first.
 * Nothing follows what was cancelled: drafting hears of that, and whatever it sent before is old news too.
 */
export function decideOpen(current: LegCase | null, { round, seatIds }: CommandOf<'open'>): LegDecision {
  if (current !== null && !mayFollow(round, current)) return accept();
  return accept({ type: 'opened', round, seats: seatsFor(round.stages, round.organ, seatIds) });
}

/** True when a round, or a pass of the same round, comes after what this leg knows of the case. */
export function mayFollow(next: Pick<LegCase['round'], 'round' | 'pass'>, { state, round }: LegCase): boolean {
  const isLater = next.round > round.round || (next.round === round.round && next.pass > round.pass);
  return isLater && state !== 'cancelled';
}

/** The later leg sent the case back within the round: the named stage and all after it sign again. Other news is old. */
export function decideReopen(
  current: LegCase,
  { to, pass, seatIds, code }: CommandOf<'reopen'>,
  { at }: LegContext,
  rules: LegRules,
): LegDecision {
  if (current.state !== 'cleared' || pass !== current.round.pass) return accept();
  const renewed = renewal(rules.seatsFrom(current, to), seatIds, rules);
  return accept({ type: 'reopened', to, at, renewed, ...(code === undefined ? {} : { code }) });
}

/**
 * Signatures the verifier would refuse: the first stage that has one signs again, with all after it. A stage of the leg
 * before ends this leg, as when a person sends the case back there. Stages no signature counts in are passed over.
 */
export function decideLapse(
  current: LegCase,
  { stages, seatIds }: CommandOf<'lapse'>,
  { at }: LegContext,
  rules: LegRules,
): LegDecision {
  if (current.state !== 'in-review') return accept();
  const { stagesBefore, stages: own } = current.round;
  const to = [...stagesBefore, ...own.map(({ id }) => id)].find((stage) => stages.includes(stage));
  if (to === undefined) return accept();
  const code = SIGNATURE_LAPSED;
  if (stagesBefore.includes(to))
    return accept({
      type: 'ended',
      ending: { kind: 'sent-back', by: null, at, reason: '', place: null, to, code },
    });
  const from = openStage(rules, current)?.id ?? null;
  const renewed = renewal(rules.seatsFrom(current, to), seatIds, rules);
  return accept({ type: 'lapsed', at, from, to, code, renewed });
}
