import { accept } from '#domain/decision';
import type { LegCase } from './leg.js';
import type { CommandOf } from './leg-command.js';
import type { LegContext, LegDecision } from './leg-context.js';
import type { LegRules } from './leg-rules.js';
import { seatsFor } from './route.js';
import { renewal } from './signing.js';

/** A higher round, or a higher pass of it, opens; the same or a lower one is old news. The caller ends the earlier one first. */
export function decideOpen(current: LegCase | null, { round, seatIds }: CommandOf<'open'>): LegDecision {
  if (current !== null && !isLater(round, current.round)) return accept();
  return accept({ type: 'opened', round, seats: seatsFor(round.stages, round.organ, seatIds) });
}

type Position = Pick<LegCase['round'], 'round' | 'pass'>;

/** True when a round, or a pass of the same round, comes after another. */
export function isLater(one: Position, other: Position): boolean {
  return one.round > other.round || (one.round === other.round && one.pass > other.pass);
}

/** The later leg sent the case back within the round: the named stage and all after it sign again. Other news is old. */
export function decideReopen(
  current: LegCase,
  { to, pass, seatIds }: CommandOf<'reopen'>,
  { at }: LegContext,
  rules: LegRules,
): LegDecision {
  if (current.state !== 'cleared' || pass !== current.round.pass) return accept();
  return accept({ type: 'reopened', to, at, renewed: renewal(rules.seatsFrom(current, to), seatIds, rules) });
}
