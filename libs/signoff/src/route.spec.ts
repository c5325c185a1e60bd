import { expect, it } from '@jest/globals';
import type { RouteStage } from '#evidence/statements';
import { seatsFor } from './route.js';

const stage = (id: string, ...organs: string[]): RouteStage => ({
  id,
  leg: 'review',
  name: id,
  meaning: id,
  need: 'all',
  ordered: false,
  grade: 'attested',
  dueWorkingDays: 0,
  slots: organs.map((organ) => ({ role: `${id}-role`, organ })),
});

it('gives one seat per slot in order, with "self" read as the organ of the report', () => {
  const stages = [stage('first', 'self', 'office'), stage('last', 'self', 'self')];
  const seats = seatsFor(stages, 'xiangyang', ['a', 'b', 'c', 'd']);
  expect(seats.map(({ id, stage: of, ordinal, organ }) => [id, of, ordinal, organ])).toEqual([
    ['a', 'first', 0, 'xiangyang'],
    ['b', 'first', 1, 'office'],
    ['c', 'last', 0, 'xiangyang'],
    ['d', 'last', 1, 'xiangyang'],
  ]);
});
