import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** Source: FIPS 186-4, D.1.2.3. */
const CURVE = {
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  h: 1n,
  a: 0xffffffff00000001000000000000000000000000fffffffffffffffffffffffcn,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  Gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  Gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};
const p256 = ecdsa(weierstrass(CURVE), sha256);
const POINT_BYTES = 65;
const SIGNATURE_BYTES = 64;

/** ECDSA over P-256 with SHA-256: key 04‖x‖y, signature r‖s. False, never an exception, for anything unusable. */
export function verifyP256(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.byteLength !== POINT_BYTES || signature.byteLength !== SIGNATURE_BYTES) return false;
  try {
    // Either of s and n−s, as authenticators and OpenSSL have it.
    return p256.verify(signature, bytes, publicKey, { lowS: false, format: 'compact' });
  } catch {
    return false; // not on the curve, or not below the order: no key, or no signature
  }
}
