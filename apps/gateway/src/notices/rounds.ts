import type { LegFacts } from './report-facts.js';

/** States after which a round waits for nothing any more. */
const OVER: ReadonlySet<string> = new Set(['returned', 'withdrawn', 'cancelled', 'superseded', 'done', 'held']);

/** The legs of the present round of each case: what an earlier round still shows is past. */
export function presentRounds(legs: readonly LegFacts[]): readonly (readonly LegFacts[])[] {
  const cases = [...new Set(legs.map(({ case: caseId }) => caseId))];
  return cases.map((caseId) => {
    const own = legs.filter((leg) => leg.case === caseId);
    const round = Math.max(...own.map((leg) => leg.round));
    return own.filter((leg) => leg.round === round);
  });
}

/** True while the round goes on. When one leg says that it is over, it is, whatever the other said last. */
export function goesOn(round: readonly LegFacts[]): boolean {
  return !round.some(({ state }) => OVER.has(state));
}

/** The legs of a round in which people sign now. */
export function openLegs(round: readonly LegFacts[]): readonly LegFacts[] {
  return goesOn(round) ? round.filter(({ state }) => state === 'in-review') : [];
}
