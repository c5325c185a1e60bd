import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { type Digest, digest } from '#domain/identifiers';
import type { EvidenceCrypto } from './crypto.js';
import { verifyP256 } from './p256.js';
import { verifyRsa } from './rsa.js';
import { verifySm2 } from './sm2.js';
import { sm3 } from './sm3.js';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;

/**
 * Without Node and without a network: for browsers and the verifier that travels with the evidence. Every browser gives
 * the same verdict, which WebCrypto's Ed25519, absent in some and deciding edge cases by its own rules, would not.
 */
export const portableCrypto: EvidenceCrypto = {
  sha256: (bytes): Digest => digest(hexOf(sha256(bytes))),
  sm3: (bytes) => hexOf(sm3(bytes)),
  verifyEd25519,
  verifySm2,
  verifyP256,
  verifyRsa,
};

/**
 * As OpenSSL decides, and not as the package's own `verify` does: without the cofactor, comparing the bytes of R. The
 * two differ on signatures only somebody with the private key can make, and those must get one verdict everywhere.
 */
function verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.byteLength !== KEY_BYTES || signature.byteLength !== SIGNATURE_BYTES) return false;
  const s = littleEndian(signature.subarray(KEY_BYTES));
  if (s >= ORDER) return false;
  const key = readPoint(publicKey);
  if (key === undefined) return false;
  const hash = sha512.create().update(signature.subarray(0, KEY_BYTES)).update(publicKey).update(bytes).digest();
  const k = littleEndian(hash) % ORDER;
  const r = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k)).toBytes();
  return r.every((byte, at) => byte === signature[at]);
}

function readPoint(bytes: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    return Point.fromBytes(bytes);
  } catch {
    return undefined; // not on the curve: no key, so nothing is signed by it
  }
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${hexOf(bytes.toReversed())}`);
