import { fromBase64, toBase64 } from './base64.js';

const STRICT = /^[A-Za-z0-9_-]*$/;
const GROUP = 4;

/** Base64 for addresses without padding, as WebAuthn writes bytes. Source: RFC 4648 §5. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes of strictly written text, or undefined: one text per byte sequence, as with `fromBase64`. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (!STRICT.test(text)) return undefined;
  const padding = '='.repeat((GROUP - (text.length % GROUP)) % GROUP);
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding);
}
