import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalBytes, parseCanonical } from './canonical.js';

const textOf = (value: unknown): string => new TextDecoder().decode(canonicalBytes(value));
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is refused on purpose and comes up now and then by chance. */
function holdsUnsafe(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;
  return typeof value === 'object' && value !== null && Object.entries(value).flat().some(holdsUnsafe);
}

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

  // Source: RFC 8785, appendix B. An IEEE 754 double in hexadecimal, and how it is written.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('write the double %s as %s', (hex, wanted) => {
    expect(textOf(Buffer.from(hex, 'hex').readDoubleBE())).toBe(wanted);
  });

  // Source: RFC 8785, appendix B: integers the RFC can write and I-JSON tells everybody not to send.
  it.each(['4340000000000000', 'c340000000000000', '4430000000000000', '444b1ae4d6e2ef4e', '444b1ae4d6e2ef4f'])(
    'do not exist for the double %s, an integer beyond 2^53 - 1',
    (hex) => {
      expect(() => canonicalBytes([Buffer.from(hex, 'hex').readDoubleBE()])).toThrow('2^53');
    },
  );

  it.each([
    [undefined],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ['\ud800'],
    [{ text: 'a\udc00' }],
    ['a\u0000b'],
    [{ '\u0000': 1 }],
    [Number.MAX_SAFE_INTEGER + 1],
  ])('do not exist for %p', (value) => {
    expect(() => canonicalBytes(value)).toThrow(RangeError);
  });

  it.each([
    ['white space', '{"a": 1}'],
    ['unsorted fields', '{"b":1,"a":1}'],
    ['a field twice', '{"a":1,"a":1}'],
    ['a number written otherwise', '{"a":1.0}'],
    ['a needless escape', '{"a":"\\u0041"}'],
    ['a field twice, once by an escape', '{"a":1,"\\u0061":1}'],
    ['a lone surrogate', '{"a":"\\ud800"}'],
    ['a lone surrogate after an escaped backslash', '{"a":"\\\\\\ud800"}'],
    ['surrogates in the wrong order', '{"a":"\\udc00\\ud800"}'],
    ['a NUL', '{"a":"\\u0000"}'],
    ['a NUL that is no escape', '{"a":"\0"}'],
    ['2^53', '{"a":9007199254740992}'],
    ['an integer no double holds', '{"a":9007199254740993}'],
    ['a negative one in a list', '[1,-9007199254740992]'],
    ['an integer alone', '9007199254740992'],
    ['minus zero', '{"a":-0}'],
    ['a number that is none', '{"a":1e999}'],
    ['nesting without end', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['something after the value', '{"a":1}\n'],
    ['nothing', ''],
  ])('are not read from %s', (_what, text) => {
    expect(() => parseCanonical(bytesOf(text))).toThrow(RangeError);
  });

  it('are not read from bytes that are no UTF-8', () => {
    for (const byte of [0x80, 0xc0, 0xff])
      expect(() => parseCanonical(Uint8Array.from([0x22, byte, 0x22]))).toThrow(RangeError);
  });

  it('exist for the greatest integer, and for text that only looks like too great a one or like NUL', () => {
    const value = ['9007199254740992', ':9007199254740993', '"[9007199254740993', '\\u0000', Number.MAX_SAFE_INTEGER];
    expect(parseCanonical(canonicalBytes(value))).toEqual(value);
    expect(parseCanonical(canonicalBytes({ a: -Number.MAX_SAFE_INTEGER, b: 1e30 }))).toEqual({
      a: -Number.MAX_SAFE_INTEGER,
      b: 1e30,
    });
  });

  it('exist for text that only looks like an escaped surrogate', () => {
    expect(textOf('\\ud800')).toBe('"\\\\ud800"');
    expect(parseCanonical(canonicalBytes('\\ud800 \ud83d\ude00'))).toBe('\\ud800 \ud83d\ude00');
  });

  it('are read back as what was written, and written again as the same bytes', () => {
    const wellFormed = fc.jsonValue({ stringUnit: 'grapheme' }).filter((value) => !holdsUnsafe(value));
    fc.assert(
      fc.property(wellFormed, (value) => {
        const bytes = canonicalBytes(value);
        expect(canonicalBytes(parseCanonical(bytes))).toEqual(bytes);
      }),
    );
  });
});
