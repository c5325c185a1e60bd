import { accept, type Decision, isRefusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { DecisionStatement, RouteStage } from '#evidence/statements';
import type { Offices } from './directory.js';
import { type LegCase, type LegEvent, signedSeats } from './leg.js';
import { type LegRules, openStage, releaseTime } from './leg-rules.js';

/** All a decision needs from outside: the database's time, the directory with its deputies, and what the person did before. */
export interface LegContext {
  readonly at: Instant;
  readonly offices: Offices;
  /** Contents of this case the person acting has opened and looked at. */
  readonly viewed: readonly Digest[];
  /** Notes of the open stage nobody has settled. */
  readonly openNotes: number;
  digestOf(statement: DecisionStatement): Digest;
  /** When a stage that opens now is due; null without a limit, or when the calendar of that year is not loaded. */
  dueFor(stage: RouteStage, at: Instant): Instant | null;
}

export type LegDecision = Decision<LegEvent>;

/**
 * Adds to a decision what follows from it: the stage that opens by it, or when no stage is left the end of the leg.
 * Whatever fills the last seat (a signature, or the removal of an added seat) completes the leg here and nowhere else.
 */
export function withStage(
  current: LegCase | null,
  decision: LegDecision,
  evolve: (current: LegCase | null, event: LegEvent) => LegCase,
  context: LegContext,
  rules: LegRules,
): LegDecision {
  if (isRefusal(decision) || decision.events.length === 0) return decision;
  const next = decision.events.reduce<LegCase | null>(evolve, current);
  if (next?.state !== 'in-review') return decision;
  return accept<LegEvent>(...decision.events, ...consequences(next, context, rules));
}

function consequences(next: LegCase, context: LegContext, rules: LegRules): readonly LegEvent[] {
  const { at } = context;
  const stage = openStage(rules, next);
  if (stage === undefined) return completion(next, at, rules);
  if (next.clock?.stage === stage.id) return [];
  return [{ type: 'stage-opened', stage: stage.id, at, dueAt: context.dueFor(stage, at) }];
}

function completion({ round }: LegCase, at: Instant, rules: LegRules): readonly LegEvent[] {
  if (round.leg === 'review') return [{ type: 'cleared' }];
  const releaseAt = releaseTime(round.notBefore, round.undoSeconds, at);
  const approved: LegEvent = { type: 'approved', releaseAt };
  return rules.isDue(releaseAt, at) ? [approved, { type: 'released', at }] : [approved];
}

/**
 * The database clock may step back; the time of a leg may not: never before its last signature, and never before the open
 * stage opened. Offices and deputies are asked for at that time too, since it is the one a stranger checks them at.
 */
export function notBeforeEarlier(current: LegCase, at: Instant): Instant {
  return latest(at, signedSeats(current).at(-1)?.signature.at, current.clock?.since);
}

/** The latest of an instant and others that may be there. */
export function latest(at: Instant, ...others: readonly (Instant | null | undefined)[]): Instant {
  return others.reduce<Instant>((last, one) => (one != null && one > last ? one : last), at);
}
