import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { KEY_BYTES, keyidOf, type PublicKey, verifySignature } from './crypto.js';
import { generateKeyPem, nodeCrypto, publicKeyFromPem, publicKeyOf, signerFromPem } from './node-crypto.js';
import { portableCrypto } from './portable-crypto.js';

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
const signer = signerFromPem(generateKeyPem());
const key = signer.publicKey.bytes;
const message = new TextEncoder().encode('message');
const littleEndian = (value: bigint): Uint8Array =>
  Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toReversed();
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`);

function both(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const [inNode, portable] = [nodeCrypto, portableCrypto].map((one) => one.verifyEd25519(publicKey, bytes, signature));
  expect(portable).toBe(inNode);
  return portable!;
}

describe('Node’s cryptography and the portable one', () => {
  it('give the same digests', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => {
        expect(portableCrypto.sha256(bytes)).toBe(nodeCrypto.sha256(bytes));
        expect(portableCrypto.sm3(bytes)).toBe(nodeCrypto.sm3(bytes));
      }),
    );
  });

  it('accept the same Ed25519 signatures, and refuse the same damaged ones', () => {
    const damage = fc.option(fc.tuple(fc.nat(63), fc.integer({ min: 1, max: 255 })), { nil: undefined });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), damage, (bytes, flip) => {
        const signature = signer.sign(bytes);
        if (flip) signature[flip[0]]! ^= flip[1];
        expect(both(key, bytes, signature)).toBe(flip === undefined);
      }),
      { numRuns: 60 },
    );
  });

  it('refuse s above the order, the wrong length and a key that is none', () => {
    const good = signer.sign(message);
    const raised = Buffer.concat([good.subarray(0, 32), littleEndian(numberOf(good.subarray(32)) + ORDER)]);
    expect(both(key, message, good)).toBe(true);
    for (const bad of [raised, good.subarray(1), Buffer.concat([good, good]), new Uint8Array(64), new Uint8Array()])
      expect(both(key, message, bad)).toBe(false);
    expect(both(new Uint8Array(32).fill(0xff), message, good)).toBe(false);
    expect(both(key.subarray(1), message, good)).toBe(false);
  });

  it('agree on signatures whose R hides a point of small order, which only the key’s holder can make', () => {
    // With the cofactor these verify, without it they do not.
    const small = Point.fromBytes(
      Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex'),
    );
    const secret = 123_456_789n;
    const publicKey = Point.BASE.multiply(secret).toBytes();
    const r = Point.BASE.multiply(42n).add(small).toBytes();
    const hash = createHash('sha512').update(r).update(publicKey).update(message).digest();
    const s = (42n + (numberOf(hash) % ORDER) * secret) % ORDER;
    const mixed = Buffer.concat([r, littleEndian(s)]);
    expect(ed25519.verify(mixed, message, publicKey)).toBe(true);
    expect(both(publicKey, message, mixed)).toBe(false);
  });
});

describe('a keyid', () => {
  const sm2 = signerFromPem(generateKeyPem('sm2'));

  it('names key and algorithm: that of Ed25519 is the digest of the raw key, as ever', () => {
    expect(signer.keyid).toBe(nodeCrypto.sha256(key));
    expect(sm2.keyid).toBe(keyidOf(sm2.publicKey, portableCrypto));
    expect(sm2.keyid).not.toBe(nodeCrypto.sha256(sm2.publicKey.bytes));
  });

  it('gives no signature of the other algorithm a way in', () => {
    const claims: readonly PublicKey[] = [
      { algorithm: 'sm2', bytes: key },
      { algorithm: 'ed25519', bytes: sm2.publicKey.bytes },
    ];
    for (const claim of claims)
      for (const by of [signer, sm2])
        for (const crypto of [nodeCrypto, portableCrypto])
          expect(verifySignature(claim, message, by.sign(message), crypto)).toBe(false);
    expect(verifySignature(sm2.publicKey, message, sm2.sign(message), portableCrypto)).toBe(true);
  });

  it('comes from a key file, whose content decides the algorithm', () => {
    for (const algorithm of ['ed25519', 'sm2'] as const) {
      const found = publicKeyFromPem(generateKeyPem(algorithm));
      expect([found.algorithm, found.bytes.byteLength]).toEqual([algorithm, KEY_BYTES[algorithm]]);
    }
    expect(() => publicKeyOf(generateKeyPem('sm2'))).toThrow(TypeError);
  });
});
