import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { type Digest, digest } from '#domain/identifiers';
import { type Instant, instant, plusSeconds } from '#domain/instant';
import type { DecisionStatement, RouteStage } from '#evidence/statements';
import type { Offices } from './directory.js';
import { countedPersons, type LegCase, type LegEvent, type Round } from './leg.js';
import { decide, evolve } from './leg-case.js';
import type { LegCommand } from './leg-command.js';
import { isSeatOpen, type LegRules, legRules } from './leg-rules.js';
import { signatureBy, statementFor } from './statement.js';

// A world of two legs, nine people and one clock, driven by random acts; after each act the promises of
// the law are checked by code that shares nothing with the rules.

const START = instant('2026-01-20T01:00:00.000Z');
const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8'];
const CONTRIBUTORS = ['p0', 'p1'];
const ROLES: Record<string, string[]> = {
  a: ['p1', 'p2', 'p3', 'p4', 'p5'],
  b: ['p0', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8'],
};
const offices: Offices = {
  holders: (role) => ROLES[role] ?? [],
  holds: (person, role) => ROLES[role]?.includes(person) === true,
  actsFor: (person, principal) => Number(person.slice(1)) === (Number(principal.slice(1)) + 1) % PEOPLE.length,
};
const digestOf = (value: unknown): Digest => digest(createHash('sha256').update(JSON.stringify(value)).digest('hex'));

type LegName = 'review' | 'approval';

const act = fc.record({
  kind: fc.constantFrom(
    'sign', 'sign', 'sign', 'sign', 'help', 'help', 'help', 'help', 'help', 'return', 'send-back', 'send-back', 'take-back', 'take-back', 'withdraw', 'postpone', 'postpone', 'recall', 'recall',
    'release', 'release', 'confirm', 'hold', 'resubmit', 'resubmit', 'replay', 'deliver', 'deliver', 'tell', 'tick', 'tick',
  ),
  leg: fc.constantFrom<LegName>('review', 'approval'),
  person: fc.nat(PEOPLE.length - 1),
  principal: fc.option(fc.nat(PEOPLE.length - 1), { freq: 3 }),
  seat: fc.nat(40),
  over: fc.constantFrom('present', 'present', 'present', 'remembered', 'other'),
  flag: fc.boolean(),
  seconds: fc.nat(20),
}); // prettier-ignore
type Act = ReturnType<typeof act.generate>['value'];

const stageOf = (leg: LegName) =>
  fc.record({
    roles: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }),
    need: fc.constantFrom<'all' | 1 | 2>('all', 1, 2),
    ordered: fc.boolean(),
    leg: fc.constant(leg),
  });
const settings = fc.record({
  review: fc.array(stageOf('review'), { minLength: 1, maxLength: 2 }),
  approval: fc.array(stageOf('approval'), { minLength: 1, maxLength: 2 }),
  undoSeconds: fc.constantFrom(0, 5),
  waitSeconds: fc.constantFrom(null, 15),
});
type Setting = typeof settings extends fc.Arbitrary<infer T> ? T : never;

interface Signed {
  readonly leg: LegName;
  readonly round: number;
  readonly asked: Extract<LegCommand, { type: 'sign' }>;
  readonly event: Extract<LegEvent, { type: 'seat-signed' }>;
  readonly saw: DecisionStatement;
  readonly clock: Instant;
}

class Broken extends Error {}
const must = (holds: boolean, promise: string): void => {
  if (!holds) throw new Broken(promise);
};

class World {
  private readonly legs: Record<LegName, LegCase | null> = { review: null, approval: null };
  private readonly seatsEver: Record<LegName, string[]> = { review: [], approval: [] };
  private readonly seen: { digest: Digest; statement: DecisionStatement }[] = [];
  private readonly signed: Signed[] = [];
  private readonly happened: { leg: LegName; round: number; type: LegEvent['type']; at: Instant }[] = [];
  private readonly postponed = new Map<string, Instant>();
  private round = 1;
  private now = START;
  private nextId = 0;

  constructor(
    private readonly setting: Setting,
    private readonly rules: LegRules,
  ) {
    this.open('review', []);
  }

  step(a: Act): void {
    const current = this.legs[a.leg];
    if (a.kind === 'tick') this.now = plusSeconds(this.now, a.seconds);
    else if (a.kind === 'resubmit') this.resubmit();
    else if (a.kind === 'deliver') this.deliver();
    else if (a.kind === 'tell') this.tell();
    else if (current !== null) this.command(a.leg, current, this.asked(a, current));
    this.check();
  }

  eventTypes(): readonly string[] {
    return this.happened.map(({ type }) => type);
  }

  private stages(leg: LegName): RouteStage[] {
    return this.setting[leg].map(({ roles, need, ordered }, index) => ({
      id: `${leg}-${index}`, leg, name: leg, meaning: `meaning ${index}`, ordered, grade: 'attested', dueWorkingDays: 1,
      need: need === 'all' ? need : Math.min(need, roles.length),
      slots: roles.map((role) => ({ role, organ: 'self' })),
    })); // prettier-ignore
  }

  private open(leg: LegName, countedElsewhere: readonly string[]): void {
    const before = this.legs[leg];
    if (before !== null && before.round.round < this.round && !this.command(leg, before, { type: 'supersede' })) return;
    const { undoSeconds, waitSeconds } = this.setting;
    const round: Round = {
      case: 'case', round: this.round, pass: 1, kind: 'publish', notice: null, leg, document: 'document', edition: this.round, organ: 'organ', year: 2020,
      content: digestOf(`content ${this.round}`), route: digestOf('route'), submission: digestOf('submission'),
      submitter: 'p0', contributors: CONTRIBUTORS, undoSeconds, stages: this.stages(leg), stagesBefore: [], countedElsewhere,
      notBefore: waitSeconds === null ? null : plusSeconds(START, waitSeconds),
    }; // prettier-ignore
    const seatIds = this.freshIds();
    if (this.command(leg, before, { type: 'open', round, seatIds })) this.seatsEver[leg].push(...seatIds);
  }

  private freshIds(): string[] {
    return Array.from({ length: 8 }, () => `seat-${(this.nextId += 1)}`);
  }

  private resubmit(): void {
    const over = [this.legs.review?.state, this.legs.approval?.state];
    if (!over.some((state) => state === 'returned' || state === 'withdrawn')) return;
    this.round += 1;
    this.open('review', []);
  }

  private deliver(): void {
    const { review, approval } = this.legs;
    if (review?.state !== 'cleared' || approval?.round.round === review.round.round) return;
    this.open('approval', countedPersons(review));
  }

  private tell(): void {
    const { review, approval } = this.legs;
    if (review === null || approval === null || approval.round.round !== review.round.round) return;
    const kind = approval.ending?.kind;
    if (kind !== undefined) this.command('review', review, { type: 'end-elsewhere', kind });
  }

  private asked(a: Act, current: LegCase): LegCommand {
    const actor = PEOPLE[a.person]!;
    const content = a.flag ? current.round.content : digestOf(`content ${this.round - 1}`);
    switch (a.kind) {
      case 'return': {
        const seat = this.seatsEver[a.leg].at(-1 - (a.seat % 8)) ?? '';
        return { type: 'return', seat, actor, onBehalfOf: null, content, reason: a.flag ? 'reason' : ' ', place: null, to: null, seatIds: [] }; // prettier-ignore
      }
      case 'send-back': {
        const { stages } = current.round;
        const to = stages[a.seat % stages.length]?.id ?? '';
        const open = current.seats.find((seat) => isSeatOpen(legRules, current, seat)) ?? current.seats[0]!;
        const able = (ROLES[open.role] ?? []).filter((one) => !CONTRIBUTORS.includes(one));
        return { type: 'return', seat: open.id, actor: able[a.person % able.length] ?? actor, onBehalfOf: null, content: current.round.content, reason: 'reason', place: null, to, seatIds: this.freshIds() }; // prettier-ignore
      }
      case 'take-back': {
        const signed = current.seats.filter(({ signature }) => signature !== null);
        const seat = signed[a.seat % Math.max(1, signed.length)];
        const signer = a.flag ? (seat?.signature?.actor ?? actor) : actor;
        return { type: 'take-back', seat: seat?.id ?? '', actor: signer, content: a.seconds < 15 ? current.round.content : content, seatIds: this.freshIds() }; // prettier-ignore
      }
      case 'withdraw':
      case 'recall':
        return {
          type: a.kind,
          actor: a.flag ? 'p0' : actor,
          content: a.seat % 3 ? content : current.round.content,
          reason: 'reason',
        };
      case 'postpone': {
        const last = this.signed.filter((one) => one.leg === a.leg && one.round === current.round.round).at(-1)?.event;
        const by = [actor, 'p0', last?.actor ?? actor][a.seat % 3]!;
        const from = current.releaseAt ?? this.now;
        return { type: 'postpone', actor: by, content: a.flag ? current.round.content : content, until: plusSeconds(from, a.seconds - 8) }; // prettier-ignore
      }
      case 'release':
        return { type: 'release' };
      case 'hold':
        return { type: 'hold' };
      case 'confirm':
        return { type: 'confirm', edition: current.round.edition, content };
      case 'replay':
        return {
          type: 'open',
          round: { ...current.round, round: a.flag ? current.round.round : current.round.round - 1 },
          seatIds: [],
        };
      default:
        return a.kind === 'help' ? this.honestSign(a, current) : this.anySign(a, current, actor);
    }
  }

  /** A person who may sign takes an open seat: without this, random acts would seldom get far. */
  private honestSign(a: Act, current: LegCase): LegCommand {
    const seats = current.seats.filter((seat) => isSeatOpen(legRules, current, seat));
    const seat = seats[a.seat % Math.max(1, seats.length)] ?? current.seats[0]!;
    const counted = [...countedPersons(current), ...current.round.countedElsewhere];
    const able = (ROLES[seat.role] ?? []).filter((one) => !counted.includes(one) && !CONTRIBUTORS.includes(one));
    return this.signCommand(current, seat.id, able[a.person % Math.max(1, able.length)] ?? 'p8', null, 'present', true);
  }

  private anySign(a: Act, current: LegCase, actor: string): LegCommand {
    const open = current.seats.find((seat) => isSeatOpen(this.rules, current, seat));
    const ever = this.seatsEver[a.leg];
    const seat = a.flag ? (open?.id ?? '') : (ever[a.seat % ever.length] ?? '');
    const principal = a.principal === null ? null : PEOPLE[a.principal]!;
    const deputy = principal === null ? actor : PEOPLE[(a.principal! + 1) % PEOPLE.length]!;
    return this.signCommand(current, seat, deputy, principal, a.over, a.seconds < 15);
  }

  private signCommand(
    current: LegCase,
    seatId: string,
    actor: string,
    onBehalfOf: string | null,
    over: string,
    fresh: boolean,
  ): LegCommand {
    const seat = this.rules.findSeat(current, seatId);
    const shown = seat === undefined ? undefined : statementFor(current, seat, signatureBy(actor, onBehalfOf));
    if (shown !== undefined) this.seen.push({ digest: digestOf(shown), statement: shown });
    const old = this.seen.findLast(
      ({ statement }) => statement.actor === actor && statement.content !== current.round.content,
    );
    const statement =
      over === 'present' || shown === undefined
        ? digestOf(shown ?? 'nothing')
        : over === 'remembered'
          ? (old?.digest ?? digestOf('x'))
          : digestOf({ ...shown, seat: 'x' });
    const stepUpAt = plusSeconds(this.now, fresh ? -10 : -301);
    return { type: 'sign', seat: seatId, actor, onBehalfOf, grade: 'attested', stepUpAt, statement, checked: [] };
  }

  private command(leg: LegName, current: LegCase | null, command: LegCommand): boolean {
    const before = JSON.stringify(current);
    const decision = decide(
      current,
      command,
      {
        at: this.now,
        offices,
        digestOf,
        viewed: current === null ? [] : [current.round.content],
        openNotes: 0,
        dueFor: () => null,
      },
      this.rules,
    );
    must(JSON.stringify(current) === before, 'I20: deciding changes nothing');
    if (isRefusal(decision)) return false;
    let next = current;
    for (const event of decision.events) {
      if (event.type === 'sent-back' || event.type === 'taken-back') this.recordRenewal(leg, next!, event);
      next = evolve(next, event);
      this.happened.push({ leg, round: next.round.round, type: event.type, at: this.now });
      if (event.type === 'seat-signed') this.recordSignature(leg, next, command, event);
    }
    const grew = decision.events.filter(({ type }) => type === 'seat-signed').length;
    must(grew === 0 || command.type === 'sign', 'I17: only a person adds a signature');
    if ('content' in command && decision.events.length > 0)
      must(command.content === current?.round.content, 'I4: an act over other content counts for nothing');
    if (command.type === 'postpone' && decision.events.length > 0) {
      const signers = this.signed.filter((one) => one.leg === leg && one.round === current!.round.round);
      must([current!.round.submitter, signers.at(-1)?.event.actor].includes(command.actor), 'only the submitter or the last signer postpones'); // prettier-ignore
      must(current!.releaseAt !== null && command.until > current!.releaseAt, 'I8: a release is never brought forward');
      must(!this.was(leg, current!.round.round, 'released'), 'I10: nothing is postponed after release');
      this.postponed.set(`${leg} ${current!.round.round}`, command.until);
    }
    if (command.type === 'recall')
      must(!this.was(leg, current!.round.round, 'released'), 'I10: no recall after release');
    this.legs[leg] = next;
    return true;
  }

  private recordSignature(leg: LegName, after: LegCase, command: LegCommand, event: Signed['event']): void {
    if (command.type !== 'sign') throw new Broken('I17: only a person adds a signature');
    const known = this.seen.find((one) => one.digest === command.statement);
    if (known === undefined) throw new Broken('I4: a statement nobody was shown was counted');
    this.signed.push({ leg, round: after.round.round, asked: command, event, saw: known.statement, clock: this.now });
  }

  /** Signatures on renewed seats are gone; checked from the history kept here, not from the rules. */
  private recordRenewal(
    leg: LegName,
    before: LegCase,
    event: Extract<LegEvent, { type: 'sent-back' | 'taken-back' }>,
  ): void {
    const old = event.renewed.map(({ seat }) => seat);
    const { stages } = before.round;
    const stageAt = (seat: string): number => {
      const found = before.seats.find(({ id }) => id === seat);
      return stages.findIndex(({ id }) => id === found?.stage);
    };
    const own = this.signed.filter((one) => one.leg === leg && one.round === before.round.round);
    const firstOpen = stages.findIndex(
      (stage) => own.filter((one) => seatIn(before, one, stage)).length < needOf(stage),
    );
    if (event.type === 'taken-back') {
      must(old.length === 1 && own.some(({ event: { seat, actor } }) => seat === old[0] && actor === event.actor), 'only an own signature is taken back'); // prettier-ignore
      const at = stageAt(old[0]!);
      must(
        own.every(({ event: { seat } }) => stageAt(seat) <= at),
        'I23: nobody signed on the strength of it',
      );
      const ordinalOf = (seat: string): number => before.seats.find(({ id }) => id === seat)?.ordinal ?? -1;
      must(!stages[at]!.ordered || own.every(({ event: { seat } }) => stageAt(seat) < at || ordinalOf(seat) <= ordinalOf(old[0]!)), 'an ordered stage is left from its end'); // prettier-ignore
    } else {
      const to = stages.findIndex(({ id }) => id === event.to);
      must(to >= 0 && to < firstOpen, 'only an earlier stage is returned to');
    }
    for (const { seat, id } of event.renewed) {
      must(!this.seatsEver[leg].includes(id), 'I4: a renewed seat has an id nobody has seen');
      this.seatsEver[leg].push(id);
      const at = this.signed.findIndex((one) => one.asked.seat === seat);
      if (at >= 0) this.signed.splice(at, 1);
    }
  }

  private was(leg: LegName, round: number, type: LegEvent['type']): boolean {
    return this.happened.some((one) => one.leg === leg && one.round === round && one.type === type);
  }

  private check(): void {
    const { review, approval } = this.legs;
    for (const leg of [review, approval]) if (leg !== null) this.checkLeg(leg);
    for (let round = 1; round <= this.round; round += 1) {
      const persons = this.signed
        .filter((one) => one.round === round)
        .flatMap(({ event: { actor, onBehalfOf } }) => (onBehalfOf === null ? [actor] : [actor, onBehalfOf]));
      must(new Set(persons).size === persons.length, 'I5: nobody is counted twice over both legs');
      must(!persons.some((person) => CONTRIBUTORS.includes(person)), 'I5: no contributor is counted');
      for (const [leg, type] of [
        ['review', 'cleared'],
        ['approval', 'approved'],
        ['approval', 'released'],
        ['approval', 'done'],
      ] as const)
        must(
          this.happened.filter((one) => one.leg === leg && one.round === round && one.type === type).length <= 1,
          `I6: ${type} once`,
        );
    }
    const times = this.signed.map(({ event }) => event.at);
    must(
      times.every((at, index) => index === 0 || times[index - 1]! <= at),
      'I16: time does not go back',
    );
  }

  private checkLeg(leg: LegCase): void {
    const { round } = leg;
    const own = this.signed.filter((one) => one.leg === round.leg && one.round === round.round);
    must(own.length === leg.seats.filter(({ signature }) => signature !== null).length, 'one signature per seat');
    for (const one of own) this.checkSignature(leg, one);
    const full = round.stages.map((stage) => own.filter((one) => seatIn(leg, one, stage)).length - needOf(stage));
    must(
      full.every((spare) => spare <= 0),
      'I7: nobody signs in a full stage',
    );
    const open = full.findIndex((spare) => spare < 0);
    must(
      open === -1 ||
        full.slice(open + 1).every((_spare, i) => !own.some((one) => seatIn(leg, one, round.stages[open + 1 + i]!))),
      'I23: stages in order',
    );
    if (['cleared', 'approved', 'released', 'held', 'done'].includes(leg.state))
      must(open === -1, 'I2: every need is met');
    if (leg.state === 'in-review') must(open !== -1, 'I7: a complete leg moves on');
    this.checkRelease(leg, own);
  }

  private checkSignature({ round, seats }: LegCase, { asked, event, saw, clock }: Signed): void {
    const seat = seats.find(({ id }) => id === asked.seat);
    if (seat === undefined) throw new Broken('I4: a seat of another round was signed');
    must(event.seat === seat.id && saw.seat === seat.id && saw.case === round.case && saw.round === round.round && saw.content === round.content && saw.actor === event.actor && saw.onBehalfOf === event.onBehalfOf, 'I4: what was signed is what stands'); // prettier-ignore
    must(ROLES[seat.role]!.includes(event.onBehalfOf ?? event.actor), 'I18: the office is held');
    must(
      event.onBehalfOf === null || offices.actsFor(event.actor, event.onBehalfOf, seat.role, seat.organ, clock),
      'I18: deputy',
    );
    must(
      asked.stepUpAt !== null && Date.parse(clock) - Date.parse(asked.stepUpAt) <= 300_000,
      'the person proved himself',
    );
    const stage = round.stages.find(({ id }) => id === seat.stage)!;
    const earlier = seats.filter((one) => one.stage === stage.id && one.ordinal < seat.ordinal);
    const index = this.signed.findIndex((one) => one.asked.seat === seat.id);
    if (stage.ordered)
      must(
        earlier.every((one) => this.signed.slice(0, index).some(({ event: { seat: id } }) => id === one.id)),
        'ordered seats in order',
      );
  }

  private checkRelease({ round, releasedAt, state }: LegCase, own: readonly Signed[]): void {
    must(releasedAt === null || round.leg === 'approval', 'only the approval leg releases');
    if (releasedAt === null) return;
    const last = own.at(-1)!.event.at;
    must(releasedAt >= plusSeconds(last, round.undoSeconds), 'I8: not before the undo buffer');
    must(releasedAt >= (this.postponed.get(`${round.leg} ${round.round}`) ?? releasedAt), 'I8: not before the day it was put off to'); // prettier-ignore
    must(round.notBefore === null || releasedAt >= round.notBefore, 'I8: not before the wanted time');
    must(['released', 'held', 'done'].includes(state), 'I10: released stays released');
  }
}

const needOf = (stage: RouteStage): number => (stage.need === 'all' ? stage.slots.length : stage.need);
const seatIn = (leg: LegCase, { event }: Signed, stage: RouteStage): boolean =>
  leg.seats.some(({ id, stage: at }) => id === event.seat && at === stage.id);

const property = (rules: LegRules) =>
  fc.property(settings, fc.array(act, { minLength: 20, maxLength: 70 }), (chosen, acts) => {
    const world = new World(chosen, rules);
    for (const one of acts) world.step(one);
  });

describe('random histories over both legs', () => {
  it('keep every promise', () => {
    fc.assert(property(legRules), { numRuns: 1000 });
  });

  it('reach every event there is, so that the promises are put to the test', () => {
    const reached = new Set<string>();
    const histories = fc.property(settings, fc.array(act, { minLength: 40, maxLength: 70 }), (chosen, acts) => {
      const world = new World(chosen, legRules);
      for (const one of acts) world.step(one);
      for (const type of world.eventTypes()) reached.add(type);
    });
    fc.assert(histories, { numRuns: 150 });
    const all =
      'approved cleared done ended ended-elsewhere held opened postponed released seat-signed sent-back stage-opened superseded taken-back';
    expect([...reached].toSorted()).toEqual(all.split(' '));
  });

  const broken: Record<string, Partial<LegRules>> = {
    'contributors may sign': {
      areDutiesSeparate: (leg, who) =>
        legRules.areDutiesSeparate({ ...leg, round: { ...leg.round, contributors: [], submitter: '' } }, who),
    },
    'only the submitter is excluded': {
      areDutiesSeparate: (leg, who) =>
        legRules.areDutiesSeparate({ ...leg, round: { ...leg.round, contributors: [] } }, who),
    },
    'the principal is not counted': {
      areDutiesSeparate: (leg, { actor }) => legRules.areDutiesSeparate(leg, { actor, onBehalfOf: null }),
    },
    'the other leg is not counted': {
      areDutiesSeparate: (leg, who) =>
        legRules.areDutiesSeparate({ ...leg, round: { ...leg.round, countedElsewhere: [] } }, who),
    },
    'the statement is not compared': { isSameStatement: () => true },
    'the content is not compared': { isSameContent: () => true },
    'one signature too few is enough': {
      isStageFull: (stage, seats) => legRules.isStageFull({ ...stage, need: Math.max(1, needOf(stage) - 1) }, seats),
    },
    'the order within a stage is ignored': {
      mayBeNext: (stage, seats, seat) => legRules.mayBeNext({ ...stage, ordered: false }, seats, seat),
    },
    'a signed seat may be signed again': { mayBeNext: () => true },
    'an old seat id is accepted': {
      findSeat: (leg, id) => legRules.findSeat(leg, id) ?? leg.seats.find(({ signature }) => signature === null),
    },
    'offices are not asked for': { officeFor: (_leg, { role, organ }) => ({ role, organ }) },
    'an old step-up is enough': { isStepUpFresh: () => true },
    'the release does not wait': { isDue: () => true },
    'anybody may postpone': { mayPostpone: () => true },
    'a release may be brought forward': { isLater: () => true },
    'a signature of somebody else may be taken back': { isOwnSignature: () => true },
    'a signature others relied on may be taken back': { isLastSigned: () => true },
    'only the stage returned to signs again': {
      seatsFrom: (leg, stage) => leg.seats.filter((seat) => seat.stage === stage),
    },
    'any stage may be returned to': { isEarlierStage: () => true },
    'a renewed seat keeps its id': { renewed: ({ id }) => ({ seat: id, id }) },
    'a recall after the release is accepted': { mayRecallIn: ({ state }) => ['approved', 'released'].includes(state) },
  };

  it.each(Object.keys(broken))('notice that %s', (name) => {
    const outcome = fc.check(property({ ...legRules, ...broken[name] }), { numRuns: 4000, endOnFailure: true });
    expect(outcome.failed).toBe(true);
    expect(outcome.errorInstance).toBeInstanceOf(Broken);
  });
});
