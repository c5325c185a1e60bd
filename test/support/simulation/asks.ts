import { refuse } from '#domain/decision';
import type { Leg } from '#evidence/statements';
import type { LegCase, Seat } from '#signoff/leg';
import type { LegCommand, PersonCommand } from '#signoff/leg-command';
import { isSeatOpen, legRules } from '#signoff/leg-rules';
import { plusSeconds } from '#domain/instant';
import { signatureBy, statementFor } from '#signoff/statement';
import { type CaseFile, contentOf, digestOf } from './case-file.js';
import type { Step } from './history.js';
import { EVERYBODY, HEAD, OFFICES, SUBMITTER } from './staff.js';
import type { World } from './world.js';

const pick = <T>(items: readonly T[], nth: number): T | undefined => items[nth % Math.max(1, items.length)];

interface Asking {
  readonly world: World;
  readonly file: CaseFile;
  readonly leg: Leg;
  readonly current: LegCase;
  readonly step: Step;
}

/** What a person asks of a leg in this step: sound, or wrong in one of many ways. */
export function asked(asking: Asking): PersonCommand {
  const { world, file, current, step } = asking;
  const { kind, who, other, over, flag, seconds } = step;
  const someone = EVERYBODY[who]!;
  const content = over < 8 ? current.round.content : contentOf(file, current.round.round - 1);
  const open = openSeats(current);
  const seat = over === 7 ? anySeat(asking) : (pick(open, step.seat) ?? anySeat(asking));
  const actor = over < 6 ? (takers(world, current, seat, who)[0] ?? someone) : someone;
  const reason = over === 6 ? ' ' : '理由';
  const seatIds = world.freshIds();
  const seatId = seatIds[0]!;
  switch (kind) {
    case 'return':
    case 'send-back':
      return { type: 'return', seat: seat.id, actor, onBehalfOf: null, content, reason, place: null, to: kind === 'return' ? null : target(asking), seatIds }; // prettier-ignore
    case 'take-back': {
      const signed = pick(current.seats.filter(({ signature }) => signature !== null), step.seat); // prettier-ignore
      return { type: 'take-back', seat: signed?.id ?? seat.id, actor: flag ? (signed?.signature?.actor ?? actor) : someone, content, seatIds }; // prettier-ignore
    }
    case 'hand-over': {
      const to = flag ? (takers(world, current, { ...seat, person: null }, other).find((one) => one !== actor) ?? EVERYBODY[other]!) : EVERYBODY[other]!; // prettier-ignore
      return { type: 'hand-over', seat: seat.id, actor, content, to, seatId };
    }
    case 'add-signer': {
      const office = pick(OFFICES, seconds)!;
      const holders = world.staff.holders(office.role, office.organ, world.now);
      return { type: 'add-signer', seat: seat.id, actor, content, person: flag ? (pick(holders, other) ?? someone) : EVERYBODY[other]!, office, seatId }; // prettier-ignore
    }
    case 'remove-signer': {
      const added = pick(current.seats.filter(({ addedBy }) => addedBy !== null), step.seat) ?? seat; // prettier-ignore
      return { type: 'remove-signer', seat: added.id, actor: flag ? (added.addedBy ?? someone) : someone, content };
    }
    case 'withdraw':
    case 'recall':
    case 'cancel':
      return { type: kind, actor: over < 5 ? SUBMITTER : over < 7 && kind === 'cancel' ? HEAD : someone, content, reason: seconds === 0 ? ' ' : '另有安排' }; // prettier-ignore
    case 'postpone': {
      const from = current.releaseAt ?? world.now;
      return { type: 'postpone', actor: flag ? SUBMITTER : someone, content, until: plusSeconds(from, seconds - 5) };
    }
    default:
      return signing(asking, seat);
  }
}

const openSeats = (current: LegCase): readonly Seat[] => current.seats.filter((one) => isSeatOpen(legRules, current, one)); // prettier-ignore

/** A seat of the leg in whatever state, or one that was opened and closed long ago. */
function anySeat({ world, current, step }: Asking): Seat {
  const one = pick(current.seats, step.seat)!;
  return step.flag ? one : { ...one, id: pick([...world.seatIds], step.seat * 7 + step.who) ?? one.id };
}

/** Who may take the seat and is not counted yet, beginning with the one named. */
function takers({ staff, now }: World, { round, seats, clock }: LegCase, seat: Seat, first: number): readonly string[] {
  const counted = seats.flatMap(({ signature }) => (signature === null ? [] : [signature.actor, signature.onBehalfOf]));
  const superior = clock?.escalated === true && clock.stage === seat.stage ? OFFICES[3]! : null;
  return EVERYBODY.map((_, index) => EVERYBODY[(index + first) % EVERYBODY.length]!).filter(
    (one) =>
      ((seat.person === null || seat.person === one) && staff.holds(one, seat.role, seat.organ, now) ||
        (superior !== null && staff.holds(one, superior.role, superior.organ, now))) &&
      ![...round.contributors, ...round.countedElsewhere, ...counted].includes(one),
  ); // prettier-ignore
}

function target({ world, current, step }: Asking): string | null {
  const stages = step.flag ? [...current.round.stagesBefore] : current.round.stages.map(({ id }) => id);
  return pick(stages.length > 0 ? stages : world.stages.map(({ id }) => id), step.other) ?? null;
}

function signing(asking: Asking, seat: Seat): LegCommand & { readonly type: 'sign' } {
  const { world, file, leg, current, step } = asking;
  const { kind, who, other, over, flag } = step;
  const able = takers(world, current, seat, who);
  const deputy = pick(world.staff.deputiesFor(seat, world.now), who);
  const forOther = kind === 'sign-for' && deputy !== undefined;
  const actor = forOther ? deputy.agent : kind === 'sign-well' || flag ? (able[0] ?? EVERYBODY[who]!) : EVERYBODY[who]!;
  const onBehalfOf = forOther ? deputy.principal : kind === 'sign-for' ? EVERYBODY[other]! : null;
  if (over !== 9) look(file, leg, actor, current.round.content);
  const stage = current.round.stages.find(({ id }) => id === seat.stage)!;
  const sloppy = kind !== 'sign-well';
  const shown = statementFor(current, seat, signatureBy(actor, onBehalfOf));
  const real = current.seats.some(({ id }) => id === seat.id);
  if (real) world.shown.set(digestOf(shown), shown);
  const grade = over !== 8 && (stage.grade === 'passkey' || step.seconds % 4 === 0) ? 'passkey' : 'attested';
  return {
    type: 'sign', seat: seat.id, actor, onBehalfOf,
    grade, unproved: grade === 'passkey' && sloppy && over === 3 ? refuse('passkey_unknown') : null,
    stepUpAt: sloppy && over === 7 ? null : plusSeconds(world.now, sloppy && over === 6 ? -301 : -10),
    statement: sloppy && over > 3 ? forged(asking, seat, actor, onBehalfOf) : digestOf(shown),
    checked: sloppy && over === 5 ? [] : (stage.checklist ?? []).map(({ id }) => id),
  }; // prettier-ignore
}

/** What somebody signed or was shown before, or never was: over another seat, other content, another kind of act. */
function forged(
  { world, current, step: { over, seconds } }: Asking,
  seat: Seat,
  actor: string,
  onBehalfOf: string | null,
) {
  const shown = statementFor(current, seat, signatureBy(actor, onBehalfOf));
  const own = [...world.shown].filter(([, statement]) => statement.actor === actor);
  if (over < 7) return pick(own, seconds)?.[0] ?? digestOf('nothing');
  return digestOf(over === 7 ? { ...shown, seat: 'another' } : over === 8 ? { ...shown, act: 'ratify' } : { ...shown, kind: 'return' }); // prettier-ignore
}

/** Keeps that somebody has opened this content. */
export function look(file: CaseFile, leg: Leg, person: string, content: LegCase['round']['content']): void {
  const { viewed } = file.legs[leg];
  viewed.set(person, [...new Set([...(viewed.get(person) ?? []), content])]);
}
