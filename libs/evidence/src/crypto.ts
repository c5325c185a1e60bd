import type { Digest } from '#domain/identifiers';

/** How a key signs: Ed25519 (RFC 8032), or SM2 with SM3 and the standard's user id (GB/T 32918.2, GB/T 35276). */
export const KEY_ALGORITHMS = ['ed25519', 'sm2'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** What verification needs of cryptography. Injected, so the same verifier runs in services, offline and in a browser. */
export interface EvidenceCrypto {
  sha256(bytes: Uint8Array): Digest;
  /** SM3 (GB/T 32905) in hexadecimal, of the same length as SHA-256. */
  sm3(bytes: Uint8Array): string;
  /** Ed25519 (RFC 8032) over `bytes` with the raw 32-byte public key. False, never an exception, for anything unusable. */
  verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean;
  /**
   * SM2 over `bytes`: public key 04‖x‖y of 65 bytes, signature r‖s of 64. `userId` is the standard's unless a test says
   * otherwise. False, never an exception, for anything unusable.
   */
  verifySm2(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array, userId?: string): boolean;
  /** ECDSA over P-256 with SHA-256, of a passkey: key 04‖x‖y, signature r‖s. False for anything unusable. */
  verifyP256(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean;
  /** RSA PKCS#1 v1.5 with SHA-256 and exponent 65537, of a passkey: the modulus of 256 bytes. False for anything unusable. */
  verifyRsa(modulus: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** A public key: what it signs with belongs to it, so no envelope can ask for another algorithm. */
export interface PublicKey {
  readonly algorithm: KeyAlgorithm;
  /** Ed25519: the raw 32 bytes. SM2: the uncompressed point, 04‖x‖y, 65 bytes. */
  readonly bytes: Uint8Array;
}

/** Holds one private key. `keyid` is that of its public key, see `keyidOf`. */
export interface Signer {
  readonly keyid: string;
  readonly publicKey: PublicKey;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Public keys by keyid: who may have signed. */
export type PublicKeys = ReadonlyMap<string, PublicKey>;

/** Length of a public key in bytes. */
export const KEY_BYTES: Readonly<Record<KeyAlgorithm, number>> = { ed25519: 32, sm2: 65 };

const SM2_LABEL = new TextEncoder().encode('sm2\0');

/**
 * Name of a key, 64 hexadecimal characters: SHA-256 of the raw key for Ed25519, of `sm2`, a zero byte and the point for
 * SM2. The lengths differ, so a keyid names one algorithm and one key.
 */
export function keyidOf({ algorithm, bytes }: PublicKey, crypto: Pick<EvidenceCrypto, 'sha256'>): string {
  return crypto.sha256(algorithm === 'ed25519' ? bytes : Uint8Array.from([...SM2_LABEL, ...bytes]));
}

/** Whether the signature is good under the key's own algorithm. False, never an exception, for anything unusable. */
export function verifySignature(
  { algorithm, bytes }: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
  crypto: Pick<EvidenceCrypto, 'verifyEd25519' | 'verifySm2'>,
): boolean {
  if (bytes.byteLength !== KEY_BYTES[algorithm]) return false;
  return algorithm === 'ed25519'
    ? crypto.verifyEd25519(bytes, message, signature)
    : crypto.verifySm2(bytes, message, signature);
}
