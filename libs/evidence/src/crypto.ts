import type { Digest } from '#domain/identifiers';

/** What verification needs of cryptography. Injected, so the same verifier runs in services, offline and in a browser. */
export interface EvidenceCrypto {
  sha256(bytes: Uint8Array): Digest;
  /** Ed25519 (RFC 8032) over `bytes` with the raw 32-byte public key. False, never an exception, for anything unusable. */
  verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** Holds one private key. `keyid` is the SHA-256 of the raw public key in hexadecimal. */
export interface Signer {
  readonly keyid: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Public keys by keyid: who may have signed. */
export type PublicKeys = ReadonlyMap<string, Uint8Array>;
