import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant, plusSeconds } from './instant.js';

describe('an instant', () => {
  it.each(['', '2026-01-31', '2026-01-31T00:00:00Z', '2026-13-01T00:00:00.000Z', '2026-01-31T00:00:00.000+08:00'])(
    'is refused when written as %j',
    (text) => expect(() => instant(text)).toThrow(RangeError),
  );

  it('orders as text the way it orders in time', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const [first, second] = [instant(new Date(a * 1000)), instant(new Date(b * 1000))];
        return first < second === a < b;
      }),
    );
  });

  it('moves by seconds over the end of a year', () => {
    expect(plusSeconds(instant('2026-12-31T23:59:59.500Z'), 1)).toBe('2027-01-01T00:00:00.500Z');
  });
});
