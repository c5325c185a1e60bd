import canonicalize from 'canonicalize';

const encoder = new TextEncoder();
/** JSON.stringify writes only a lone surrogate as an escape beginning so; an escaped backslash before it is skipped. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;
/** JSON can say NUL, and PostgreSQL and the C of the world cannot. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;
/** Where an integer too long for a double may stand; within a text it means nothing. */
const LONG_INTEGER = /(?:^|[[,:])-?\d{16}/;
const TEXT_OR_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d+(?![\d.eE])/g;

/**
 * The one byte sequence of a JSON value. Throws RangeError for what RFC 8785 cannot write, and for NUL and integers beyond
 * 2^53 - 1, which others read otherwise. Source: RFC 8785; RFC 7493 §2.2.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = written(value);
  refuseUnsafe(text);
  return encoder.encode(text);
}

/** Reads bytes that `canonicalBytes` may have written: no white space, sorted keys, no duplicates. RangeError otherwise. */
export function parseCanonical(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw new RangeError('not UTF-8 JSON', { cause });
  }
  if (written(value) !== text) throw new RangeError('JSON, but not in canonical form (RFC 8785)');
  refuseUnsafe(text);
  return value;
}

function written(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    // Infinity, which JSON.parse makes of 1e999, and nesting too deep to follow.
    throw new RangeError('not a value of RFC 8785', { cause });
  }
  if (text === undefined) throw new RangeError('not a JSON value');
  return text;
}

/** What one reader takes for something else than another: half a character, NUL, an integer no double holds exactly. */
function refuseUnsafe(text: string): void {
  if (LONE_SURROGATE.test(text)) throw new RangeError('lone surrogate in text');
  if (NUL.test(text)) throw new RangeError('NUL in text');
  if (!LONG_INTEGER.test(text)) return;
  for (const [token] of text.matchAll(TEXT_OR_INTEGER))
    if (!token.startsWith('"') && !Number.isSafeInteger(Number(token))) throw new RangeError('integer beyond 2^53 - 1');
}
