import { type Defect, defect } from './defect.js';
import type { CountedSeat, DirectoryDocument, Leg, RouteDocument, RouteStage, SealStatement } from './statements.js';
import type { Agreements } from './verify-agreements.js';

/** A counted seat with the leg whose list it stands in. */
export interface LegSeat extends CountedSeat {
  readonly leg: Leg;
}

/**
 * The law of the route over the seats that count: every seat one slot of the route, every stage full and in its turn,
 * every signature by another person, none by a contributor, each in office at that time. Defects: seat_twice,
 * slot_unknown, slot_twice, person_twice, contributor_signed, role_not_held, need_not_met, stage_order.
 */
export function verifySeats(
  seats: readonly LegSeat[],
  seal: SealStatement,
  { directory, route }: Agreements,
): Defect | undefined {
  return (
    repeated(seats, 'seat', 'seat_twice') ??
    repeated(seats, 'actor', 'person_twice') ??
    contributorAmong(seats, seal.contributors) ??
    everyStage(route, seats, seal.organ) ??
    stagesInTurn(route, seats) ??
    officesHeld(seats, directory)
  );
}

function repeated(seats: readonly LegSeat[], field: 'seat' | 'actor', code: string): Defect | undefined {
  const values = seats.map((seat) => seat[field]);
  const again = values.find((value, index) => values.indexOf(value) < index);
  return again === undefined ? undefined : defect(code, 'seats', `${again} appears twice`);
}

function contributorAmong(seats: readonly LegSeat[], contributors: readonly string[]): Defect | undefined {
  const found = seats.find(({ actor }) => contributors.includes(actor));
  return found && defect('contributor_signed', `seat ${found.seat}`, `${found.actor} contributed to this edition`);
}

function everyStage(route: RouteDocument, seats: readonly LegSeat[], organ: string): Defect | undefined {
  const stray = seats.find(({ stage, leg }) => !route.stages.some((one) => one.id === stage && one.leg === leg));
  if (stray) return defect('slot_unknown', `seat ${stray.seat}`, `no stage ${stray.stage} in the ${stray.leg} leg`);
  for (const stage of route.stages) {
    const signed = seats.filter((seat) => seat.stage === stage.id);
    const wrong = stageDefect(stage, signed, organ);
    if (wrong) return wrong;
  }
  return undefined;
}

/** Seats fill slots one to one; an ordered stage fills them from the first on, in time. */
function stageDefect(stage: RouteStage, signed: readonly LegSeat[], organ: string): Defect | undefined {
  const where = `stage ${stage.id}`;
  const free = stage.slots.map((slot) => `${slot.role}@${slot.organ === 'self' ? organ : slot.organ}`);
  const offices = [...free];
  for (const seat of signed) {
    const office = `${seat.role}@${seat.organ}`;
    if (!offices.includes(office)) return defect('slot_unknown', where, `${office} has no slot`);
    if (!free.includes(office)) return defect('slot_twice', where, `${office} signed for more slots than there are`);
    free.splice(free.indexOf(office), 1);
  }
  const needed = stage.need === 'all' ? stage.slots.length : stage.need;
  if (signed.length < needed) return defect('need_not_met', where, `${signed.length} signatures of ${needed}`);
  if (!stage.ordered) return undefined;
  const inTime = signed.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const out = inTime.find((seat, index) => `${seat.role}@${seat.organ}` !== offices[index]);
  return out && defect('stage_order', where, `${out.role}@${out.organ} signed out of its turn`);
}

/** A stage opens when the one before is full, so none of its signatures is older than the youngest before it. */
function stagesInTurn(route: RouteDocument, seats: readonly LegSeat[]): Defect | undefined {
  let fullAt = '';
  for (const { id } of route.stages) {
    const times = seats.filter(({ stage }) => stage === id).map(({ at }) => at);
    const early = times.find((at) => at < fullAt);
    if (early !== undefined) return defect('stage_order', `stage ${id}`, `signed ${early}, opened ${fullAt}`);
    fullAt = times.reduce((latest, at) => (at > latest ? at : latest), fullAt);
  }
  return undefined;
}

/** Grants hold from `from` until before `until`; an open grant proves nothing for a person who has left. */
function officesHeld(seats: readonly LegSeat[], { grants, persons }: DirectoryDocument): Defect | undefined {
  const active = new Set(persons.filter((person) => person.active).map(({ id }) => id));
  const without = seats.find(
    ({ actor, role, organ, at }) =>
      !grants.some(
        (grant) =>
          grant.person === actor &&
          grant.role === role &&
          grant.organ === organ &&
          grant.from <= at &&
          (grant.until === null ? active.has(actor) : at < grant.until),
      ),
  );
  return (
    without &&
    defect('role_not_held', `seat ${without.seat}`, `${without.actor} was not ${without.role}@${without.organ} then`)
  );
}
