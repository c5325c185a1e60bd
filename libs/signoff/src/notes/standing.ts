import type { Instant } from '#domain/instant';
import { DRAFTER, type Offices } from '../directory.js';
import type { LegCase } from '../leg.js';
import { isSeatOpen, legRules } from '../leg-rules.js';
import type { NotedLeg, Standing } from './note.js';

/**
 * What a person is to a case at this moment, for himself or for a principal: then in the principal's offices and in nothing
 * else. `asked`: whom the case's people asked for an opinion.
 */
export function standingOf(
  legCase: LegCase,
  { person, onBehalfOf }: Pick<Standing, 'person' | 'onBehalfOf'>,
  { offices, at }: { readonly offices: Offices; readonly at: Instant },
  asked: readonly string[],
): Standing {
  const { round, seats } = legCase;
  const who = { actor: person, onBehalfOf };
  const persons = onBehalfOf === null ? [person] : [person, onBehalfOf];
  const forHimself = onBehalfOf === null;
  const held = seats.filter((seat) => legRules.officeFor(legCase, seat, who, offices, at) !== null);
  return {
    person,
    onBehalfOf,
    mayAct: held.some((seat) => isSeatOpen(legRules, legCase, seat)) && legRules.areDutiesSeparate(legCase, who),
    asked: forHimself && asked.includes(person),
    isDrafter: forHimself && offices.holds(person, DRAFTER, round.organ, at),
    contributed: persons.some((one) => [round.submitter, ...round.contributors].includes(one)),
    stages: [...new Set(held.map(({ stage }) => stage))],
  };
}

/** The leg as notes see it. */
export function notedLeg({ state, round }: LegCase, notes: number): NotedLeg {
  return { state, content: round.content, stages: round.stages.map(({ id }) => id), notes };
}
