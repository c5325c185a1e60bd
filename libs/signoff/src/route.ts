import { resolveOrgan } from '#evidence/route-law';
import type { RouteStage } from '#evidence/statements';
import type { LegCase, Seat } from './leg.js';

/** The unsigned seats of a leg, one for each slot. `seatIds` gives one fresh id per slot, in order. */
export function seatsFor(stages: readonly RouteStage[], organ: string, seatIds: readonly string[]): readonly Seat[] {
  const slots = stages.flatMap((stage) => stage.slots.map((slot, ordinal) => ({ stage: stage.id, ordinal, slot })));
  return slots.map(({ stage, ordinal, slot }, index) => {
    const id = seatIds[index];
    if (id === undefined) throw new RangeError(`${slots.length} seats need as many ids, got ${seatIds.length}`);
    const office = { role: slot.role, organ: resolveOrgan(slot.organ, organ) };
    return { id, stage, ordinal, ...office, person: slot.person ?? null, addedBy: null, signature: null };
  });
}

/** The stage with this id. Throws when the round's route has none: seats and stages come from one route. */
export function stageOf(legCase: LegCase, id: string): RouteStage {
  const stage = legCase.round.stages.find((candidate) => candidate.id === id);
  if (stage === undefined) throw new Error(`case ${legCase.round.case} has no stage ${id}`);
  return stage;
}
