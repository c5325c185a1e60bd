import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { type Digest, digest } from '#domain/identifiers';
import { type EvidenceCrypto, KEY_BYTES, type KeyAlgorithm, keyidOf, type PublicKey, type Signer } from './crypto.js';
import { signSm2, verifySm2 } from './sm2.js';

/** SubjectPublicKeyInfo up to the key itself. Sources: RFC 8410 §4; RFC 5480 §2 with the curve of GM/T 0006-2012. */
const SPKI_PREFIX: Readonly<Record<KeyAlgorithm, Buffer>> = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  sm2: Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex'),
};
/** PKCS#8 of an SM2 key up to the 32 bytes of the private key, as OpenSSL writes it. Sources: RFC 5208, RFC 5915. */
const SM2_PKCS8_PREFIX = Buffer.from('308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420', 'hex');
const SM2_PRIVATE_BYTES = 32;
const SCALAR_BYTES = 32;
const POINT_BYTES = 1 + 2 * SCALAR_BYTES;
const UNCOMPRESSED = 0x04;

const publicKeys = new Map<string, KeyObject>();

/** Key objects are kept: parsing one costs as much as a verification. */
function publicKeyObject(raw: Uint8Array): KeyObject {
  const id = Buffer.from(raw).toString('base64');
  let key = publicKeys.get(id);
  if (!key) {
    key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX.ed25519, raw]), format: 'der', type: 'spki' });
    publicKeys.set(id, key);
  }
  return key;
}

/**
 * Node's own implementation (OpenSSL), save SM2: Node can name no user id, so OpenSSL signs and verifies with an empty
 * one, and a key it made itself and did not read from a file signs plain ECDSA. Both are refused by everybody else.
 */
export const nodeCrypto: EvidenceCrypto = {
  sha256: (bytes): Digest => digest(createHash('sha256').update(bytes).digest('hex')),
  sm3: (bytes) => createHash('sm3').update(bytes).digest('hex'),
  verifyEd25519(publicKey, bytes, signature) {
    if (publicKey.byteLength !== KEY_BYTES.ed25519) return false;
    return verify(null, bytes, publicKeyObject(publicKey), signature);
  },
  verifySm2,
  verifyP256(publicKey, bytes, signature) {
    if (publicKey.byteLength !== POINT_BYTES || publicKey[0] !== UNCOMPRESSED) return false;
    const half = (from: number): string =>
      Buffer.from(publicKey.subarray(from, from + SCALAR_BYTES)).toString('base64url');
    const key = readJwk({ kty: 'EC', crv: 'P-256', x: half(1), y: half(1 + SCALAR_BYTES) });
    return key !== undefined && verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
  },
  verifyRsa(modulus, bytes, signature) {
    const key = readJwk({ kty: 'RSA', n: Buffer.from(modulus).toString('base64url'), e: 'AQAB' });
    return key !== undefined && verify('sha256', bytes, key, signature);
  },
};

/** Undefined for what is no key, such as a point beside the curve. */
function readJwk(key: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** The public key of a PKCS#8 PEM. Throws TypeError when it is neither an Ed25519 nor an SM2 key. */
export function publicKeyFromPem(pem: string): PublicKey {
  const spki = createPublicKey(pem).export({ format: 'der', type: 'spki' });
  for (const algorithm of ['ed25519', 'sm2'] as const) {
    const prefix = SPKI_PREFIX[algorithm];
    if (
      spki.byteLength === prefix.byteLength + KEY_BYTES[algorithm] &&
      spki.subarray(0, prefix.byteLength).equals(prefix)
    )
      return { algorithm, bytes: new Uint8Array(spki.subarray(prefix.byteLength)) };
  }
  throw new TypeError('an Ed25519 or SM2 key is needed, this is another');
}

/** The raw 32-byte public key of an Ed25519 PEM. Throws TypeError when it is another key. */
export function publicKeyOf(pem: string): Uint8Array {
  const { algorithm, bytes } = publicKeyFromPem(pem);
  if (algorithm !== 'ed25519') throw new TypeError(`an Ed25519 key is needed, this is ${algorithm}`);
  return bytes;
}

/** A signer from a PKCS#8 PEM; the key decides the algorithm. Throws TypeError when it is neither Ed25519 nor SM2. */
export function signerFromPem(pem: string): Signer {
  const publicKey = publicKeyFromPem(pem);
  const key = createPrivateKey(pem);
  const keyid = keyidOf(publicKey, nodeCrypto);
  if (publicKey.algorithm === 'ed25519')
    return { keyid, publicKey, sign: (bytes) => new Uint8Array(sign(null, bytes, key)) };
  const secret = sm2PrivateBytes(key);
  return { keyid, publicKey, sign: (bytes) => signSm2(secret, bytes, () => randomBytes(SM2_PRIVATE_BYTES)) };
}

function sm2PrivateBytes(key: KeyObject): Uint8Array {
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' });
  const at = SM2_PKCS8_PREFIX.byteLength;
  if (!pkcs8.subarray(0, at).equals(SM2_PKCS8_PREFIX)) throw new TypeError('an SM2 key in an unknown form');
  return new Uint8Array(pkcs8.subarray(at, at + SM2_PRIVATE_BYTES));
}

/** A fresh key as PKCS#8 PEM. */
export function generateKeyPem(algorithm: KeyAlgorithm = 'ed25519'): string {
  const { privateKey } =
    algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'SM2' });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}
