import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { type Instant, instant } from '#domain/instant';
import { routeDefect, routesFor, seatsNeeded, stagesOf } from './route-law.js';
import type { DirectoryDocument, RouteDocument, RouteStage } from './statements.js';

const stage = (id: string, leg: RouteStage['leg'], need: RouteStage['need'], ...organs: string[]): RouteStage => ({
  id,
  leg,
  name: id,
  meaning: id,
  need,
  ordered: false,
  grade: 'attested',
  dueWorkingDays: 0,
  slots: organs.map((organ) => ({ role: `${id}-role`, organ })),
});
const route = (...stages: RouteStage[]): RouteDocument => ({
  schema: 'sunward.route/1',
  kind: 'publish',
  name: 'route',
  undoSeconds: 0,
  stages,
});
const first = stage('first', 'review', 'all', 'self', 'office');
const last = stage('last', 'approval', 1, 'self', 'self');

describe('a route is refused', () => {
  it.each([
    ['without a review stage', 'no stage in the review leg', route(last)],
    ['without an approval stage', 'no stage in the approval leg', route(first)],
    ['with a stage twice', 'stage first appears twice', route(first, first, last)],
    [
      'with a review stage after approval',
      'review stage second comes after',
      route(first, last, { ...first, id: 'second' }),
    ],
    ['asking for more than its slots', 'needs 3 signatures and has 2 slots', route(first, { ...last, need: 3 })],
    ['asking for nobody', 'needs 0 signatures', route(first, { ...last, need: 0 })],
    ['with a stage without slots', 'needs 0 signatures', route({ ...first, slots: [] }, last)],
  ])('%s', (_what, sentence, document) => {
    expect(routeDefect(document)).toContain(sentence);
  });

  const now = (kind: RouteDocument['kind'], ...stages: RouteStage[]): RouteDocument => ({
    ...route(...stages),
    schema: 'sunward.route/2',
    kind,
  });
  const named = (of: RouteStage, ...persons: (string | null)[]): RouteStage => ({
    ...of,
    need: 'all',
    slots: persons.map((person) => ({ role: 'r', organ: 'self', person })),
  });

  it.each([
    ['without a secrecy review, since routes know their duties', 'no stage has the duty', now('publish', first, last)],
    ['naming a person twice', 'person p is named twice', now('publish', named(first, 'p'), named(last, 'p'))],
    [
      'for an emergency with an unnamed signer',
      'names every signer',
      now('emergency', named(first, 'p', null), named(last, 'q')),
    ],
  ])('%s', (_what, sentence, document) => {
    expect(routeDefect(document)).toContain(sentence);
  });

  it('only for a reason', () => {
    expect(routeDefect(route(first, last))).toBeNull();
    for (const kind of ['publish', 'correct', 'withdraw', 'ratify'] as const)
      expect(routeDefect(now(kind, first, { ...last, duty: 'secrecy' }))).toBeNull();
    expect(routeDefect(now('emergency', named(first, 'p'), named(last, 'q')))).toBeNull();
  });
});

describe('a leg', () => {
  it('has its own stages in order', () => {
    expect(stagesOf(route(first, last), 'approval')).toEqual([last]);
  });

  it('needs every slot of an "all" stage and k of another', () => {
    expect([first, last].map(seatsNeeded)).toEqual([2, 1]);
  });
});

describe('the route of an act', () => {
  const listed = (
    hex: string,
    appliesTo: '*' | string[],
    extra: Partial<DirectoryDocument['routes'][number]> = {},
  ): DirectoryDocument['routes'][number] => ({
    digest: digest(hex.repeat(64)),
    envelope: digest(hex.repeat(64)),
    kind: 'publish',
    appliesTo,
    ...extra,
  });
  const organ = (code: string, level: string) => ({ code, name: code, level, parent: null });
  const organs = [organ('a', 'township'), organ('b', 'county'), organ('c', 'township')];
  const found = (routes: DirectoryDocument['routes'], code: string, kind: RouteDocument['kind'] = 'publish') =>
    routesFor({ routes, organs }, code, kind).map(({ digest: of }) => of[0]);

  it('is one that names the organ, else its level, else everybody, and never one for another act', () => {
    const routes = [
      listed('1', '*'),
      listed('2', '*', { levels: ['township', 'department'] }),
      listed('3', ['c']),
      listed('4', '*', { kind: 'withdraw' }),
    ];
    expect(['a', 'b', 'c', 'unknown'].map((code) => found(routes, code))).toEqual([['2'], ['1'], ['3'], ['1']]);
    expect(found(routes, 'c', 'withdraw')).toEqual(['4']);
    expect(found(routes, 'c', 'correct')).toEqual([]);
  });

  it('is none where only other levels have one', () => {
    expect(found([listed('2', '*', { levels: ['county'] })], 'a')).toEqual([]);
  });

  it('is the one in force when the case was submitted, whatever came later', () => {
    const [spring, june] = [instant('2026-03-01T00:00:00.000Z'), instant('2026-06-01T00:00:00.000Z')];
    const routes = [
      listed('1', '*', { until: june }),
      listed('2', '*', { from: june, until: null }),
      listed('3', ['b'], { from: june, until: null }),
    ];
    const at = (code: string, when?: Instant): string[] =>
      routesFor({ routes, organs }, code, 'publish', when).map(({ digest: of }) => of[0] ?? '');
    expect([at('a', spring), at('b', spring)]).toEqual([['1'], ['1']]);
    expect([at('a', june), at('b', june)]).toEqual([['2'], ['3']]);
    expect([at('a'), at('b')]).toEqual([['2'], ['3']]);
  });
});
