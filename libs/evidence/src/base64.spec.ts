import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { codecs, fromBase64, toBase64 } from './base64.js';

describe.each(codecs.map((codec, index) => [index, codec] as const))('base64, codec %i', (_index, codec) => {
  it.each(['A', 'AA', 'AAA', 'AA=', 'AB==', 'AAB=', 'AA==\n', ' AAAA', 'AA-_', '====', 'AAAA='])(
    'refuses %j: another spelling, or none',
    (text) => expect(fromBase64(text, codec)).toBeUndefined(),
  );

  it('gives back every byte sequence, and writes it as the other codec does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100_000 }), (bytes) => {
        const text = toBase64(bytes, codec);
        return codecs.every((other) => {
          const back = fromBase64(text, other);
          return toBase64(bytes, other) === text && back !== undefined && Buffer.compare(back, bytes) === 0;
        });
      }),
      { numRuns: 50 },
    );
  });
});
