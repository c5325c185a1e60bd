import { describe, expect, it } from '@jest/globals';
import { trust } from '../../../test/support/bundle-builder.js';
import { laterTrust } from '../../../test/support/trust-builder.js';
import { nodeCrypto } from './node-crypto.js';
import { administratorKeys, parseTrust, serviceKeys } from './trust.js';

describe('the anchors of trust', () => {
  it.each([
    ['nothing', null],
    ['another schema', { ...trust, schema: 'sunward.trust/3' }],
    ['the keys of one form under the name of the other', { ...trust, schema: 'sunward.trust/2' }],
    ['a service without key', { ...trust, services: { ...trust.services, review: '' } }],
    ['a service missing', { ...trust, services: { gateway: trust.services.gateway } }],
    ['a key of 31 bytes', { ...trust, services: { ...trust.services, review: Buffer.alloc(31).toString('base64') } }],
    ['an administrator who is no person', { ...trust, administrators: [{ person: 'x', publicKey: '' }] }],
    ['a field more', { ...trust, note: '' }],
  ])('are not read from %s', (_what, value) => {
    expect(() => parseTrust(value)).toThrow(RangeError);
  });

  it('give each key under its own fingerprint', () => {
    expect(parseTrust(trust)).toEqual(trust);
    const raw = new Uint8Array(Buffer.from(trust.services.approval, 'base64'));
    const key = { algorithm: 'ed25519', bytes: raw };
    expect([...serviceKeys(trust, 'approval', nodeCrypto)]).toEqual([[nodeCrypto.sha256(raw), key]]);
    expect(administratorKeys(trust, nodeCrypto).size).toBe(2);
  });
});

describe('the anchors of trust of the second form', () => {
  const anchors = laterTrust();
  const [key, ...rest] = anchors.keys;
  const told = (change: object): object => ({ ...anchors, keys: [{ ...key, ...change }, ...rest] });

  it('are read as they were written', () => {
    expect(parseTrust(anchors)).toEqual(anchors);
    expect(serviceKeys(anchors, 'approval', nodeCrypto)).toEqual(serviceKeys(trust, 'approval', nodeCrypto));
    expect(administratorKeys(anchors, nodeCrypto)).toEqual(administratorKeys(trust, nodeCrypto));
  });

  it.each([
    ['a holder unheard of', told({ holder: 'service:post' })],
    ['a holder who is no person', told({ holder: 'administrator:chief' })],
    ['a purpose unheard of', told({ purpose: 'everything' })],
    ['an algorithm unheard of', told({ algorithm: 'none' })],
    ['an Ed25519 key said to be SM2', told({ algorithm: 'sm2' })],
    ['a key of two holders', told({ publicKey: rest.at(-1)!.publicKey })],
    ['a key that ends before it begins', told({ from: 2, until: 1 })],
    ['a place between two entries', told({ from: 0.5 })],
    ['a field more', told({ note: '' })],
    ['no key of a service', { ...anchors, keys: anchors.keys.filter(({ holder }) => holder !== 'service:review') }],
    ['a change that is no envelope', { ...anchors, changes: [{}] }],
  ])('are not read from %s', (_what, value) => {
    expect(() => parseTrust(value)).toThrow(RangeError);
  });
});
