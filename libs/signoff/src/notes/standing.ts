import type { Instant } from '#domain/instant';
import { DRAFTER, type Offices } from '../directory.js';
import type { LegCase } from '../leg.js';
import { isSeatOpen, legRules } from '../leg-rules.js';
import type { NotedLeg, Standing } from './note.js';

/** What a person is to a case at this moment. `asked`: whom the case's people asked for an opinion. */
export function standingOf(
  legCase: LegCase,
  person: string,
  { offices, at }: { readonly offices: Offices; readonly at: Instant },
  asked: readonly string[],
): Standing {
  const { round, seats } = legCase;
  const who = { actor: person, onBehalfOf: null };
  const held = seats.filter((seat) => legRules.officeFor(legCase, seat, who, offices, at) !== null);
  return {
    person,
    mayAct: held.some((seat) => isSeatOpen(legRules, legCase, seat)) && legRules.areDutiesSeparate(legCase, who),
    asked: asked.includes(person),
    isDrafter: offices.holds(person, DRAFTER, round.organ, at),
    contributed: [round.submitter, ...round.contributors].includes(person),
    stages: [...new Set(held.map(({ stage }) => stage))],
  };
}

/** The leg as notes see it. */
export function notedLeg({ state, round }: LegCase, notes: number): NotedLeg {
  return { state, content: round.content, stages: round.stages.map(({ id }) => id), notes };
}
