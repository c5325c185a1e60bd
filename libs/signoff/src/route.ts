import type { Leg, RouteDocument, RouteStage } from '#evidence/statements';
import type { LegCase, Seat } from './leg.js';

/** The stages of one leg, in the order in which they open. */
export function stagesOf(route: RouteDocument, leg: Leg): readonly RouteStage[] {
  return route.stages.filter((stage) => stage.leg === leg);
}

/** How many different people a stage asks for. */
export function seatsNeeded(stage: RouteStage): number {
  return stage.need === 'all' ? stage.slots.length : stage.need;
}

/** A slot's organ, with "self" read as the organ whose report it is. */
export function resolveOrgan(slotOrgan: string, organ: string): string {
  return slotOrgan === 'self' ? organ : slotOrgan;
}

/** The unsigned seats of a leg, one for each slot. `seatIds` gives one fresh id per slot, in order. */
export function seatsFor(stages: readonly RouteStage[], organ: string, seatIds: readonly string[]): readonly Seat[] {
  const slots = stages.flatMap((stage) => stage.slots.map((slot, ordinal) => ({ stage: stage.id, ordinal, slot })));
  return slots.map(({ stage, ordinal, slot }, index) => {
    const id = seatIds[index];
    if (id === undefined) throw new RangeError(`${slots.length} seats need as many ids, got ${seatIds.length}`);
    return { id, stage, ordinal, role: slot.role, organ: resolveOrgan(slot.organ, organ), signature: null };
  });
}

/**
 * What is wrong with a route as a law, or null: both legs present, review before approval, stage ids unique,
 * every need between 1 and the number of slots. A route with a defect must never be agreed.
 */
export function routeDefect(route: RouteDocument): string | null {
  const ids = route.stages.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) return `stage ${repeated} appears twice`;
  if (stagesOf(route, 'review').length === 0) return 'no stage in the review leg';
  if (stagesOf(route, 'approval').length === 0) return 'no stage in the approval leg';
  const firstApproval = route.stages.findIndex(({ leg }) => leg === 'approval');
  const late = route.stages.slice(firstApproval).find(({ leg }) => leg === 'review');
  if (late !== undefined) return `review stage ${late.id} comes after an approval stage`;
  const unfit = route.stages.find((stage) => seatsNeeded(stage) < 1 || seatsNeeded(stage) > stage.slots.length);
  return unfit === undefined
    ? null
    : `stage ${unfit.id} needs ${seatsNeeded(unfit)} signatures and has ${unfit.slots.length} slots`;
}

/** The stage with this id. Throws when the round's route has none: seats and stages come from one route. */
export function stageOf(legCase: LegCase, id: string): RouteStage {
  const stage = legCase.round.stages.find((candidate) => candidate.id === id);
  if (stage === undefined) throw new Error(`case ${legCase.round.case} has no stage ${id}`);
  return stage;
}
