import type { Instant } from '#domain/instant';
import type { Office, RouteStage } from '#evidence/statements';
import type { Offices } from '#signoff/directory';

/** A seat as far as filling it goes. `slot` null: added beside the route. */
export interface FillableSeat extends Office {
  readonly stage: number;
  readonly slot: number | null;
  readonly person: string | null;
  readonly signed: boolean;
}

/**
 * By trying everything: can distinct people, none of them barred, give every signature still missing? `superior` may take
 * seats of stage `superiorOf` as well.
 */
export function fillable(
  stages: readonly RouteStage[],
  seats: readonly FillableSeat[],
  offices: Offices,
  barred: ReadonlySet<string>,
  at: Instant,
  superior: Office | null = null,
  superiorOf = -1,
): boolean {
  const people = (seat: FillableSeat): readonly string[] => {
    const own = offices.holders(seat.role, seat.organ, at).filter((one) => seat.person === null || one === seat.person);
    const above = superior !== null && seat.stage === superiorOf ? offices.holders(superior.role, superior.organ, at) : [];
    return [...own, ...above].filter((one) => !barred.has(one));
  }; // prettier-ignore
  const choices = stages.map((stage, index) =>
    waysToFill(
      stage,
      seats.filter((seat) => seat.stage === index),
    ),
  );
  const tryStage = (index: number, chosen: readonly FillableSeat[]): boolean =>
    index === choices.length
      ? assign(chosen.map(people).toSorted((a, b) => a.length - b.length), 0, new Set())
      : choices[index]!.some((way) => tryStage(index + 1, [...chosen, ...way])); // prettier-ignore
  return tryStage(0, []);
}

/** The sets of unsigned seats any one of which would make the stage full: in an ordered stage only the next ones. */
function waysToFill(stage: RouteStage, seats: readonly FillableSeat[]): readonly (readonly FillableSeat[])[] {
  const need = stage.need === 'all' ? stage.slots.length : stage.need;
  const added = seats.filter(({ slot, signed }) => slot === null && !signed);
  const route = seats.filter(({ slot }) => slot !== null).toSorted((a, b) => a.slot! - b.slot!);
  const missing = Math.max(0, need - route.filter(({ signed }) => signed).length);
  const open = route.filter(({ signed }) => !signed);
  const ways = stage.ordered ? [open.slice(0, missing)] : subsets(open, missing);
  return ways.map((way) => [...way, ...added]);
}

function subsets<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => subsets(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}

function assign(candidates: readonly (readonly string[])[], index: number, taken: Set<string>): boolean {
  if (index === candidates.length) return true;
  for (const person of candidates[index]!) {
    if (taken.has(person)) continue;
    taken.add(person);
    if (assign(candidates, index + 1, taken)) return true;
    taken.delete(person);
  }
  return false;
}
