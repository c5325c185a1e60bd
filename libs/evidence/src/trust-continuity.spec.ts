import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain/instant';
import { administrators, signers, trust } from '../../../test/support/bundle-builder.js';
import { keyOf, laterTrust, withKeys } from '../../../test/support/trust-builder.js';
import type { Signer } from './crypto.js';
import { laterForm, provenTrust, revokeKey, rotateKey } from './key-changes.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';
import type { LaterTrust, Trust } from './trust.js';
import { continuityDefect } from './trust-continuity.js';

const at = instant('2026-03-01T00:00:00.000Z');
const holder = 'service:approval' as const;
const next = signerFromPem(generateKeyPem('sm2'));
const third = signerFromPem(generateKeyPem());
const stranger = signerFromPem(generateKeyPem());
const rotate = (given: Trust, old: Signer, to: Signer, from: number): LaterTrust =>
  rotateKey(given, { holder, old, next: to, from, at }, nodeCrypto);

const held = laterTrust();
const rotated = rotate(held, signers.approval, next, 10);
const again = rotate(rotated, next, third, 20);
const revoked = revokeKey(rotated, { keyid: signers.approval.keyid, from: 4, at, administrators }, nodeCrypto);
const elsewhere = laterTrust({ approval: stranger });

const codeOf = (before: Trust, after: Trust): string | undefined =>
  continuityDefect(provenTrust(before, nodeCrypto), provenTrust(after, nodeCrypto))?.defect;

describe('a trust file takes the place of the one held', () => {
  it.each<[string, Trust, Trust]>([
    ['when it says the same', held, held],
    ['when it says the same in the later form', trust, laterForm(trust)],
    ['when a key was rotated', held, rotated],
    ['when a key of the first form was rotated', trust, rotate(trust, signers.approval, next, 10)],
    ['when keys were rotated twice meanwhile', held, again],
    ['when a key was given up as lost', rotated, revoked],
  ])('%s', (_, before, after) => {
    expect(codeOf(before, after)).toBeUndefined();
  });

  it.each<[string, Trust, Trust]>([
    ['of another installation', held, elsewhere],
    ['that another installation rotated a key in', held, rotate(elsewhere, stranger, next, 10)],
    ['of another site', held, { ...held, site: 'https://elsewhere.example' }],
    [
      'with a second first key of a holder, which nobody agreed to',
      held,
      { ...held, keys: [...held.keys, keyOf(holder, 'statement', stranger)] },
    ],
    ['without a holder who was there', held, withKeys(held, (key) => (key.holder === 'service:ledger' ? [] : key))],
    ['with a holder who was not there', withKeys(held, (key) => (key.holder === 'service:ledger' ? [] : key)), held],
  ])('never when it is one %s', (_, before, after) => {
    expect(codeOf(before, after)).toBe('trust_unrelated');
  });

  it.each<[string, Trust, Trust]>([
    ['the rotation of a key', rotated, held],
    ['that a key was lost', revoked, rotated],
    ['the last of two rotations', again, rotated],
    ['a rotation for another one', rotated, rotate(held, signers.approval, third, 10)],
  ])('never when it forgets %s', (_, before, after) => {
    expect(codeOf(before, after)).toBe('trust_shortened');
  });
});
