import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digest } from '#domain/identifiers';
import { type Instant, instant, plusSeconds } from '#domain/instant';
import type { DirectoryDocument, RouteDocument } from '#evidence/statements';
import type { KnownPerson } from './directory-draft.js';
import {
  type DeputyGround,
  deputyRefusal,
  type DeputyRules,
  deputyRules,
  type DeputyWish,
  type StandingDeputy,
} from './deputy-rules.js';

const START = instant('2025-01-01T00:00:00.000Z');
const AT = instant('2026-01-05T00:00:00.000Z');
const DAY = 86_400;
const day = (n: number): Instant => plusSeconds(AT, n * DAY);
const ROUTE = digest('1'.repeat(64));

const stage = (id: string, leg: 'review' | 'approval', role: string) => ({
  id, leg, name: id, meaning: id, need: 'all', ordered: false, grade: 'attested', dueWorkingDays: 1, slots: [{ role, organ: 'self', person: null }],
} as const); // prettier-ignore
const route: RouteDocument = {
  schema: 'sunward.route/2',
  kind: 'publish',
  name: '路线',
  undoSeconds: 0,
  stages: [stage('s', 'review', 'secrecy'), stage('h', 'approval', 'head')],
};
const grant = (person: string, role: string, organ = 'a', from: Instant = START, until: Instant | null = null) => ({
  person,
  role,
  organ,
  from,
  until,
});
const document: DirectoryDocument = {
  schema: 'sunward.directory/2',
  version: 1,
  at: START,
  organs: ['a', 'b'].map((code) => ({ code, name: code, level: 'county', parent: null })),
  persons: ['zhou', 'yang', 'li', 'drafter', 'gone', 'admin'].map((id) => ({ id, active: true })),
  grants: [
    grant('zhou', 'head'),
    grant('yang', 'head'),
    grant('li', 'archivist'),
    grant('drafter', 'drafter'),
    grant('other', 'drafter', 'b'),
    grant('later', 'head', 'a', day(20)),
  ],
  routes: [{ digest: ROUTE, envelope: ROUTE, kind: 'publish', appliesTo: '*', levels: '*', from: START, until: null }],
};
const known = (administrator = false, leavesAt: Instant | null = null): Omit<KnownPerson, 'id'> => ({
  administrator,
  leavesAt,
});
const people = new Map<string, KnownPerson>(
  Object.entries({
    zhou: known(),
    yang: known(),
    li: known(),
    drafter: known(),
    other: known(),
    later: known(),
    gone: known(false, day(3)),
    admin: known(true),
  }).map(([id, person]) => [id, { id, ...person }]),
);
const ground = (...deputies: StandingDeputy[]): DeputyGround => ({
  at: AT,
  document,
  routes: new Map([[ROUTE, route]]),
  people,
  deputies,
});
const wish = (over: Partial<DeputyWish> = {}): DeputyWish => ({
  principal: 'zhou',
  agent: 'li',
  role: 'head',
  organ: 'a',
  from: day(1),
  until: day(10),
  ...over,
});
const standing = (over: Partial<StandingDeputy> = {}): StandingDeputy => ({
  ...wish(),
  id: 'x',
  revokedAt: null,
  ...over,
});

describe('a deputy is refused (B-53)', () => {
  it.each([
    ['deputy_self', 'for oneself', wish({ agent: 'zhou' }), []],
    ['deputy_period', 'from yesterday on', wish({ from: day(-1) }), []],
    ['deputy_period', 'that ends before it begins', wish({ until: day(1) }), []],
    ['deputy_period', 'for more than a year', wish({ until: day(368) }), []],
    ['deputy_no_office', 'for an office of somebody else', wish({ role: 'secrecy' }), []],
    ['deputy_no_office', 'before one’s own office begins', wish({ principal: 'later' }), []],
    ['deputy_unavailable', 'who is unknown', wish({ agent: 'nobody' }), []],
    ['deputy_unavailable', 'who will have left', wish({ agent: 'gone', from: day(3) }), []],
    ['deputy_unavailable', 'who is an administrator', wish({ agent: 'admin' }), []],
    [
      'deputy_away',
      'who has entrusted the same office to somebody else',
      wish({ agent: 'yang' }),
      [standing({ principal: 'yang', from: day(9) })],
    ],
    [
      'deputy_away',
      'whose own deputy one is: no circle',
      wish({ agent: 'yang' }),
      [standing({ principal: 'yang', agent: 'zhou' })],
    ],
    ['deputy_exists', 'beside another in the same time', wish(), [standing({ agent: 'yang', until: day(2) })]],
    ['deputy_drafts', 'who drafts what the office signs', wish({ agent: 'drafter' }), []],
  ] as [string, string, DeputyWish, StandingDeputy[]][])('%s: one %s', (code, _who, asked, deputies) => {
    expect(deputyRefusal(asked, ground(...deputies))).toMatchObject({ refused: code });
  });
});

describe('a deputy is granted', () => {
  it.each([
    ['for a time of one’s own office', wish(), []],
    ['from now, though it took a moment to arrive', wish({ from: plusSeconds(AT, -2) }), []],
    ['to somebody in the same office', wish({ agent: 'yang' }), []],
    ['to somebody who leaves later', wish({ agent: 'gone' }), []],
    ['to somebody who drafts elsewhere', wish({ agent: 'other' }), []],
    [
      'to somebody who is away afterwards',
      wish({ agent: 'yang' }),
      [standing({ principal: 'yang', from: day(10), until: day(20) })],
    ],
    ['after an earlier one was revoked', wish(), [standing({ revokedAt: day(1) })]],
  ] as [string, DeputyWish, StandingDeputy[]][])('%s', (_what, asked, deputies) => {
    expect(deputyRefusal(asked, ground(...deputies))).toBeNull();
  });
});

describe('whatever people entrust to each other', () => {
  const ring = ['p0', 'p1', 'p2', 'p3'];
  const inRing: DirectoryDocument = {
    ...document,
    persons: ring.map((id) => ({ id, active: true })),
    grants: [...ring.slice(0, 3).map((id) => grant(id, 'head')), grant('p3', 'drafter')],
  };
  const asked = fc.record({
    principal: fc.constantFrom(...ring),
    agent: fc.constantFrom(...ring),
    first: fc.integer({ min: -2, max: 9 }),
    days: fc.integer({ min: -1, max: 400 }),
  });

  /** Grants one after another as the rules allow, and answers the first promise that is broken at some noon. */
  function play(
    wishes: readonly (typeof asked extends fc.Arbitrary<infer T> ? T : never)[],
    rules: DeputyRules,
  ): string | null {
    const given: StandingDeputy[] = [];
    const everyone = new Map(ring.map((id) => [id, { id, administrator: false, leavesAt: null }]));
    for (const { principal, agent, first, days } of wishes) {
      const one = wish({ principal, agent, from: day(first), until: day(first + days) });
      if (deputyRefusal(one, { ...ground(...given), document: inRing, people: everyone }, rules) === null)
        given.push({ ...one, id: 'x', revokedAt: null });
    }
    if (given.some(({ from, until }) => from < AT || Date.parse(until) - Date.parse(from) > 366 * DAY * 1000))
      return 'an unlawful period';
    for (let noon = -2; noon < 20; noon += 1) {
      const now = plusSeconds(day(noon), DAY / 2);
      const inForce = given.filter(({ from, until }) => from <= now && now < until);
      if (inForce.some(({ principal }) => principal === 'p3')) return 'somebody entrusts what he does not hold';
      if (inForce.some(({ agent }) => agent === 'p3')) return 'a drafter signs';
      if (inForce.some(({ principal, agent }) => principal === agent)) return 'somebody acts for himself';
      if (new Set(inForce.map(({ principal }) => principal)).size < inForce.length) return 'two act for one';
      for (const { principal } of inForce) {
        const met = new Set<string>();
        for (
          let at: string | undefined = principal;
          at !== undefined;
          at = inForce.find((one) => one.principal === at)?.agent
        ) {
          if (met.has(at)) return 'a circle';
          met.add(at);
        }
      }
    }
    return null;
  }

  it('nobody acts for himself, in a circle, for a drafter, beside another, or for too long', () => {
    fc.assert(fc.property(fc.array(asked, { maxLength: 10 }), (wishes) => { expect(play(wishes, deputyRules)).toBeNull(); }), { numRuns: 2000 }); // prettier-ignore
  });

  const always = (): boolean => true;
  it.each([
    ['isAnother', /acts for himself|a circle/],
    ['isLawfulPeriod', /an unlawful period/],
    ['holdsOffice', /does not hold/],
    ['isPresent', /a circle/],
    ['isFirst', /two act for one/],
    ['isNoDrafter', /a drafter signs/],
  ] as [keyof DeputyRules, RegExp][])('is not so without %s, which is found out', (guard, complaint) => {
    const found = new Set<string>();
    fc.assert(fc.property(fc.array(asked, { maxLength: 10 }), (wishes) => { const broken = play(wishes, { ...deputyRules, [guard]: always }); if (broken !== null) found.add(broken); }), { numRuns: 1500, seed: 3 }); // prettier-ignore
    expect([...found].some((one) => complaint.test(one))).toBe(true);
  });
});
