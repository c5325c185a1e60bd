import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { sm3 } from './sm3.js';

/** The recommended curve. Source: GB/T 32918.5-2017. */
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const Point = weierstrass(CURVE);

const SCALAR_BYTES = 32;
const UNCOMPRESSED = 0x04;
const POINT_BYTES = 1 + 2 * SCALAR_BYTES;

/** The user id everybody takes unless a profession agreed on another. Source: GB/T 35276-2017, clause 10. */
export const USER_ID = '1234567812345678';

/**
 * Verifies an SM2 signature r‖s of exactly 64 bytes over the message, with the digest of user id and key before it. The
 * point 04‖x‖y must lie on the curve. False for anything unusable. Source: GB/T 32918.2-2016, clause 7.
 */
export function verifySm2(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  userId: string = USER_ID,
): boolean {
  const point = readPoint(publicKey);
  if (point === undefined || signature.byteLength !== 2 * SCALAR_BYTES) return false;
  const r = numberOf(signature.subarray(0, SCALAR_BYTES));
  const s = numberOf(signature.subarray(SCALAR_BYTES));
  // One signature, one text: what is not below the order would be a second way to write the same numbers.
  if (r === 0n || s === 0n || r >= CURVE.n || s >= CURVE.n) return false;
  const t = (r + s) % CURVE.n;
  if (t === 0n) return false;
  const sum = Point.BASE.multiplyUnsafe(s).add(point.multiplyUnsafe(t));
  return !sum.is0() && (digestOf(publicKey, message, userId) + sum.toAffine().x) % CURVE.n === r;
}

/** The public key of a private one of 32 bytes, as 04‖x‖y. RangeError when it is no key. */
export function sm2PublicKey(privateKey: Uint8Array): Uint8Array {
  return Point.BASE.multiply(readPrivate(privateKey)).toBytes(false);
}

/**
 * Signs with the user id everybody takes: r‖s, 64 bytes. `nonce` answers 32 fresh random bytes each time it is asked.
 * RangeError when the private key is none. Source: GB/T 32918.2-2016, clause 6.
 */
export function signSm2(privateKey: Uint8Array, message: Uint8Array, nonce: () => Uint8Array): Uint8Array {
  const d = readPrivate(privateKey);
  const e = digestOf(sm2PublicKey(privateKey), message, USER_ID);
  const { Fn } = Point;
  for (;;) {
    const k = numberOf(nonce());
    if (k === 0n || k >= CURVE.n) continue;
    const r = Fn.create(e + Point.BASE.multiply(k).toAffine().x);
    if (r === 0n || r + k === CURVE.n) continue;
    const s = Fn.mul(Fn.inv(Fn.create(1n + d)), Fn.create(k - r * d));
    if (s !== 0n) return Uint8Array.from([...bytesOf(r), ...bytesOf(s)]);
  }
}

/** The digest that is signed: SM3 of Z and the message, Z the SM3 of user id, curve and key. Source: GB/T 32918.2-2016, 5.5. */
function digestOf(publicKey: Uint8Array, message: Uint8Array, userId: string): bigint {
  const id = new TextEncoder().encode(userId);
  const bits = 8 * id.byteLength;
  const curve = [CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map(bytesOf);
  const z = sm3(joined(Uint8Array.of(bits >> 8, bits & 0xff), id, ...curve, publicKey.subarray(1)));
  return numberOf(sm3(joined(z, message)));
}

function readPoint(bytes: Uint8Array): InstanceType<typeof Point> | undefined {
  if (bytes.byteLength !== POINT_BYTES || bytes[0] !== UNCOMPRESSED) return undefined;
  try {
    return Point.fromBytes(bytes);
  } catch {
    return undefined; // not on the curve: no key, so nothing is signed by it
  }
}

function readPrivate(bytes: Uint8Array): bigint {
  const d = bytes.byteLength === SCALAR_BYTES ? numberOf(bytes) : 0n;
  // n-1 is left out too: 1+d must have an inverse.
  if (d === 0n || d >= CURVE.n - 1n) throw new RangeError('no SM2 private key');
  return d;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

function bytesOf(number: bigint): Uint8Array {
  const hex = number.toString(16).padStart(2 * SCALAR_BYTES, '0');
  return Uint8Array.from({ length: SCALAR_BYTES }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
