import { describe, expect, it } from '@jest/globals';
import { trust } from '../../../test/support/bundle-builder.js';
import { nodeCrypto } from './node-crypto.js';
import { administratorKeys, parseTrust, serviceKeys } from './trust.js';

describe('the anchors of trust', () => {
  it.each([
    ['nothing', null],
    ['another schema', { ...trust, schema: 'sunward.trust/2' }],
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
    expect([...serviceKeys(trust, 'approval', nodeCrypto)]).toEqual([[nodeCrypto.sha256(raw), raw]]);
    expect(administratorKeys(trust, nodeCrypto).size).toBe(2);
  });
});
