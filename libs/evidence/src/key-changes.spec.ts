import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain/instant';
import { administrators, buildBundle, signers, trust } from '../../../test/support/bundle-builder.js';
import { inclusionFile } from '../../../test/support/log-builder.js';
import { laterTrust } from '../../../test/support/trust-builder.js';
import type { Signer } from './crypto.js';
import { PAYLOAD_TYPES, sealEnvelope } from './dsse.js';
import { laterForm, revokeKey, rotateKey, trustDefect } from './key-changes.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';
import { type LaterTrust, parseTrust, type Trust } from './trust.js';
import { verifyBundle } from './verify-bundle.js';

const AT = instant('2026-03-01T00:00:00.000Z');
const holder = 'service:approval' as const;
const next = signerFromPem(generateKeyPem('sm2'));
const stranger = signerFromPem(generateKeyPem());
const anchors = laterTrust();
const rotated = rotateKey(anchors, { holder, old: signers.approval, next, from: 10, at: AT }, nodeCrypto);
const revoked = revokeKey(rotated, { keyid: signers.approval.keyid, from: 4, at: AT, administrators }, nodeCrypto);

const defectOf = (given: Trust): string | undefined => trustDefect(parseTrust(given), nodeCrypto)?.defect;
function codeOf(signer: Signer, given: Trust, index: number): string {
  const { bytes } = buildBundle({ signers: { approval: signer } });
  const verdict = verifyBundle(bytes, given, nodeCrypto, { inclusion: inclusionFile(bytes, { index }) });
  return verdict.ok ? 'ok' : verdict.defect.code;
}
const withChange = (given: LaterTrust, change: LaterTrust['changes'][number]): LaterTrust => ({
  ...given,
  changes: [...given.changes.slice(0, -1), change],
});
const resigned = (given: LaterTrust, by: readonly Signer[], told: object = {}): LaterTrust => {
  const statement = JSON.parse(Buffer.from(given.changes.at(-1)!.payload, 'base64').toString()) as object;
  return withChange(given, sealEnvelope(PAYLOAD_TYPES['key-change'], { ...statement, ...told }, by));
};

describe('a rotated key', () => {
  it('signs from its entry on, for all the old one signed, and every old bundle verifies as before', () => {
    expect(defectOf(rotated)).toBeUndefined();
    expect([0, 9, 10].map((index) => codeOf(signers.approval, rotated, index))).toEqual(['ok', 'ok', 'seal_signature']);
    expect([9, 10, 99].map((index) => codeOf(next, rotated, index))).toEqual(['seal_signature', 'ok', 'ok']);
    const ofApproval = rotated.keys.filter((key) => key.holder === holder);
    expect(ofApproval.map(({ purpose, algorithm, from, until }) => [purpose, algorithm, from, until])).toEqual([
      ['statement', 'ed25519', 0, 10],
      ['packet', 'ed25519', 0, 10],
      ['statement', 'sm2', 10, null],
      ['packet', 'sm2', 10, null],
    ]);
  });

  it('follows on from the first form of the file, and can be followed itself', () => {
    const first = rotateKey(trust, { holder, old: signers.approval, next, from: 3, at: AT }, nodeCrypto);
    const again = rotateKey(first, { holder, old: next, next: stranger, from: 8, at: AT }, nodeCrypto);
    expect([defectOf(first), defectOf(again), defectOf(laterForm(trust)), defectOf(trust)]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
    expect(laterForm(trust).keys).toHaveLength(2 * 5 + 2);
  });

  it('is agreed to by the old key and the new one, and by nobody else', () => {
    for (const by of [
      [signers.approval],
      [next],
      [signers.approval, signers.review],
      [signers.approval, next, signers.review],
    ])
      expect(defectOf(resigned(rotated, by))).toBe('key_change_unproved');
    expect(defectOf(resigned(rotated, [next, signers.approval]))).toBeUndefined();
  });

  it('is not believed where the file says other than what was signed', () => {
    expect(defectOf(resigned(rotated, [signers.approval, next], { from: 9 }))).toBe('keys_without_change');
    expect(defectOf(resigned(rotated, [signers.approval, next], { purposes: ['packet'] }))).toBe('keys_without_change');
    expect(defectOf(resigned(rotated, [signers.approval, next], { holder: 'service:review' }))).toBe(
      'key_change_unproved',
    );
    expect(defectOf(resigned(rotated, [signers.approval, next], { note: '' }))).toBe('key_change_unproved');
    expect(defectOf({ ...rotated, changes: [] })).toBe('keys_without_change');
    expect(defectOf({ ...rotated, keys: anchors.keys })).toBe('keys_without_change');
    const stretched = rotated.keys.map((key) => (key.until === 10 ? { ...key, until: 11 } : key));
    expect(defectOf({ ...rotated, keys: stretched })).toBe('keys_without_change');
    expect(defectOf(withChange(rotated, { ...rotated.changes[0]!, payload: '' }))).toBe('key_change_unproved');
  });

  it('is not begun by somebody who does not hold the old one', () => {
    const begin = (old: Signer): unknown => rotateKey(anchors, { holder, old, next, from: 10, at: AT }, nodeCrypto);
    expect(() => begin(stranger)).toThrow(RangeError);
    expect(() => begin(signers.review)).toThrow(RangeError);
    const twice = { holder, old: signers.approval, next: stranger, from: 12, at: AT };
    expect(() => rotateKey(rotated, twice, nodeCrypto)).toThrow(RangeError);
  });
});

describe('a lost key', () => {
  it('counts up to the entry it was given up from, and no further', () => {
    expect(defectOf(revoked)).toBeUndefined();
    expect([0, 3, 4, 9].map((index) => codeOf(signers.approval, revoked, index))).toEqual([
      'ok',
      'ok',
      'seal_signature',
      'seal_signature',
    ]);
    expect(codeOf(next, revoked, 10)).toBe('ok');
  });

  it('is given up by two administrators', () => {
    for (const by of [[administrators[0]!], [signers.approval, next], [administrators[0]!, next]])
      expect(defectOf(resigned(revoked, by))).toBe('key_change_unproved');
    expect(defectOf(resigned(revoked, administrators.toReversed()))).toBeUndefined();
    expect(defectOf(resigned(revoked, administrators, { revoked: stranger.keyid }))).toBe('key_change_unproved');
    expect(defectOf({ ...revoked, keys: rotated.keys })).toBe('keys_without_change');
  });

  it('is not given up while its holder signs with it, twice, or by a name nobody has', () => {
    const give = (given: Trust, keyid: string): unknown =>
      revokeKey(given, { keyid, from: 4, at: AT, administrators }, nodeCrypto);
    expect(() => give(rotated, next.keyid)).toThrow('rotate it first');
    expect(() => give(revoked, signers.approval.keyid)).toThrow('from entry 4');
    expect(() => give(rotated, stranger.keyid)).toThrow('nobody');
  });

  it('agrees to no later change', () => {
    const later = rotateKey(revoked, { holder, old: next, next: stranger, from: 20, at: AT }, nodeCrypto);
    expect(defectOf(later)).toBeUndefined();
    expect(defectOf(resigned(later, [signers.approval, stranger], { retired: signers.approval.keyid }))).toBe(
      'key_change_unproved',
    );
  });
});
