import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sm2 as otherImplementation } from 'sm-crypto-v2';
import { selfTestCrypto } from './crypto-self-test.js';
import { generateKeyPem, nodeCrypto, publicKeyFromPem, signerFromPem } from './node-crypto.js';
import { sm2PublicKey, signSm2, USER_ID, verifySm2 } from './sm2.js';

const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const pem = generateKeyPem('sm2');
const signer = signerFromPem(pem);
const publicKey = signer.publicKey.bytes;
const message = new TextEncoder().encode('向阳区2020年政府信息公开工作年度报告');
const good = signer.sign(message);

const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const thirtyTwo = (value: bigint): Uint8Array => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const pair = (r: bigint, s: bigint): Uint8Array => Buffer.concat([thirtyTwo(r), thirtyTwo(s)]);

/** SEQUENCE of two INTEGERs, as OpenSSL writes signatures, to r‖s. */
function fromDer(der: Uint8Array): Uint8Array {
  const rLength = der[3]!;
  const integers = [der.subarray(4, 4 + rLength), der.subarray(6 + rLength)];
  return Buffer.concat(integers.map((bytes) => thirtyTwo(number(bytes))));
}

function toDer(signature: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array): Buffer => {
    let body = Buffer.from(bytes.subarray(bytes.findIndex((byte) => byte !== 0)));
    if (body[0]! >= 0x80) body = Buffer.concat([Buffer.of(0), body]);
    return Buffer.concat([Buffer.of(0x02, body.byteLength), body]);
  };
  const body = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))]);
  return Buffer.concat([Buffer.of(0x30, body.byteLength), body]);
}

describe('an SM2 signature', () => {
  it('is good for its key and message, and for no other', () => {
    expect(good.byteLength).toBe(64);
    expect(verifySm2(publicKey, message, good)).toBe(true);
    expect(verifySm2(signerFromPem(generateKeyPem('sm2')).publicKey.bytes, message, good)).toBe(false);
    expect(verifySm2(publicKey, message.subarray(1), good)).toBe(false);
  });

  it('is bound to the user id', () => {
    expect(verifySm2(publicKey, message, good, USER_ID)).toBe(true);
    for (const id of ['', '1234567812345679', 'ALICE123@YAHOO.COM'])
      expect(verifySm2(publicKey, message, good, id)).toBe(false);
  });

  it('is refused with any bit altered, and in any other form', () => {
    for (let bit = 0; bit < 8 * good.byteLength; bit += 1) {
      const altered = good.slice();
      altered[bit >> 3]! ^= 1 << (bit & 7);
      expect([bit, verifySm2(publicKey, message, altered)]).toEqual([bit, false]);
    }
    const [r, s] = [number(good.subarray(0, 32)), number(good.subarray(32))];
    const others: readonly (readonly [string, Uint8Array])[] = [
      ['DER', toDer(good)],
      ['one byte more', Buffer.concat([good, Buffer.of(0)])],
      ['one byte less', good.subarray(0, 63)],
      ['nothing', new Uint8Array()],
      ['all zero', pair(0n, 0n)],
      ['r zero', pair(0n, s)],
      ['s zero', pair(r, 0n)],
      ['s from the other end', pair(r, ORDER - s)],
      ['r of the order', pair(ORDER, s)],
      ['s of the order', pair(r, ORDER)],
      ['r and s that cancel', pair(r, ORDER - r)],
      ['r and s exchanged', pair(s, r)],
    ];
    for (const [what, bytes] of others) expect([what, verifySm2(publicKey, message, bytes)]).toEqual([what, false]);
  });

  it('has no second way to write r, even where one fits into 32 bytes', () => {
    // r + n fits only when r < 2^256 - n: looked for by signing with random numbers until it does would take for ever,
    // so the bound itself is tried: the smallest numbers that must be refused.
    for (const value of [ORDER, ORDER + 1n, 2n ** 256n - 1n]) {
      expect(verifySm2(publicKey, message, pair(value, 1n))).toBe(false);
      expect(verifySm2(publicKey, message, pair(1n, value))).toBe(false);
    }
  });

  it('is refused under what is no uncompressed point of the curve', () => {
    const off = publicKey.slice();
    off[64]! ^= 1;
    const compressed = Buffer.concat([Buffer.of(2 + (publicKey[64]! & 1)), publicKey.subarray(1, 33)]);
    const hybrid = Uint8Array.from([6 + (publicKey[64]! & 1), ...publicKey.subarray(1)]);
    for (const bytes of [off, compressed, hybrid, new Uint8Array(65), Uint8Array.of(0), new Uint8Array()])
      expect(verifySm2(bytes, message, good)).toBe(false);
  });

  it('is made with a fresh random number each time, and never of a number outside the order', () => {
    expect(signer.sign(message)).not.toEqual(good);
    const offered = [new Uint8Array(32), thirtyTwo(ORDER), new Uint8Array(32).fill(0xff), randomBytes(32)];
    const secret = randomBytes(32).fill(0, 0, 1);
    const made = signSm2(secret, message, () => offered.shift()!);
    expect(offered).toEqual([]);
    expect(verifySm2(sm2PublicKey(secret), message, made)).toBe(true);
  });

  it.each([new Uint8Array(32), thirtyTwo(ORDER - 1n), thirtyTwo(ORDER), new Uint8Array(31)])(
    'is not made by what is no private key',
    (secret) => {
      expect(() => signSm2(secret, message, () => randomBytes(32))).toThrow(RangeError);
    },
  );
});

function opensslKnowsSm2(): boolean {
  const { status } = spawnSync('openssl', ['genpkey', '-algorithm', 'SM2'], { stdio: 'ignore' });
  return status === 0;
}

describe('SM2 of other makers', () => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

  it('sm-crypto-v2 agrees, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ minLength: 32, maxLength: 32 }), (text, seed) => {
        const secret = Uint8Array.from([1, ...seed.subarray(1)]);
        const key = sm2PublicKey(secret);
        const theirs = otherImplementation.doSignature(text, hex(secret), { hash: true, publicKey: hex(key) });
        expect(verifySm2(key, text, Buffer.from(theirs, 'hex'))).toBe(true);
        const ours = hex(signSm2(secret, text, () => randomBytes(32)));
        expect(otherImplementation.doVerifySignature(text, ours, hex(key), { hash: true })).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  // Where there is an openssl that knows SM2; the CI script installs one.
  (opensslKnowsSm2() ? describe : describe.skip)('OpenSSL', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sunward-sm2-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const file = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const openssl = (...args: readonly string[]): string =>
      execFileSync('openssl', ['dgst', '-sm3', '-sigopt', `distid:${USER_ID}`, ...args], { encoding: 'utf8' });
    const key = file('key.pem', pem);
    const text = file('text', message);

    it('accepts what was signed here', () => {
      const own = createPublicKey(pem).export({ type: 'spki', format: 'pem' });
      const said = openssl('-verify', file('public.pem', own), '-signature', file('signature', toDer(good)), text);
      expect(said).toContain('Verified OK');
    });

    it('signs what is accepted here', () => {
      openssl('-sign', key, '-out', join(folder, 'theirs'), text);
      expect(verifySm2(publicKey, message, fromDer(readFileSync(join(folder, 'theirs'))))).toBe(true);
    });

    it('makes keys that sign here', () => {
      const made = execFileSync('openssl', ['genpkey', '-algorithm', 'SM2'], { encoding: 'utf8' });
      expect(verifySm2(publicKeyFromPem(made).bytes, message, signerFromPem(made).sign(message))).toBe(true);
    });
  });
});

describe('the traps of SM2 in Node', () => {
  const publicOf = (key: KeyObject): Uint8Array =>
    new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-65));

  it('a key not yet read from a file signs ECDSA on the curve of SM2: refused', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const ecdsa = fromDer(sign('sm3', message, privateKey));
    expect(verifySm2(publicOf(privateKey), message, ecdsa)).toBe(false);
  });

  it('the same key read from its PEM signs under an empty user id: refused, and good only there', () => {
    const reloaded = createPrivateKey(pem);
    const nameless = fromDer(sign('sm3', message, reloaded));
    expect(verifySm2(publicKey, message, nameless)).toBe(false);
    expect(verifySm2(publicKey, message, nameless, '')).toBe(true);
  });

  it('a fresh key and its PEM are one signer here', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const fresh = signerFromPem(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    expect(fresh.publicKey).toEqual({ algorithm: 'sm2', bytes: publicOf(privateKey) });
    expect(verifySm2(fresh.publicKey.bytes, message, fresh.sign(message))).toBe(true);
  });
});

describe('the self-test of cryptography', () => {
  const random = (): Uint8Array => randomBytes(32);

  it('holds on this machine', () => {
    expect(() => selfTestCrypto(nodeCrypto, random)).not.toThrow();
  });

  it.each([
    ['SM3 of abc', { sm3: () => 'f'.repeat(64) }],
    ['SM2 verifies the known signature', { verifySm2: () => false }],
    ['SM2 refuses it under an empty user id', { verifySm2: () => true }],
    [
      'SM2 refuses it under an empty user id',
      { verifySm2: (key: Uint8Array, bytes: Uint8Array, sig: Uint8Array) => verifySm2(key, bytes, sig) },
    ],
    [
      'SM2 refuses another message',
      {
        verifySm2: (_key: Uint8Array, _bytes: Uint8Array, _sig: Uint8Array, id?: string) => id === undefined,
      },
    ],
  ])('fails where %s is wrong', (check, broken) => {
    expect(() => selfTestCrypto({ ...nodeCrypto, ...broken }, random)).toThrow(check);
  });
});
