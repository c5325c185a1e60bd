import { describe, expect, it } from '@jest/globals';
import type { RouteDocument, RouteStage } from '#evidence/statements';
import { routeDefect, seatsFor, seatsNeeded, stagesOf } from './route.js';

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

  it('only for a reason', () => {
    expect(routeDefect(route(first, last))).toBeNull();
  });
});

describe('a leg', () => {
  it('has its own stages in order, and one seat per slot with "self" read as the organ of the report', () => {
    expect(stagesOf(route(first, last), 'approval')).toEqual([last]);
    expect(
      seatsFor([first, last], 'xiangyang', ['a', 'b', 'c', 'd']).map(({ id, stage: of, ordinal, organ }) => [
        id,
        of,
        ordinal,
        organ,
      ]),
    ).toEqual([
      ['a', 'first', 0, 'xiangyang'],
      ['b', 'first', 1, 'office'],
      ['c', 'last', 0, 'xiangyang'],
      ['d', 'last', 1, 'xiangyang'],
    ]);
  });

  it('needs every slot of an "all" stage and k of another', () => {
    expect([first, last].map(seatsNeeded)).toEqual([2, 1]);
  });
});
