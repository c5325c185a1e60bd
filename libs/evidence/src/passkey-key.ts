import type { EvidenceCrypto } from './crypto.js';

/** How passkeys sign: ES256 (most), EdDSA, and RS256 (Windows Hello on older machines). Source: RFC 9053, RFC 8812. */
export type PasskeyAlgorithm = 'es256' | 'eddsa' | 'rs256';

/** A passkey's public key; what it signs with belongs to it. `bytes`: the point 04‖x‖y, the raw key, or the modulus. */
export interface PasskeyKey {
  readonly algorithm: PasskeyAlgorithm;
  readonly bytes: Uint8Array;
}

interface Form {
  readonly algorithm: PasskeyAlgorithm;
  readonly before: string;
  readonly sizeBytes: number;
  readonly after: string;
}

/** The one way to write each kind of key as SubjectPublicKeyInfo. RSA: 2048 bits and 65537, as TPMs make them. */
const FORMS: readonly Form[] = [
  // RFC 5480
  {
    algorithm: 'es256',
    before: '3059301306072a8648ce3d020106082a8648ce3d030107034200',
    sizeBytes: 65,
    after: '',
  },
  // RFC 8410
  { algorithm: 'eddsa', before: '302a300506032b6570032100', sizeBytes: 32, after: '' },
  // RFC 8017, A.1
  {
    algorithm: 'rs256',
    before: '30820122300d06092a864886f70d01010105000382010f003082010a0282010100',
    sizeBytes: 256,
    after: '0203010001',
  },
];

const HIGHEST_BIT = 0x80;
const SCALAR_BYTES = 32;

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.byteLength === other.byteLength && one.every((byte, at) => byte === other[at]);

/** The key in a SubjectPublicKeyInfo, as browsers answer it; undefined for any other kind or writing. */
export function readPasskeyKey(spki: Uint8Array): PasskeyKey | undefined {
  for (const { algorithm, before, sizeBytes, after } of FORMS) {
    const head = fromHex(before);
    const tail = fromHex(after);
    if (spki.byteLength !== head.byteLength + sizeBytes + tail.byteLength) continue;
    const bytes = spki.subarray(head.byteLength, head.byteLength + sizeBytes);
    if (!same(spki.subarray(0, head.byteLength), head) || !same(spki.subarray(spki.byteLength - tail.byteLength), tail))
      continue;
    // A modulus of fewer bits is written shorter.
    if (algorithm === 'rs256' && (bytes[0] ?? 0) < HIGHEST_BIT) continue;
    return { algorithm, bytes };
  }
  return undefined;
}

/** The key as SubjectPublicKeyInfo: what `readPasskeyKey` reads. */
export function writePasskeyKey({ algorithm, bytes }: PasskeyKey): Uint8Array {
  const form = FORMS.find((one) => one.algorithm === algorithm);
  if (form?.sizeBytes !== bytes.byteLength) throw new RangeError(`no ${algorithm} key: ${bytes.byteLength} bytes`);
  return Uint8Array.from([...fromHex(form.before), ...bytes, ...fromHex(form.after)]);
}

/** Whether the passkey signed these bytes. ES256 signatures are in DER. False, never an exception, for anything unusable. */
export function passkeySigned(
  { algorithm, bytes: key }: PasskeyKey,
  message: Uint8Array,
  signature: Uint8Array,
  crypto: Pick<EvidenceCrypto, 'verifyEd25519' | 'verifyP256' | 'verifyRsa'>,
): boolean {
  if (algorithm === 'eddsa') return crypto.verifyEd25519(key, message, signature);
  if (algorithm === 'rs256') return crypto.verifyRsa(key, message, signature);
  const raw = fromDer(signature);
  return raw !== undefined && crypto.verifyP256(key, message, raw);
}

/** r‖s of an ECDSA signature in DER; undefined unless it is written in the one shortest way. Source: X.690 §8.3, §10.1. */
function fromDer(der: Uint8Array): Uint8Array | undefined {
  if (der[0] !== 0x30 || der[1] !== der.byteLength - 2) return undefined;
  const r = integerAt(der, 2);
  const s = r && integerAt(der, r.end);
  return s?.end === der.byteLength ? Uint8Array.from([...r!.bytes, ...s.bytes]) : undefined;
}

function integerAt(der: Uint8Array, at: number): { readonly bytes: Uint8Array; readonly end: number } | undefined {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== 0x02 || length === 0 || end > der.byteLength) return undefined;
  const written = der.subarray(at + 2, end);
  const [first = 0, second = 0] = written;
  const isNegative = first >= HIGHEST_BIT;
  const isPadded = first === 0 && length > 1;
  if (isNegative || (isPadded && second < HIGHEST_BIT)) return undefined;
  const digits = isPadded ? written.subarray(1) : written;
  if (digits.byteLength > SCALAR_BYTES) return undefined;
  const bytes = new Uint8Array(SCALAR_BYTES);
  bytes.set(digits, SCALAR_BYTES - digits.byteLength);
  return { bytes, end };
}
