import { type Defect, defect } from './defect.js';
import { resolveOrgan, seatsNeeded } from './route-law.js';
import type {
  CountedSeat,
  DirectoryDocument,
  Leg,
  Office,
  RouteDocument,
  RouteStage,
  SealStatement,
} from './statements.js';
import type { Agreements } from './verify-agreements.js';

/** Of a counted seat what its signer's office is judged by. */
export type OfficeTaken = Pick<CountedSeat, 'actor' | 'onBehalfOf' | 'role' | 'organ' | 'as' | 'at'>;

/** A counted seat with the leg whose list it stands in. */
export interface LegSeat extends CountedSeat {
  readonly leg: Leg;
}

/**
 * The law of the route over the seats that count: what `verifySlots` asks, and each signer in office at that time. Defects:
 * those of `verifySlots`, and role_not_held.
 */
export function verifySeats(
  seats: readonly LegSeat[],
  seal: SealStatement,
  { directory, route }: Agreements,
): Defect | undefined {
  return verifySlots(seats, seal, route) ?? officesHeld(seats, directory);
}

/**
 * Every seat one slot of the route or added beside it, every stage full and in its turn, other persons behind every
 * signature, none a contributor; not yet whether they held their offices. Defects: seat_twice, slot_unknown, slot_twice,
 * person_twice, contributor_signed, need_not_met, stage_order, escalation_unknown.
 */
export function verifySlots(seats: readonly LegSeat[], seal: SealStatement, route: RouteDocument): Defect | undefined {
  return (
    repeated(
      seats.map(({ seat }) => seat),
      'seat_twice',
    ) ??
    repeated(seats.flatMap(personsOf), 'person_twice') ??
    contributorAmong(seats, seal.contributors) ??
    everyStage(route, seats, seal.organ) ??
    stagesInTurn(route, seats)
  );
}

/** The signer and, when there is one, the person signed for: both count. */
function personsOf({ actor, onBehalfOf = null }: CountedSeat): readonly string[] {
  return onBehalfOf === null ? [actor] : [actor, onBehalfOf];
}

function repeated(values: readonly string[], code: string): Defect | undefined {
  const again = values.find((value, index) => values.indexOf(value) < index);
  return again === undefined ? undefined : defect(code, 'seats', `${again} appears twice`);
}

function contributorAmong(seats: readonly LegSeat[], contributors: readonly string[]): Defect | undefined {
  const found = seats.find((seat) => personsOf(seat).some((person) => contributors.includes(person)));
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

/**
 * Seats fill slots one to one, a slot that names a person by that person only; an ordered stage fills them from the first
 * on, in time. Added seats stand beside the slots and count for none.
 */
function stageDefect(stage: RouteStage, all: readonly LegSeat[], organ: string): Defect | undefined {
  const where = `stage ${stage.id}`;
  const signed = all.filter(({ added = false }) => !added);
  const stranger = all.find(({ as = null }) => as !== null && !isEscalation(stage, as, organ));
  if (stranger)
    return defect('escalation_unknown', where, `${stranger.as?.role}@${stranger.as?.organ} is not its superior`);
  const offices = stage.slots.map((slot) => `${slot.role}@${resolveOrgan(slot.organ, organ)}`);
  const free = stage.slots.map(({ person = null }, index) => ({ office: offices[index], person }));
  // A superior may sign for whoever is overdue, so he takes what those leave who may sign for themselves alone.
  for (const seat of signed.toSorted((a, b) => (a.as ? 1 : 0) - (b.as ? 1 : 0))) {
    const office = `${seat.role}@${seat.organ}`;
    if (!offices.includes(office)) return defect('slot_unknown', where, `${office} has no slot`);
    const fits = free.filter((slot) => slot.office === office && fitsPerson(slot.person, seat));
    // His own slot first, so that he does not take one that others could fill.
    const slot = fits.find(({ person }) => person !== null) ?? fits[0];
    if (slot === undefined) return defect('slot_twice', where, `${office} has no slot`);
    free.splice(free.indexOf(slot), 1);
  }
  const needed = seatsNeeded(stage);
  if (signed.length < needed) return defect('need_not_met', where, `${signed.length} signatures of ${needed}`);
  if (!stage.ordered) return undefined;
  const inTime = signed.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const out = inTime.find((seat, index) => `${seat.role}@${seat.organ}` !== offices[index]);
  return out && defect('stage_order', where, `${out.role}@${out.organ} signed out of its turn`);
}

/** A named signer may be stood in for by his deputy, and once overdue by his superior. */
function fitsPerson(person: string | null, seat: LegSeat): boolean {
  return person === null || personsOf(seat).includes(person) || Boolean(seat.as);
}

function isEscalation({ escalation = null }: RouteStage, as: Office, organ: string): boolean {
  return escalation?.role === as.role && resolveOrgan(escalation.organ, organ) === as.organ;
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

function officesHeld(seats: readonly LegSeat[], directory: DirectoryDocument): Defect | undefined {
  const without = seats.find((seat) => !heldOffice(seat, directory));
  return (
    without &&
    defect('role_not_held', `seat ${without.seat}`, `${without.actor} was not ${without.role}@${without.organ} then`)
  );
}

/**
 * True when this directory says that whoever stands for the seat was in office when it was signed. Grants hold from `from`
 * until before `until`; an open grant proves nothing for a person who has left.
 */
export function heldOffice(
  seat: OfficeTaken,
  { grants, persons }: Pick<DirectoryDocument, 'grants' | 'persons'>,
): boolean {
  return grantsFor(seat, grants).some(({ person, until }) =>
    until === null ? persons.some(({ id, active }) => id === person && active) : seat.at < until,
  );
}

/**
 * The grants by which a seat could be signed then, as far as their beginning tells: of whoever stands for it (the principal,
 * where a deputy signed), for its office or the superior's it was signed by.
 */
export function grantsFor(
  { actor, onBehalfOf = null, as = null, at, ...office }: OfficeTaken,
  grants: DirectoryDocument['grants'],
): DirectoryDocument['grants'] {
  const person = onBehalfOf ?? actor;
  const { role, organ } = as ?? office;
  return grants.filter(
    (grant) => grant.person === person && grant.role === role && grant.organ === organ && grant.from <= at,
  );
}
