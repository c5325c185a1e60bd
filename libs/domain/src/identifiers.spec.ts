import { describe, expect, it } from '@jest/globals';
import { digest, isDigest } from './identifiers.js';

describe('a digest', () => {
  const good = 'a'.repeat(64);
  it.each(['', 'a'.repeat(63), 'A'.repeat(64), `${good}\n`, 'g'.repeat(64)])(
    'is refused when written as %j',
    (text) => {
      expect(isDigest(text)).toBe(false);
      expect(() => digest(text)).toThrow(RangeError);
    },
  );
  it('is 64 lower-case hexadecimal characters', () => expect(digest(good)).toBe(good));
});
