import { describe, expect, it } from '@jest/globals';
import { caseStateWords } from './case-state.js';
import type { Say } from './words.js';

const key: Say = (path) => path;

describe('how a case stands', () => {
  it.each([
    ['publish', 'done', 'live.done'],
    ['correct', 'released', 'live.released'],
    ['withdraw', 'in-review', 'live.in-review'],
    ['withdraw', 'approved', 'takingBack.approved'],
    ['withdraw', 'held', 'takingBack.held'],
    ['withdraw', 'done', 'takingBack.done'],
  ] as const)('of a case to %s that is %s is said by %s', (kind, state, words) => {
    expect(caseStateWords(key, { kind, state }, '')).toBe(words);
  });
});
