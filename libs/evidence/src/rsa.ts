import { sha256 } from '@noble/hashes/sha2.js';

const EXPONENT_SQUARINGS = 16;
/** DigestInfo of SHA-256 up to the digest. Source: RFC 8017 §9.2, note 1. */
const DIGEST_INFO = Uint8Array.from([
  0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
]);
/** What stands before DigestInfo besides the filling: 00 01 and 00. */
const FRAME_BYTES = 3;

/**
 * RSASSA-PKCS1-v1_5 with SHA-256 and the exponent 65537: the modulus big-endian, the signature of its length. The whole
 * encoded message is compared, not read. Source: RFC 8017 §8.2.2.
 */
export function verifyRsa(modulus: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (signature.byteLength !== modulus.byteLength) return false;
  const n = numberOf(modulus);
  const s = numberOf(signature);
  if (s >= n) return false;
  return toPowerOf65537(s, n) === numberOf(encoded(sha256(bytes), modulus.byteLength));
}

function toPowerOf65537(base: bigint, modulus: bigint): bigint {
  let power = base;
  for (let step = 0; step < EXPONENT_SQUARINGS; step += 1) power = (power * power) % modulus;
  return (power * base) % modulus;
}

function encoded(digest: Uint8Array, length: number): Uint8Array {
  const filling = new Uint8Array(length - FRAME_BYTES - DIGEST_INFO.byteLength - digest.byteLength).fill(0xff);
  return Uint8Array.from([0x00, 0x01, ...filling, 0x00, ...DIGEST_INFO, ...digest]);
}

const numberOf = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
