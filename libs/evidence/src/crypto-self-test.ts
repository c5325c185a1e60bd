import type { EvidenceCrypto } from './crypto.js';
import { signSm2, sm2PublicKey } from './sm2.js';

/** Source: GB/T 32918.5-2017, A.2: the key, message, random number and signature of the standard's example. */
const VECTOR = {
  message: 'message digest',
  secret: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  nonce: '59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21',
  signature:
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
    'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
};
/** Source: GB/T 32905-2016, A.1. */
const SM3_OF_ABC = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0';

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.byteLength === other.byteLength && one.every((byte, at) => byte === other[at]);

/**
 * Proves at boot that SM2 and SM3 are the standard's, the signature with the user id good and without it not. Throws
 * Error naming what is wrong: a machine that computes otherwise may sign nothing.
 */
export function selfTestCrypto(crypto: EvidenceCrypto, randomBytes: () => Uint8Array): void {
  const message = new TextEncoder().encode(VECTOR.message);
  const secret = fromHex(VECTOR.secret);
  const publicKey = sm2PublicKey(secret);
  const known = fromHex(VECTOR.signature);
  const made = signSm2(secret, message, () => fromHex(VECTOR.nonce));
  const fresh = signSm2(secret, message, randomBytes);
  const checks: Readonly<Record<string, boolean>> = {
    'SM3 of abc': crypto.sm3(new TextEncoder().encode('abc')) === SM3_OF_ABC,
    'SM2 signing gives the known signature': same(made, known),
    'SM2 verifies the known signature': crypto.verifySm2(publicKey, message, known),
    'SM2 verifies what was just signed': crypto.verifySm2(publicKey, message, fresh),
    'SM2 refuses it under an empty user id': !crypto.verifySm2(publicKey, message, fresh, ''),
    'SM2 refuses another message': !crypto.verifySm2(publicKey, message.subarray(1), fresh),
  };
  const failed = Object.keys(checks).find((check) => checks[check] !== true);
  if (failed !== undefined) throw new Error(`self-test of cryptography failed: ${failed}`);
}
