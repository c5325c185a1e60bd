import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { type Digest, digest } from '#domain/identifiers';
import type { EvidenceCrypto, Signer } from './crypto.js';

/** SubjectPublicKeyInfo of Ed25519 up to the key itself. Source: RFC 8410 §4. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const RAW_KEY_BYTES = 32;

const publicKeys = new Map<string, KeyObject>();

/** Key objects are kept: parsing one costs as much as a verification. */
function publicKeyObject(raw: Uint8Array): KeyObject {
  const id = Buffer.from(raw).toString('base64');
  let key = publicKeys.get(id);
  if (!key) {
    key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
    publicKeys.set(id, key);
  }
  return key;
}

/** Node's own implementation (OpenSSL). */
export const nodeCrypto: EvidenceCrypto = {
  sha256: (bytes): Digest => digest(createHash('sha256').update(bytes).digest('hex')),
  verifyEd25519(publicKey, bytes, signature) {
    if (publicKey.byteLength !== RAW_KEY_BYTES) return false;
    return verify(null, bytes, publicKeyObject(publicKey), signature);
  },
};

const rawOf = (key: KeyObject): Uint8Array =>
  new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.byteLength));

/** The raw 32-byte public key of a PKCS#8 PEM. Throws when it is not an Ed25519 key. */
export function publicKeyOf(pem: string): Uint8Array {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519')
    throw new TypeError(`an Ed25519 key is needed, this is ${key.asymmetricKeyType}`);
  return rawOf(createPublicKey(key));
}

/** A signer from a PKCS#8 PEM. */
export function signerFromPem(pem: string): Signer {
  const key = createPrivateKey(pem);
  return { keyid: nodeCrypto.sha256(publicKeyOf(pem)), sign: (bytes) => new Uint8Array(sign(null, bytes, key)) };
}

/** A fresh Ed25519 key as PKCS#8 PEM. */
export function generateKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}
