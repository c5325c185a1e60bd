import { describe, expect, it } from '@jest/globals';
import { giveWay } from './give-way.js';

describe('giving way', () => {
  it.each([
    [-5, [10]],
    [0, [10]],
    [9, [10]],
    [10, []],
    [15, []],
    [19, []],
  ])('from %d sets %j: nobody is raised', (now, expected) => {
    const set: number[] = [];
    giveWay({ getPriority: () => now, setPriority: (...given: number[]) => void set.push(given.at(-1) ?? NaN) });
    expect(set).toEqual(expected);
  });
});
