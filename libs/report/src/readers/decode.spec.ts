import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { decodeText, MAX_TEXT_BYTES } from './decode.js';

const sample = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../samples/${name}`, import.meta.url)));
const utf8 = sample('xiangyang-2020.txt');
const gb18030 = sample('xiangyang-2020.gb18030.txt');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what cannot be decoded', () => {
  it.each([
    ['an empty file', new Uint8Array(), 'empty_file', {}],
    ['only blanks', bytesOf(' \r\n\t'), 'empty_file', {}],
    [
      'more than 5 MB',
      new Uint8Array(MAX_TEXT_BYTES + 1).fill(0x20),
      'file_too_large',
      { sizeBytes: MAX_TEXT_BYTES + 1, limitBytes: MAX_TEXT_BYTES },
    ],
    ['a Word file', bytesOf('PK\u0003\u0004 docx'), 'binary_file', { looksLike: 'zip (docx, xlsx, wps)' }],
    ['a PDF', bytesOf('%PDF-1.7'), 'binary_file', { looksLike: 'pdf', offset: 0 }],
    ['an old Word file', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]), 'binary_file', { looksLike: 'ole (doc, xls)' }],
    ['NUL in the middle', bytesOf('向阳区\u0000'), 'binary_file', { offset: 9 }],
    [
      'half a pair in UTF-16',
      new Uint8Array([0xff, 0xfe, 0x00, 0xd8, 0x11, 0x54]),
      'unknown_encoding',
      { looksLike: 'utf-16le' },
    ],
    ['bytes of no encoding', new Uint8Array([0x41, 0xff, 0xff, 0x42]), 'unknown_encoding', { offset: 1 }],
  ])('%s is refused', (_what, bytes, code, data) => {
    expect(decodeText(bytes)).toMatchObject({ refused: code, data });
  });

  it('UTF-16 is read by its byte order mark, either way round', () => {
    expect(decodeText(new Uint8Array([0xff, 0xfe, 0x11, 0x54]))).toEqual({ text: '向', encoding: 'utf-16le' });
    expect(decodeText(new Uint8Array([0xfe, 0xff, 0x54, 0x11]))).toEqual({ text: '向', encoding: 'utf-16be' });
  });

  it('UTF-8 cut inside a character is not taken for GB 18030', () => {
    expect(decodeText(utf8.subarray(0, 100))).toMatchObject({
      refused: 'unknown_encoding',
      data: { offset: expect.any(Number) },
    });
  });

  it('UTF-8 with one damaged byte is refused with its place', () => {
    const damaged = Uint8Array.from(utf8);
    damaged[301] = 0xff;
    expect(decodeText(damaged)).toMatchObject({ refused: 'unknown_encoding', data: { offset: 301 } });
  });

  it('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decodeText(bytes);
        expect(isRefusal(decoded) || decoded.text.trim() !== '').toBe(true);
      }),
    );
  });
});

describe('both encodings', () => {
  it('give the same text', () => {
    const one = decodeText(utf8);
    const other = decodeText(gb18030);
    expect(one).toMatchObject({ encoding: 'utf-8' });
    expect(other).toMatchObject({ encoding: 'gb18030' });
    expect({ ...other, encoding: 'utf-8' }).toEqual(one);
  });

  it('a byte order mark is no part of the text', () => {
    expect(decodeText(bytesOf('\ufeff向阳区'))).toEqual({ text: '向阳区', encoding: 'utf-8' });
  });
});
