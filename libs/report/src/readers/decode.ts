import { refuse, type Refusal } from '#domain/decision';
import { decodeStrictly } from '../strict-decoding.js';

/** Text of a file and the encoding it was stored in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';
}

const ACCEPTED = ['utf-8', 'gb18030', 'utf-16'];

/** Largest text file read, in bytes. */
export const MAX_TEXT_BYTES = 5 * 1024 * 1024;

const SIGNATURES: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['zip (docx, xlsx, wps)', [0x50, 0x4b, 0x03, 0x04]],
  ['ole (doc, xls)', [0xd0, 0xcf, 0x11, 0xe0]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
];

/** More damaged places than this share of the characters and the file was not UTF-8 to begin with. */
const DAMAGE_SHARE = 0.02;

/**
 * Bytes to text: UTF-8 (with or without byte order mark), UTF-16 with one, else GB 18030. Damaged UTF-8 is refused rather than read as GB 18030, where
 * almost any bytes make some Chinese text. Refuses `empty_file`, `file_too_large` (sizes), `binary_file` (what it looks like, offset),
 * `unknown_encoding` (offset of the first byte that fits no encoding).
 */
export function decodeText(
  bytes: Uint8Array,
): DecodedText | Refusal<'empty_file' | 'file_too_large' | 'binary_file' | 'unknown_encoding'> {
  if (bytes.length > MAX_TEXT_BYTES)
    return refuse('file_too_large', { sizeBytes: bytes.length, limitBytes: MAX_TEXT_BYTES });
  const looksLike = SIGNATURES.find(([, start]) => start.every((byte, index) => bytes[index] === byte))?.[0];
  if (looksLike === 'utf-16le' || looksLike === 'utf-16be') return decodeWide(bytes, looksLike);
  if (looksLike !== undefined) return refuse('binary_file', { looksLike, offset: 0 });
  const zero = bytes.indexOf(0);
  if (zero >= 0) return refuse('binary_file', { looksLike: 'binary', offset: zero });
  const decoded = decodeKnown(bytes);
  if (decoded === null) return refuse('unknown_encoding', { offset: damagedAt(bytes), accepted: ACCEPTED });
  if (decoded.text.trim() === '') return refuse('empty_file', { sizeBytes: bytes.length });
  return decoded;
}

/** UTF-16 as Windows programs save “Unicode text”, told by its byte order mark. */
function decodeWide(
  bytes: Uint8Array,
  encoding: 'utf-16le' | 'utf-16be',
): DecodedText | Refusal<'empty_file' | 'unknown_encoding'> {
  const text = decodeStrictly(bytes, encoding);
  if (text === null) return refuse('unknown_encoding', { looksLike: encoding, offset: 0, accepted: ACCEPTED });
  return text.trim() === '' ? refuse('empty_file', { sizeBytes: bytes.length }) : { text, encoding };
}

function decodeKnown(bytes: Uint8Array): DecodedText | null {
  const utf8 = decodeStrictly(bytes, 'utf-8');
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8' };
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const damaged = lenient.split('\ufffd').length - 1;
  const wide = lenient.match(/[\u3000-\u9fff\uff00-\uffef]/gu)?.length ?? 0;
  if (wide > damaged && damaged <= Math.max(2, lenient.length * DAMAGE_SHARE)) return null;
  const gb18030 = decodeStrictly(bytes, 'gb18030');
  return gb18030 === null ? null : { text: gb18030, encoding: 'gb18030' };
}

// The longest prefix that decodes ends where the damage begins; halving finds it, a decoder does not tell.
function damagedAt(bytes: Uint8Array): number {
  let sound = 0;
  let broken = bytes.length;
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1;
    if (decodeStrictly(bytes.subarray(0, middle), 'utf-8', { prefix: true }) === null) broken = middle;
    else sound = middle;
  }
  return sound;
}
