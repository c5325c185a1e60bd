import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { DecisionStatement, Office } from '#evidence/statements';
import type { LegCase, LegEvent, LegState, Round } from '#signoff/leg';
import { must } from './promise.js';
import { fillable } from './reference-fillability.js';
import type { Staff } from './staff.js';

/** How the world stood when a command was decided, beside the leg itself. */
export interface Facts {
  readonly at: Instant;
  readonly staff: Staff;
  readonly viewed: readonly Digest[];
  readonly openNotes: number;
  /** Stages of the leg before with a signature that would not verify as the staff is known now. */
  readonly lapsedBefore: readonly string[];
  /** Every statement anybody was ever shown, by the digest he signs. */
  readonly shown: ReadonlyMap<Digest, DecisionStatement>;
  /** Every seat id there has been. */
  readonly seatIds: Set<string>;
}

export interface RefSeat extends Office {
  id: string;
  readonly stage: number;
  readonly slot: number | null;
  person: string | null;
  readonly addedBy: string | null;
  signature: { readonly actor: string; readonly onBehalfOf: string | null; readonly at: Instant; readonly as: Office | null } | null; // prettier-ignore
}

type EventOf<T extends LegEvent['type']> = Extract<LegEvent, { readonly type: T }>;

/**
 * One round of a leg as the law's text tells it, kept from the events alone: the second opinion on what `decide` accepts and
 * `evolve` makes of it. It shares no rule with them. Every promise that fails throws Broken.
 */
export class ReferenceLeg {
  state: LegState = 'in-review';
  seats: RefSeat[] = [];
  clock: { stage: number; dueAt: Instant | null; escalated: boolean } | null = null;
  pass: number;
  approvedAt: Instant | null = null;
  releaseAt: Instant | null = null;
  releasedAt: Instant | null = null;
  reopenings = 0;

  constructor(
    readonly round: Round,
    opened: EventOf<'opened'>,
    facts: Facts,
  ) {
    this.pass = round.pass;
    const slots = round.stages.flatMap((stage, index) => stage.slots.map((slot, nth) => ({ index, slot, nth })));
    must(opened.seats.length === slots.length, 'I2: one seat for each slot of the route');
    this.seats = slots.map(({ index, slot, nth }, place) => {
      const seat = opened.seats[place]!;
      const organ = slot.organ === 'self' ? round.organ : slot.organ;
      must(seat.role === slot.role && seat.organ === organ && seat.stage === round.stages[index]!.id && seat.signature === null, 'I2: a seat is its slot'); // prettier-ignore
      this.freshId(seat.id, facts);
      return { id: seat.id, stage: index, slot: nth, role: slot.role, organ, person: slot.person ?? null, addedBy: null, signature: null };
    }); // prettier-ignore
  }

  /** The first stage that lacks a signature of the route or an added one; as many as there are stages when none does. */
  openStage(): number {
    const open = this.round.stages.findIndex((_, index) => !this.isFull(index));
    return open === -1 ? this.round.stages.length : open;
  }

  isFull(index: number): boolean {
    const { need, slots } = this.round.stages[index]!;
    const own = this.seats.filter(({ stage }) => stage === index);
    const signed = own.filter(({ slot, signature }) => slot !== null && signature !== null).length;
    return signed >= (need === 'all' ? slots.length : need) && own.every((seat) => seat.slot !== null || seat.signature !== null); // prettier-ignore
  }

  counted(): readonly string[] {
    return this.seats.flatMap(({ signature }) =>
      signature === null ? [] : [signature.actor, ...(signature.onBehalfOf === null ? [] : [signature.onBehalfOf])],
    );
  }

  /** Everybody whose signature would not be another person's. */
  barred(): ReadonlySet<string> {
    const { submitter, contributors, countedElsewhere } = this.round;
    return new Set([submitter, ...contributors, ...countedElsewhere, ...this.counted()]);
  }

  seat(id: string): RefSeat | undefined {
    return this.seats.find((seat) => seat.id === id);
  }

  superior(stage: number): Office | null {
    const { escalation = null } = this.round.stages[stage] ?? {};
    if (escalation === null || this.clock?.stage !== stage || !this.clock.escalated) return null;
    return { role: escalation.role, organ: escalation.organ === 'self' ? this.round.organ : escalation.organ };
  }

  /** Throws unless this person, for himself or a principal, may take that seat at that time. Answers by which office. */
  entitled(
    seat: RefSeat | undefined,
    who: { actor: string; onBehalfOf: string | null },
    at: Instant,
    staff: Staff,
  ): Office {
    must(this.state === 'in-review' && seat !== undefined && seat.stage === this.openStage() && seat.signature === null, 'I7: only a seat of the open stage is acted on'); // prettier-ignore
    const earlier = this.seats.filter((one) => one.stage === seat.stage && one.slot !== null && seat.slot !== null && one.slot < seat.slot); // prettier-ignore
    must(!this.round.stages[seat.stage]!.ordered || earlier.every(({ signature }) => signature !== null), 'I23: ordered seats in their order'); // prettier-ignore
    const persons = who.onBehalfOf === null ? [who.actor] : [who.actor, who.onBehalfOf];
    must(new Set(persons).size === persons.length && !persons.some((one) => this.barred().has(one)), 'I5: no contributor and nobody twice'); // prettier-ignore
    const holder = who.onBehalfOf ?? who.actor;
    const superior = this.superior(seat.stage);
    const offices = [...(seat.person === null || seat.person === holder ? [{ role: seat.role, organ: seat.organ }] : []), ...(superior === null ? [] : [superior])]; // prettier-ignore
    const office = offices.find(
      ({ role, organ }) => staff.holds(holder, role, organ, at) && (who.onBehalfOf === null || staff.actsFor(who.actor, holder, role, organ, at)),
    ); // prettier-ignore
    must(office !== undefined, 'I18: the office is held then, and the deputy appointed');
    return office;
  }

  /** After a whole command: the leg that `evolve` made is the one told here, complete or fillable or marked as blocked. */
  compare(leg: LegCase, blocked: boolean, facts: Facts): void {
    const told = (seats: readonly { id: string; person: string | null; addedBy: string | null; signature: object | null }[]): string =>
      JSON.stringify(seats.map(({ id, person, addedBy, signature }) => [id, person, addedBy, signature !== null])); // prettier-ignore
    must(leg.state === this.state && told(leg.seats) === told(this.seats), 'I12: what happened gives what is kept');
    must(leg.releaseAt === this.releaseAt && leg.releasedAt === this.releasedAt, 'I12: what happened gives the times kept'); // prettier-ignore
    must(leg.round.pass === this.pass, 'I12: what happened gives the pass kept');
    if (this.state !== 'in-review') return;
    must(this.openStage() < this.round.stages.length, 'I7: a complete leg moves on');
    must(leg.clock?.stage === this.round.stages[this.openStage()]!.id, 'I7: the stage people sign in is the open one');
    const later = this.seats.filter(({ stage, signature }) => stage > this.openStage() && signature !== null);
    must(later.length === 0, 'I23: nobody has signed in a later stage');
    must(this.canBeFilled(facts) !== blocked, 'I7: either the rest can be filled, or it is said that it cannot');
  }

  /** Stages of this leg with a signature that would not verify as the staff is known now. */
  lapsed(staff: Staff): readonly number[] {
    return this.seats.flatMap(({ stage, signature, ...office }) => (signature !== null && !staff.countsStill({ ...office, ...signature }) ? [stage] : [])); // prettier-ignore
  }

  canBeFilled({ staff, at }: Facts): boolean {
    const seats = this.seats.map((seat) => ({ ...seat, signed: seat.signature !== null }));
    const open = this.clock?.stage ?? -1;
    return fillable(this.round.stages, seats, staff, this.barred(), at, this.superior(open), open);
  }

  stageNumber(stage: string): number {
    return this.round.stages.findIndex(({ id }) => id === stage);
  }

  freshId(id: string, { seatIds }: Facts): void {
    must(!seatIds.has(id), 'I4: a seat opened anew has an id nobody has seen');
    seatIds.add(id);
  }

  lastSignedAt(): Instant | null {
    return this.seats.reduce<Instant | null>((last, { signature }) => (signature !== null && (last === null || signature.at > last) ? signature.at : last), null); // prettier-ignore
  }
}
