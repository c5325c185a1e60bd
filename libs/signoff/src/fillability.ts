import type { Instant } from '#domain/instant';
import { resolveOrgan, seatsNeeded } from '#evidence/route-law';
import type { Office, RouteDocument, RouteStage } from '#evidence/statements';
import type { Offices } from './directory.js';
import { countedPersons, type LegCase, seatsOf } from './leg.js';

/** A place to sign as a demand: by a holder of the office, who must be `person` where one is named, or of the superior's. */
interface DemandedSlot extends Office {
  readonly person?: string | null;
  readonly superior?: Office | null;
}

/** A stage that still needs `need` of its slots filled by different people. */
export interface StageDemand {
  readonly stage: string;
  readonly need: number;
  readonly slots: readonly DemandedSlot[];
}

/** The first stage that distinct people cannot fill, with its offices as `role@organ`. */
export interface Unfillable {
  readonly stage: string;
  readonly seats: readonly string[];
}

/** The whole route's demand for a report of this organ, both legs. */
function demandOf(stages: readonly RouteStage[], organ: string): readonly StageDemand[] {
  return stages.map((stage) =>
    inTurn(stage, {
      stage: stage.id,
      need: seatsNeeded(stage),
      slots: stage.slots.map(({ role, organ: at, person = null }) => ({
        role,
        organ: resolveOrgan(at, organ),
        person,
      })),
    }),
  );
}

/** Slots of an ordered stage are signed from the first on, so a later one never stands in for one nobody can fill. */
function inTurn({ ordered }: RouteStage, demand: StageDemand): StageDemand {
  return ordered ? { ...demand, slots: demand.slots.slice(0, demand.need) } : demand;
}

/** What the open leg still needs: unsigned seats of stages not full, and every added seat on its own. */
function remainingDemand(legCase: LegCase): readonly StageDemand[] {
  const { round, clock } = legCase;
  return round.stages.flatMap((stage) => {
    const seats = seatsOf(legCase.seats, stage.id);
    const escalated = clock?.stage === stage.id && clock.escalated ? (stage.escalation ?? null) : null;
    const superior = escalated && { role: escalated.role, organ: resolveOrgan(escalated.organ, round.organ) };
    const open = seats
      .filter(({ signature }) => signature === null)
      .map(({ role, organ, person, addedBy }) => ({ role, organ, person, addedBy, superior }));
    const own = open.filter(({ addedBy }) => addedBy === null);
    const signed = seats.filter(({ signature, addedBy }) => signature !== null && addedBy === null).length;
    const added = open.filter(({ addedBy }) => addedBy !== null);
    return [
      inTurn(stage, { stage: stage.id, need: Math.max(0, seatsNeeded(stage) - signed), slots: own }),
      ...added.map((slot) => ({ stage: stage.id, need: 1, slots: [slot] })),
    ];
  });
}

/** The stage of an open leg nobody can complete any more (people left, or signed elsewhere), or null. */
export function blockedStage(legCase: LegCase, offices: Offices, at: Instant): Unfillable | null {
  const { submitter, contributors, countedElsewhere } = legCase.round;
  const excluded = [submitter, ...contributors, ...countedElsewhere, ...countedPersons(legCase)];
  return legCase.state === 'in-review' ? unfillable(remainingDemand(legCase), offices, excluded, at) : null;
}

/** Whether a route can be completed for a report of this organ, leaving out the excluded persons. */
export function routeFillability(
  route: RouteDocument,
  organ: string,
  offices: Offices,
  excluded: readonly string[],
  at: Instant,
): Unfillable | null {
  return unfillable(demandOf(route.stages, organ), offices, excluded, at);
}

/**
 * Proves by bipartite matching that distinct persons can fill every demand; each person takes one seat at most.
 * Null when they can, otherwise the first stage (in route order) that cannot be filled beside the earlier ones.
 */
export function unfillable(
  demands: readonly StageDemand[],
  offices: Offices,
  excluded: readonly string[],
  at: Instant,
): Unfillable | null {
  const barred = new Set(excluded);
  const matching = new Matching();
  for (const [index, demand] of demands.entries()) {
    matching.addStage(
      index,
      demand.slots.map((slot) => mayTake(slot, offices, at).filter((person) => !barred.has(person))),
    );
    for (let filled = 0; filled < demand.need; filled += 1) {
      if (!matching.fillOneMore(index))
        return { stage: demand.stage, seats: demand.slots.map(({ role, organ }) => `${role}@${organ}`) };
    }
  }
  return null;
}

/** Who may take a slot: holders of its office, or the one it names if he holds it, and holders of its superior's. */
function mayTake(
  { role, organ, person = null, superior = null }: DemandedSlot,
  offices: Offices,
  at: Instant,
): string[] {
  const holders = offices.holders(role, organ, at).filter((one) => person === null || one === person);
  return [...new Set([...holders, ...(superior === null ? [] : offices.holders(superior.role, superior.organ, at))])];
}

interface Slot {
  readonly stage: number;
  readonly candidates: readonly string[];
  person: string | null;
}

/** Augmenting paths over stages (capacity `need`), slots and persons (capacity one each). */
class Matching {
  private readonly slots: Slot[] = [];
  private readonly seatOf = new Map<string, Slot>();

  addStage(stage: number, candidates: readonly (readonly string[])[]): void {
    for (const people of candidates) this.slots.push({ stage, candidates: people, person: null });
  }

  fillOneMore(stage: number): boolean {
    return this.findSlot(stage, new Set(), new Set());
  }

  private findSlot(stage: number, triedSlots: Set<Slot>, triedPersons: Set<string>): boolean {
    for (const slot of this.slots) {
      if (slot.stage !== stage || slot.person !== null || triedSlots.has(slot)) continue;
      triedSlots.add(slot);
      if (this.findPerson(slot, triedSlots, triedPersons)) return true;
    }
    return false;
  }

  private findPerson(slot: Slot, triedSlots: Set<Slot>, triedPersons: Set<string>): boolean {
    for (const person of slot.candidates) {
      if (triedPersons.has(person)) continue;
      triedPersons.add(person);
      const taken = this.seatOf.get(person);
      if (taken !== undefined && !this.giveUp(taken, triedSlots, triedPersons)) continue;
      slot.person = person;
      this.seatOf.set(person, slot);
      return true;
    }
    return false;
  }

  /** Frees the person of a seat by finding another for it, or another seat of the same stage. */
  private giveUp(taken: Slot, triedSlots: Set<Slot>, triedPersons: Set<string>): boolean {
    if (this.findPerson(taken, triedSlots, triedPersons)) return true;
    if (!this.findSlot(taken.stage, triedSlots, triedPersons)) return false;
    taken.person = null;
    return true;
  }
}
