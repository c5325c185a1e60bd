import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalBytes, parseCanonical } from './canonical.js';

const textOf = (value: unknown): string => new TextDecoder().decode(canonicalBytes(value));
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('canonical bytes', () => {
  it('are those of RFC 8785, section 3.2.2 and 3.2.3', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(textOf(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sort fields by UTF-16 units, as the weird names of RFC 8785 appendix', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const keys = Object.keys(JSON.parse(textOf(Object.fromEntries(names.map((name) => [name, 0])))) as object);
    expect(keys).toEqual(['1', '\r', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
  });

  it.each([[undefined], [Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ text: 'a\udc00' }]])(
    'do not exist for %p',
    (value) => {
      expect(() => canonicalBytes(value)).toThrow();
    },
  );

  it.each([
    ['white space', '{"a": 1}'],
    ['unsorted fields', '{"b":1,"a":1}'],
    ['a field twice', '{"a":1,"a":1}'],
    ['a number written otherwise', '{"a":1.0}'],
    ['a needless escape', '{"a":"\\u0041"}'],
    ['a lone surrogate', '{"a":"\\ud800"}'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['something after the value', '{"a":1}\n'],
    ['nothing', ''],
  ])('are not read from %s', (_what, text) => {
    expect(() => parseCanonical(bytesOf(text))).toThrow(RangeError);
  });

  it('exist for text that only looks like an escaped surrogate', () => {
    expect(textOf('\\ud800')).toBe('"\\\\ud800"');
    expect(parseCanonical(canonicalBytes('\\ud800 \ud83d\ude00'))).toBe('\\ud800 \ud83d\ude00');
  });

  it('are read back as what was written, and written again as the same bytes', () => {
    const wellFormed = fc.jsonValue({ stringUnit: 'grapheme' });
    fc.assert(
      fc.property(wellFormed, (value) => {
        const bytes = canonicalBytes(value);
        expect(canonicalBytes(parseCanonical(bytes))).toEqual(bytes);
      }),
    );
  });
});
