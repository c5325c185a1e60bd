import { describe, expect, it } from '@jest/globals';
import { attemptState } from './attempt-state.js';

const done = (step: string): { step: string; hasFailed: boolean } => ({ step, hasFailed: false });

describe('an attempt to publish', () => {
  it.each([
    ['one whose step failed has failed', [done('proof'), { step: 'read-back', hasFailed: true }], false, 'failed'],
    ['one that signed its receipt is done', [done('proof'), done('receipt')], false, 'done'],
    ['one that is held and ended nothing runs', [], true, 'running'],
    ['one that is held between two steps runs', [done('proof'), done('files')], true, 'running'],
    ['one that nobody holds and that ended nothing was broken off', [], false, 'broken'],
    ['one that nobody holds between two steps was broken off', [done('proof'), done('files')], false, 'broken'],
  ] as const)('%s', (_, steps, isHeld, state) => {
    expect(attemptState({ steps, isHeld })).toBe(state);
  });
});
