import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sm3 } from './sm3.js';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('SM3', () => {
  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('of the examples of GB/T 32905-2016, appendix A: %s', (text, wanted) => {
    expect(hexOf(sm3(new TextEncoder().encode(text)))).toBe(wanted);
  });

  it('is OpenSSL’s for every length up to three blocks, and for any bytes', () => {
    const ofOpenssl = (bytes: Uint8Array): string => createHash('sm3').update(bytes).digest('hex');
    for (let length = 0; length < 200; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 7 + length) % 256);
      expect([length, hexOf(sm3(bytes))]).toEqual([length, ofOpenssl(bytes)]);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
        expect(hexOf(sm3(bytes))).toBe(ofOpenssl(bytes));
      }),
    );
  });
});
