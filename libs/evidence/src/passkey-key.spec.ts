import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SoftwarePasskey } from '../../../test/support/software-passkey.js';
import { fromBase64Url, toBase64Url } from './base64url.js';
import { nodeCrypto } from './node-crypto.js';
import {
  type PasskeyAlgorithm,
  type PasskeyKey,
  passkeySigned,
  readPasskeyKey,
  writePasskeyKey,
} from './passkey-key.js';
import { portableCrypto } from './portable-crypto.js';

const ALGORITHMS: readonly PasskeyAlgorithm[] = ['es256', 'eddsa', 'rs256'];
const passkeys = ALGORITHMS.map((algorithm) => new SoftwarePasskey('localhost', 'http://localhost:3000', algorithm));
const keyOf = ({ publicKey }: SoftwarePasskey): PasskeyKey => readPasskeyKey(fromBase64Url(publicKey)!)!;
const message = new TextEncoder().encode('message');
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const hex = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

function both(key: PasskeyKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  const [inNode, portable] = [nodeCrypto, portableCrypto].map((one) => passkeySigned(key, bytes, signature, one));
  expect(portable).toBe(inNode);
  return portable!;
}

describe.each(passkeys)('a passkey that signs with $algorithm', (passkey) => {
  const key = keyOf(passkey);

  it('is read from what browsers answer, and written the same', () => {
    expect(key.algorithm).toBe(passkey.algorithm);
    expect(toBase64Url(writePasskeyKey(key))).toBe(passkey.publicKey);
  });

  it('gets one verdict from Node and the portable cryptography, signature good or damaged', () => {
    const damage = fc.option(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 255 })), { nil: undefined });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), damage, (bytes, flip) => {
        const signature = Uint8Array.from(passkey.signBytes(bytes));
        if (flip) signature[flip[0] % signature.byteLength]! ^= flip[1];
        expect(both(key, bytes, signature)).toBe(flip === undefined);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses another message, a signature of another length, and none', () => {
    const good = passkey.signBytes(message);
    expect(both(key, message, good)).toBe(true);
    expect(both(key, message.subarray(1), good)).toBe(false);
    for (const bad of [
      good.subarray(1),
      Buffer.concat([good, Buffer.of(0)]),
      new Uint8Array(),
      new Uint8Array(good.byteLength),
    ])
      expect(both(key, message, bad)).toBe(false);
  });

  it('is not read with a byte more, less or other than its form has', () => {
    const spki = fromBase64Url(passkey.publicKey)!;
    expect(readPasskeyKey(spki.subarray(1))).toBeUndefined();
    expect(readPasskeyKey(Uint8Array.from([...spki, 0]))).toBeUndefined();
    expect(readPasskeyKey(spki.with(4, spki[4]! ^ 1))).toBeUndefined();
  });
});

describe('an ES256 signature', () => {
  const [es256] = passkeys;
  const key = keyOf(es256!);
  const der = (r: Uint8Array, s: Uint8Array): Uint8Array => {
    const integers = [r, s].flatMap((one) => [0x02, one.byteLength, ...one]);
    return Uint8Array.from([0x30, integers.length, ...integers]);
  };
  const shortest = (bytes: Uint8Array): Uint8Array => {
    const digits = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
    return digits[0]! < 0x80 ? digits : Uint8Array.from([0, ...digits]);
  };
  /** r and s of a fresh signature, 32 bytes each. */
  const numbers = (): readonly [Buffer, Buffer] => {
    const signature = Buffer.from(es256!.signBytes(message));
    const end = 4 + signature[3]!;
    const whole = (bytes: Buffer): Buffer => hex(BigInt(`0x${bytes.toString('hex')}`));
    return [whole(signature.subarray(4, end)), whole(signature.subarray(end + 2))];
  };

  it('counts with either of the two s, as everybody has it', () => {
    const [r, s] = numbers();
    const other = hex(order - BigInt(`0x${s.toString('hex')}`));
    for (const one of [s, other]) expect(both(key, message, der(shortest(r), shortest(one)))).toBe(true);
  });

  it('is written in one way: no padding, no sign, no length too many, nothing out of range', () => {
    const [r, s] = numbers().map(shortest) as [Uint8Array, Uint8Array];
    expect(both(key, message, der(r, s))).toBe(true);
    const bad = [
      der(Uint8Array.from([0, ...r]), s),
      der(new Uint8Array(), s),
      der(Uint8Array.of(0x80, ...r.subarray(1)), s),
      der(Uint8Array.from([1, ...new Uint8Array(32), ...r]), s),
      der(shortest(hex(order)), s),
      der(Uint8Array.of(0), s),
    ];
    for (const signature of bad) expect(both(key, message, signature)).toBe(false);
  });

  it('is none under a key beside the curve', () => {
    const beside = { ...key, bytes: key.bytes.with(64, key.bytes[64]! ^ 1) };
    expect(both(beside, message, es256!.signBytes(message))).toBe(false);
    expect(both({ ...key, bytes: key.bytes.with(0, 5) }, message, es256!.signBytes(message))).toBe(false);
  });
});

describe('an RS256 signature', () => {
  it('is none when it is not below the modulus, though it is the same number', () => {
    const passkey = passkeys[2]!;
    const key = keyOf(passkey);
    const n = BigInt(`0x${Buffer.from(key.bytes).toString('hex')}`);
    const tried = Array.from({ length: 40 }, (_, at) => {
      const text = new TextEncoder().encode(`message ${at}`);
      const raised = BigInt(`0x${Buffer.from(passkey.signBytes(text)).toString('hex')}`) + n;
      return { text, signature: Buffer.from(raised.toString(16).padStart(512, '0'), 'hex') };
    }).filter(({ signature }) => signature.byteLength === 256);
    for (const { text, signature } of tried) expect(both(key, text, signature)).toBe(false);
  });
});
