import { describe, expect, it } from '@jest/globals';
import { accept, invariant, isRefusal, refuse } from './decision.js';

describe('a decision', () => {
  it('is a refusal exactly when it names a code', () => {
    expect(isRefusal(refuse('too_late', { at: 'x' }))).toBe(true);
    for (const other of [accept(), accept('event'), null, undefined, 'refused', 0])
      expect(isRefusal(other)).toBe(false);
  });

  it('breaks loudly when the code does not keep its own promise', () => {
    expect(() => invariant(false, 'one seal per approval')).toThrow('broken invariant: one seal per approval');
    expect(() => invariant(1, 'holds')).not.toThrow();
  });
});
