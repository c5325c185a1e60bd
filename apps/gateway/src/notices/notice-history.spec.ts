import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { instant, type Instant, plusSeconds } from '#domain/instant';
import { identityOf, type Notice, slotOf } from './notice.js';
import { endingOf } from './notice-facts.repository.js';
import { noticesFor } from './notices-for.js';
import { officeCalendar } from './office-calendar.js';
import { type NoticePlan, planNotices, type StoredNotice } from './plan-notices.js';
import type { LegFacts, LiveFacts, ReportFacts, SeatFacts } from './report-facts.js';

/** A message as a leg announces it: the whole of the leg, under a round and a version. */
interface Progress {
  readonly leg: 'review' | 'approval';
  readonly round: number;
  readonly version: number;
  readonly state: string;
  readonly seats: readonly string[];
  readonly dueInHours: number | null;
}

type Step = { readonly wait: number } | { readonly progress: Progress } | { readonly live: number };

interface Means {
  readonly truth: typeof noticesFor;
  readonly plan: typeof planNotices;
}

const calendar = officeCalendar();
const START = instant('2025-12-01T01:00:00.000Z');
const ACTORS = ['anna', 'bo'];

const settingsOf = (person: string): { quietFrom: string; quietUntil: string; quietOnDaysOff: boolean } =>
  person === 'bo'
    ? { quietFrom: '00:00', quietUntil: '00:00', quietOnDaysOff: false }
    : { quietFrom: '22:00', quietUntil: '07:00', quietOnDaysOff: true };

/** The gateway in memory: keeps the newest of each leg, then makes the live notices the true ones. */
class World {
  now: Instant = START;
  readonly legs = new Map<string, LegFacts & { readonly version: number }>();
  live: Omit<LiveFacts, 'known'> | null = null;
  notices: StoredNotice[] = [];
  readonly asked = new Map<string, ReportFacts['asked'][number]>();
  /** What the last decision was made on; who was asked by it counts from the next on. */
  seen: ReportFacts = this.facts();
  readonly delivered: { readonly notice: Notice; readonly facts: ReportFacts; readonly at: Instant }[] = [];
  #ids = 0;

  constructor(private readonly means: Means) {}

  facts(): ReportFacts {
    return {
      organ: 'justice',
      year: 2025,
      level: 'department',
      document: 'd',
      live: this.live && { ...this.live, known: this.knowing(this.live.edition) },
      legs: [...this.legs.values()],
      requests: [],
      ratifications: [],
      asked: [...this.asked.values()],
      makers: ['mei'],
      administrators: ['root'],
    };
  }

  knowing(edition: number): string[] {
    return this.notices
      .filter(({ kind, mark }) => kind === 'live' && mark === String(edition))
      .map(({ person }) => person);
  }

  step(step: Step): void {
    if ('wait' in step) this.now = plusSeconds(this.now, step.wait * 3600);
    else if ('live' in step) {
      if (this.live === null || step.live > this.live.edition)
        this.live = { document: 'd', edition: step.live, at: this.now, takenDown: false };
    } else this.keep(step.progress);
    this.settle();
  }

  keep({ leg, round, version, state, seats, dueInHours }: Progress): void {
    const kept = this.legs.get(leg);
    if (kept && (kept.round > round || (kept.round === round && kept.version >= version))) return;
    const before = kept?.round === round ? kept.state : null;
    const seen = new Map(kept?.seats.map((seat) => [seat.seat, seat.since]));
    const open = seats.map((seat): SeatFacts => ({
      seat,
      stage: 'stage',
      since: seen.get(seat) ?? this.now,
      actors: ACTORS,
    }));
    const dueAt = dueInHours === null ? null : plusSeconds(START, dueInHours * 3600);
    const basics = { case: 'c', document: 'd', edition: round, blockedStage: null, submitter: null, overdue: false };
    this.legs.set(leg, { ...basics, leg, round, version, state, ending: endingOf(state, before), dueAt, seats: open });
  }

  settle(): void {
    const facts = this.facts();
    this.seen = facts;
    const clock = { now: this.now, calendar };
    const means = { ...clock, channels: ['in-app'], settingsOf };
    this.apply(this.means.plan(this.notices, this.means.truth(facts, clock).notices, means), facts);
  }

  apply({ voided, created, amended, delivered, waiting }: NoticePlan, facts: ReportFacts): void {
    const gone = new Set(voided.map(({ id }) => id));
    const due = new Map(amended.map(({ id, dueAt }) => [id, { dueAt }]));
    const until = new Map(waiting.map((one) => [one.id, { deliverAfter: one.until }]));
    const now = new Set(delivered.map(({ id }) => id));
    const kept = this.notices
      .filter(({ id }) => !gone.has(id))
      .map((one) => ({
        ...one,
        ...due.get(one.id),
        ...until.get(one.id),
        ...(now.has(one.id) ? { deliveredAt: this.now } : {}),
      }));
    const fresh = created.map(({ deliver, ...one }) => ({
      ...one,
      id: String(this.#ids++),
      deliveredAt: deliver ? this.now : null,
    }));
    this.notices = [...kept, ...fresh];
    for (const notice of [...kept.filter(({ id }) => now.has(id)), ...fresh.filter(({ deliveredAt }) => deliveredAt)]) {
      this.delivered.push({ notice, facts, at: this.now });
    }
    for (const { case: caseId, round, person, seat, deliveredAt } of this.notices) {
      if (seat === null || caseId === null || round === null) continue;
      const key = `${round} ${person}`;
      const heard = deliveredAt !== null || this.asked.get(key)?.heard === true;
      this.asked.set(key, { case: caseId, round, person, heard });
    }
  }
}

/** Said again in other words than the code under test: a seat waits for somebody. */
function waits({ legs }: ReportFacts, { seat, round }: Notice): boolean {
  const newest = Math.max(...legs.map((leg) => leg.round));
  const over = legs.some((leg) => leg.round === newest && /returned|withdrawn|superseded|done/.test(leg.state));
  const holding = legs.some(
    (leg) => leg.state === 'in-review' && leg.round === round && leg.seats.some((one) => one.seat === seat),
  );
  return !over && round === newest && holding;
}

function isTrue(facts: ReportFacts, notice: Notice, at: Instant): boolean {
  if (notice.seat !== null) return waits(facts, notice) && (notice.kind !== 'overdue' || (notice.dueAt ?? '') <= at);
  if (notice.kind === 'live') return facts.live?.edition === Number(notice.mark);
  if (notice.topic.startsWith('report:')) return facts.live === null;
  const newest = Math.max(...facts.legs.map((leg) => leg.round));
  const ofNewest = facts.legs.filter((leg) => leg.round === newest);
  return notice.round === newest && ofNewest.some(({ ending }) => ending === notice.kind);
}

const progress = fc.record<Progress>({
  leg: fc.constantFrom('review', 'approval'),
  round: fc.integer({ min: 1, max: 3 }),
  version: fc.integer({ min: 1, max: 6 }),
  state: fc.constantFrom(
    'in-review',
    'in-review',
    'in-review',
    'returned',
    'withdrawn',
    'cleared',
    'approved',
    'held',
    'superseded',
    'done',
  ),
  seats: fc.subarray(['s1', 's2', 's3', 's4']),
  dueInHours: fc.option(fc.integer({ min: 1, max: 600 }), { nil: null }),
});
/** Seats belong to one leg and round, and are open only while people sign. */
const real = (one: Progress): Progress => ({
  ...one,
  seats: one.state === 'in-review' ? one.seats.map((seat) => `${one.leg}-${one.round}-${seat}`) : [],
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: progress.map((one) => ({ progress: real(one) })) },
  { weight: 3, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 300 }) }) },
  { weight: 1, arbitrary: fc.record({ live: fc.integer({ min: 1, max: 3 }) }) },
);
/** Each message may come again at any later time. */
const history = fc
  .array(step, { minLength: 1, maxLength: 25 })
  .chain((steps) =>
    fc
      .array(fc.nat(steps.length - 1), { maxLength: 10 })
      .map((again) => [...steps, ...again.map((index) => steps[index]!)]),
  );

/** Runs histories; throws when anything untrue is live or was delivered, or anything true is missing. */
function check(means: Means, numRuns: number): void {
  fc.assert(
    fc.property(history, (steps) => {
      const world = new World(means);
      for (const one of steps) {
        world.step(one);
        const facts = world.seen;
        const wanted = noticesFor(facts, { now: world.now, calendar }).notices.map(identityOf);
        for (const notice of world.notices)
          if (!isTrue(facts, notice, world.now)) throw new Error(`untrue: ${identityOf(notice)}`);
        const live = world.notices.map(identityOf);
        expect(wanted.filter((identity) => !live.includes(identity))).toEqual([]);
        expect(live.filter((identity) => !wanted.includes(identity))).toEqual([]);
        expect(new Set(world.notices.map(slotOf)).size).toBe(world.notices.length);
      }
      for (const { notice, facts, at } of world.delivered) {
        if (!isTrue(facts, notice, at)) throw new Error(`delivered though untrue: ${identityOf(notice)}`);
        const wall = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16);
        const urgent = notice.dueAt !== null && at < notice.dueAt;
        if (notice.person !== 'bo' && !urgent && (wall >= '22:00' || wall < '07:00'))
          throw new Error(`at night: ${at}`);
      }
      const once = world.delivered.map(({ notice }) => (notice as StoredNotice).id);
      expect(new Set(once).size).toBe(once.length);
    }),
    { numRuns },
  );
}

const sound: Means = { truth: noticesFor, plan: planNotices };

describe('random histories of messages in any order, some twice', () => {
  it('leave exactly the true notices live, and deliver none that is untrue, none twice, none at night', () => {
    check(sound, 600);
  });

  it('in whatever order they come: the newest of each leg decides', () => {
    fc.assert(
      fc.property(
        fc.array(progress.map(real), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (messages, random) => {
          // Two different messages under one version do not exist.
          const unique = [...new Map(messages.map((one) => [`${one.leg} ${one.round} ${one.version}`, one])).values()];
          const seatsAfter = (order: readonly Progress[]): string[] => {
            const world = new World(sound);
            for (const one of order) world.step({ progress: one });
            return world.notices
              .filter(({ seat }) => seat !== null)
              .map(identityOf)
              .toSorted();
          };
          const shuffled = unique
            .map((one) => ({ one, key: random.next().value ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ one }) => one);
          expect(seatsAfter(shuffled)).toEqual(seatsAfter(unique));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('each guard holds something up: without it the histories fail', () => {
  const broken: [string, Means][] = [
    [
      'what is no longer true is taken back',
      { ...sound, plan: (...args) => ({ ...planNotices(...args), voided: [] }) },
    ],
    [
      'an earlier round is past',
      {
        ...sound,
        truth: (facts, clock) => {
          const newest = Math.max(...facts.legs.map(({ round }) => round));
          return noticesFor({ ...facts, legs: facts.legs.map((leg) => ({ ...leg, round: newest })) }, clock);
        },
      },
    ],
    [
      'a leg that says the round is over ends the other’s seats',
      {
        ...sound,
        truth: (facts, clock) =>
          noticesFor({ ...facts, legs: facts.legs.filter(({ state }) => !/superseded|done/.test(state)) }, clock),
      },
    ],
    [
      'what is the same fact is not said again',
      { ...sound, plan: (_live, truth, means) => planNotices([], truth, means) },
    ],
    [
      'quiet hours are kept',
      {
        ...sound,
        plan: (live, truth, means) =>
          planNotices(live, truth, {
            ...means,
            settingsOf: () => ({ quietFrom: '00:00', quietUntil: '00:00', quietOnDaysOff: false }),
          }),
      },
    ],
    [
      'what has been delivered is not delivered again',
      {
        ...sound,
        plan: (live, truth, means) => {
          const plan = planNotices(live, truth, means);
          const gone = new Set(plan.voided.map(({ id }) => id));
          return { ...plan, delivered: live.filter(({ id }) => !gone.has(id)) };
        },
      },
    ],
  ];

  it.each(broken)('%s', (_guard, means) => {
    expect(() => check(means, 400)).toThrow();
  });
});
