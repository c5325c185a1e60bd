import type { Instant } from '#domain/instant';
import type { RouteDocument, RouteStage } from '#evidence/statements';
import { resolveOrgan, seatsNeeded } from '#evidence/route-law';
import type { Offices } from './directory.js';
import { countedPersons, type LegCase, seatsOf } from './leg.js';

/** A stage that still needs `need` of its slots filled by different people. */
export interface StageDemand {
  readonly stage: string;
  readonly need: number;
  readonly slots: readonly { readonly role: string; readonly organ: string }[];
}

/** The first stage that distinct people cannot fill, with its offices as `role@organ`. */
interface Unfillable {
  readonly stage: string;
  readonly seats: readonly string[];
}

/** The whole route's demand for a report of this organ, both legs. */
function demandOf(stages: readonly RouteStage[], organ: string): readonly StageDemand[] {
  return stages.map((stage) => ({
    stage: stage.id,
    need: seatsNeeded(stage),
    slots: stage.slots.map(({ role, organ: at }) => ({ role, organ: resolveOrgan(at, organ) })),
  }));
}

/** What the open leg still needs: seats not signed, in stages not full. */
function remainingDemand(legCase: LegCase): readonly StageDemand[] {
  return legCase.round.stages.map((stage) => {
    const seats = seatsOf(legCase.seats, stage.id);
    const signed = seats.filter(({ signature }) => signature !== null).length;
    return {
      stage: stage.id,
      need: Math.max(0, seatsNeeded(stage) - signed),
      slots: seats.filter(({ signature }) => signature === null).map(({ role, organ }) => ({ role, organ })),
    };
  });
}

/** The stage of an open leg nobody can complete any more (people left, or signed elsewhere), or null. */
export function blockedStage(legCase: LegCase, offices: Offices, at: Instant): Unfillable | null {
  const excluded = [...legCase.round.contributors, ...legCase.round.countedElsewhere, ...countedPersons(legCase)];
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
      demand.slots.map(({ role, organ }) => offices.holders(role, organ, at).filter((person) => !barred.has(person))),
    );
    for (let filled = 0; filled < demand.need; filled += 1) {
      if (!matching.fillOneMore(index))
        return { stage: demand.stage, seats: demand.slots.map(({ role, organ }) => `${role}@${organ}`) };
    }
  }
  return null;
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
