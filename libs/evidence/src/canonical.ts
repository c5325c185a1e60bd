import canonicalize from 'canonicalize';

const encoder = new TextEncoder();
/** JSON.stringify writes only a lone surrogate as an escape beginning so; an escaped backslash before it is skipped. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

/** The one byte sequence of a JSON value. Throws RangeError for what RFC 8785 cannot write. Source: RFC 8785. */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new RangeError('not a JSON value');
  if (LONE_SURROGATE.test(text)) throw new RangeError('lone surrogate in text');
  return encoder.encode(text);
}

/** Reads bytes that are exactly canonical JSON: no white space, sorted keys, no duplicates. RangeError otherwise. */
export function parseCanonical(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw new RangeError('not UTF-8 JSON', { cause });
  }
  if (canonicalize(value) !== text) throw new RangeError('JSON, but not in canonical form (RFC 8785)');
  if (LONE_SURROGATE.test(text)) throw new RangeError('lone surrogate in text');
  return value;
}
