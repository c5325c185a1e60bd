import { expect, it } from '@jest/globals';
import { groupBy } from './grouping.js';

it('keeps every item, in order, under its key', () => {
  const groups = groupBy([3, 1, 4, 1, 5, 9], (n) => n % 2 === 0);
  expect([...groups]).toEqual([
    [false, [3, 1, 1, 5, 9]],
    [true, [4]],
  ]);
});
