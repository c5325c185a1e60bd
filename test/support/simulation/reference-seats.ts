import { plusSeconds } from '#domain/instant';
import type { LegEvent } from '#signoff/leg';
import type { LegCommand } from '#signoff/leg-command';
import { must } from './promise.js';
import type { Facts, ReferenceLeg, RefSeat } from './reference-leg.js';

type EventOf<T extends LegEvent['type']> = Extract<LegEvent, { readonly type: T }>;
type SeatEvent = EventOf<
  | 'seat-signed'
  | 'sent-back'
  | 'lapsed'
  | 'reopened'
  | 'taken-back'
  | 'handed-over'
  | 'seat-added'
  | 'seat-removed'
  | 'escalated'
>;

/** How long a password entered again counts for a signature. */
const STEP_UP_SECONDS = 300;

/** Holds an act on seats against the law, and tells it to the reference. */
export function checkSeatAct(leg: ReferenceLeg, command: LegCommand, event: SeatEvent, facts: Facts): void {
  switch (event.type) {
    case 'seat-signed':
      return signed(leg, command, event, facts);
    case 'sent-back':
      return sentBack(leg, command, event, facts);
    case 'lapsed': {
      must(command.type === 'lapse' && leg.state === 'in-review' && facts.lapsedBefore.length === 0, 'I3: the first stage that lapsed signs again'); // prettier-ignore
      must(Math.min(...leg.lapsed(facts.staff)) === leg.stageNumber(event.to), 'I3: only what would not verify signs again, from its stage on'); // prettier-ignore
      renew(leg, event.renewed, fromStage(leg, event.to), facts);
      return;
    }
    case 'reopened': {
      must(command.type === 'reopen' && leg.state === 'cleared' && command.pass === leg.pass, 'I6: a leg reopens once for each time it was sent back'); // prettier-ignore
      renew(leg, event.renewed, fromStage(leg, event.to), facts);
      leg.state = 'in-review';
      leg.pass += 1;
      return;
    }
    case 'taken-back':
      return takenBack(leg, command, event, facts);
    case 'handed-over':
      return handedOver(leg, command, event, facts);
    case 'seat-added':
      return added(leg, command, event, facts);
    case 'seat-removed': {
      must(command.type === 'remove-signer', 'I19: only who asks for it removes a seat');
      const seat = leg.seat(event.seat);
      must(leg.state === 'in-review' && seat?.slot === null && seat.addedBy === command.actor && seat.signature === null, 'I19: only an added seat nobody signed is removed, by who added it'); // prettier-ignore
      leg.seats = leg.seats.filter((one) => one !== seat);
      return;
    }
    case 'escalated': {
      const { clock } = leg;
      must(clock !== null && !clock.escalated && clock.dueAt !== null && clock.dueAt < event.at, 'the superior is asked once, when the stage is overdue'); // prettier-ignore
      clock.escalated = true;
    }
  }
}

function signed(leg: ReferenceLeg, command: LegCommand, event: EventOf<'seat-signed'>, facts: Facts): void {
  must(command.type === 'sign', 'I17: only a person signing adds a signature');
  const { actor, onBehalfOf, at } = event;
  must(command.actor === actor && command.onBehalfOf === onBehalfOf && command.seat === event.seat, 'I4: what was asked is what stands'); // prettier-ignore
  const seat = leg.seat(event.seat);
  const office = leg.entitled(seat, event, at, facts.staff);
  must(seat !== undefined, 'I4: a seat of another time was signed');
  const own = office.role === seat.role && office.organ === seat.organ;
  must((event.as === null) === own && (own || event.as?.role === office.role), 'I18: it is said by which office he signed'); // prettier-ignore
  const last = leg.lastSignedAt();
  must(last === null || last <= at, 'I16: the time of signatures does not go back');
  const { round } = leg;
  must(facts.viewed.includes(round.content), 'nobody signs what he has not opened');
  must(facts.openNotes === 0, 'nobody signs while notes of the stage are open');
  const stage = round.stages[seat.stage]!;
  must(stage.grade === 'attested' || command.grade === 'passkey', 'the grade the stage asks for');
  must(command.grade === 'passkey' || (command.stepUpAt !== null && facts.at <= plusSeconds(command.stepUpAt, STEP_UP_SECONDS)), 'the person has just proved himself'); // prettier-ignore
  must(command.unproved === null, 'a passkey signs what its holder was asked, or nothing');
  must((stage.checklist ?? []).every(({ id }) => command.checked.includes(id)), 'every item of the checklist was gone through'); // prettier-ignore
  const shown = facts.shown.get(command.statement);
  must(shown !== undefined, 'I4: a statement nobody was shown is counted');
  const about = [shown.case, shown.round, shown.leg, shown.seat, shown.stage, shown.kind, shown.document, shown.edition, shown.content, shown.route, shown.notBefore, shown.meaning, shown.actor, shown.onBehalfOf, shown.act, shown.notice]; // prettier-ignore
  const present = [round.case, round.round, round.leg, seat.id, stage.id, 'sign', round.document, round.edition, round.content, round.route, round.notBefore, stage.meaning, actor, onBehalfOf, round.kind, round.notice]; // prettier-ignore
  must(JSON.stringify(about) === JSON.stringify(present), 'I4: what was signed is what stands');
  seat.signature = { actor, onBehalfOf, at, as: event.as };
}

function sentBack(leg: ReferenceLeg, command: LegCommand, event: EventOf<'sent-back'>, facts: Facts): void {
  must(command.type === 'return' && command.reason.trim() !== '' && event.reason === command.reason, 'I15: a return has its reason'); // prettier-ignore
  leg.entitled(leg.seat(command.seat), command, facts.at, facts.staff);
  const to = leg.stageNumber(event.to);
  must(to >= 0 && to < leg.openStage(), 'only an earlier stage is returned to');
  renew(leg, event.renewed, fromStage(leg, event.to), facts);
}

function takenBack(leg: ReferenceLeg, command: LegCommand, event: EventOf<'taken-back'>, facts: Facts): void {
  must(command.type === 'take-back' && leg.state === 'in-review', 'only under sign-off a signature is taken back');
  const seat = leg.seat(command.seat);
  must(seat?.signature?.actor === command.actor && event.actor === command.actor, 'only an own signature is taken back'); // prettier-ignore
  const relied = leg.seats.filter(
    ({ stage, slot, signature }) =>
      signature !== null && (stage > seat.stage || (stage === seat.stage && leg.round.stages[stage]!.ordered && (slot ?? Infinity) > (seat.slot ?? Infinity))),
  ); // prettier-ignore
  must(relied.length === 0, 'I23: nobody signed on the strength of what is taken back');
  renew(leg, event.renewed, [seat], facts);
}

function handedOver(leg: ReferenceLeg, command: LegCommand, event: EventOf<'handed-over'>, facts: Facts): void {
  const seat = leg.seat(event.seat);
  must(
    seat !== undefined && leg.state === 'in-review' && seat.signature === null,
    'only an unsigned seat changes hands',
  );
  const named = seat.slot !== null && leg.round.stages[seat.stage]!.slots[seat.slot]!.person != null;
  must(!named, 'I2: whom the route names nobody replaces');
  if (command.type === 'hand-over') {
    const { actor, to } = command;
    must(event.by === actor && event.to === to, 'I4: what was asked is what stands');
    leg.entitled(seat, { actor, onBehalfOf: null }, facts.at, facts.staff);
    mayBeAsked(leg, to, seat, facts);
  } else {
    must(command.type === 'offer-again' && event.to === null && event.by === null, 'only a person hands over to a person'); // prettier-ignore
    must(seat.person !== null && !facts.staff.holds(seat.person, seat.role, seat.organ, facts.at), 'only the seat of who left is offered again'); // prettier-ignore
  }
  leg.freshId(event.id, facts);
  seat.id = event.id;
  seat.person = event.to;
  must(command.type !== 'hand-over' || leg.canBeFilled(facts), 'I7: no act of a person makes the rest impossible to fill'); // prettier-ignore
}

function added(leg: ReferenceLeg, command: LegCommand, { seat }: EventOf<'seat-added'>, facts: Facts): void {
  must(command.type === 'add-signer' && seat.addedBy === command.actor && seat.person === command.person, 'I4: what was asked is what stands'); // prettier-ignore
  must(seat.signature === null && seat.stage === leg.round.stages[leg.openStage()]?.id, 'I19: a seat is added unsigned, in the open stage'); // prettier-ignore
  leg.entitled(leg.seat(command.seat), { actor: command.actor, onBehalfOf: null }, facts.at, facts.staff);
  const { id, role, organ, person } = seat;
  const fresh: RefSeat = { id, stage: leg.openStage(), slot: null, role, organ, person, addedBy: command.actor, signature: null }; // prettier-ignore
  mayBeAsked(leg, command.person, fresh, facts);
  leg.freshId(id, facts);
  leg.seats.push(fresh);
  must(leg.canBeFilled(facts), 'I7: no act of a person makes the rest impossible to fill');
}

function mayBeAsked(leg: ReferenceLeg, person: string, { stage, role, organ }: RefSeat, { staff, at }: Facts): void {
  must(!leg.barred().has(person), 'I5: nobody is asked who may not sign');
  must(staff.holds(person, role, organ, at), 'I18: whoever is asked holds the office');
  const twice = leg.seats.some((one) => one.stage === stage && one.person === person && one.signature === null);
  must(!twice, 'nobody is asked twice in one stage');
}

function fromStage(leg: ReferenceLeg, stage: string): readonly RefSeat[] {
  return leg.seats.filter((seat) => seat.stage >= leg.stageNumber(stage));
}

function renew(
  leg: ReferenceLeg,
  renewed: EventOf<'sent-back'>['renewed'],
  which: readonly RefSeat[],
  facts: Facts,
): void {
  const old = renewed.map(({ seat }) => seat).toSorted();
  must(JSON.stringify(old) === JSON.stringify(which.map(({ id }) => id).toSorted()), 'exactly the seats concerned are opened anew'); // prettier-ignore
  for (const { seat: before, id } of renewed) {
    leg.freshId(id, facts);
    const seat = leg.seat(before)!;
    seat.id = id;
    seat.signature = null;
  }
}
