import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  administrators,
  buildBundle,
  type Changes,
  id,
  type SignerName,
  trust,
} from '../../../test/support/bundle-builder.js';
import { inclusionFile, logSigner } from '../../../test/support/log-builder.js';
import { keyOf, laterTrust, withKeys } from '../../../test/support/trust-builder.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';
import { portableCrypto } from './portable-crypto.js';
import { type KeyPurpose, parseTrust, type Trust, type TrustedKey } from './trust.js';
import { verifyBundle } from './verify-bundle.js';

const CHANGED_AT = 10;
const next = signerFromPem(generateKeyPem());
const anchors = laterTrust();

function codeOf(changes: Changes, given: Trust, index?: number): string {
  const { bytes } = buildBundle(changes);
  const inclusion = index === undefined ? {} : { inclusion: inclusionFile(bytes, { index }) };
  const verdicts = [nodeCrypto, portableCrypto].map((crypto) =>
    verifyBundle(bytes, parseTrust(given), crypto, inclusion),
  );
  expect(verdicts[1]).toEqual(verdicts[0]);
  return verdicts[0]!.ok ? 'ok' : verdicts[0]!.defect.code;
}

/** The service's keys are retired at entry 10 and the next one takes over. */
function rotated(service: SignerName): Trust {
  return withKeys(anchors, (key) =>
    key.holder === `service:${service}`
      ? [{ ...key, until: CHANGED_AT }, keyOf(key.holder, key.purpose, next, { from: CHANGED_AT })]
      : key,
  );
}

const change = (wanted: (key: TrustedKey) => boolean, told: Partial<TrustedKey>): Trust =>
  withKeys(anchors, (key) => (wanted(key) ? { ...key, ...told } : key));
const of =
  (service: SignerName) =>
  ({ holder }: TrustedKey): boolean =>
    holder === `service:${service}`;

describe('keys in the order of the log', () => {
  it('verify what verifies under one key each, with a place in the log and without', () => {
    expect(codeOf({}, anchors)).toBe('ok');
    expect(codeOf({}, anchors, 0)).toBe('ok');
    expect(codeOf({}, trust)).toBe('ok');
  });

  it('of a rotated approval service: the old seals before the change, the new from it on, and neither elsewhere', () => {
    const given = rotated('approval');
    const byNew = { signers: { approval: next } };
    expect([0, 9, 10, 11, 500].map((index) => codeOf({}, given, index))).toEqual([
      'ok',
      'ok',
      'seal_signature',
      'seal_signature',
      'seal_signature',
    ]);
    expect([0, 9, 10, 11, 500].map((index) => codeOf(byNew, given, index))).toEqual([
      'seal_signature',
      'seal_signature',
      'ok',
      'ok',
      'ok',
    ]);
  });

  it('let every old bundle verify, whichever service was rotated, and cases open at the time go on', () => {
    for (const service of ['gateway', 'drafting', 'review', 'publication'] as const) {
      expect([service, codeOf({}, rotated(service), 3)]).toEqual([service, 'ok']);
      // What the old key signed before the change and approval sealed after it.
      expect([service, codeOf({}, rotated(service), 30)]).toEqual([service, 'ok']);
      expect([service, codeOf({}, rotated(service))]).toEqual([service, 'ok']);
    }
  });

  it('without a place in the log: sealed by a key in use, everything else by a key that was never lost', () => {
    expect(codeOf({}, rotated('approval'))).toBe('seal_signature');
    expect(codeOf({ signers: { approval: next } }, rotated('approval'))).toBe('ok');
    expect(codeOf({}, change(of('approval'), { compromisedFrom: CHANGED_AT }))).toBe('seal_signature');
    expect(codeOf({}, change(of('review'), { compromisedFrom: CHANGED_AT }))).toBe('dossier_signature');
  });

  it.each([
    ['approval', 'seal_signature'],
    ['drafting', 'submission_signature'],
    ['review', 'dossier_signature'],
    ['gateway', 'caller_signature'],
  ] as const)('of %s, lost from entry 10 on: refused from there on, valid before', (service, code) => {
    const given = change(of(service), { compromisedFrom: CHANGED_AT });
    expect([0, 9].map((index) => codeOf({}, given, index))).toEqual(['ok', 'ok']);
    expect([10, 11, 300].map((index) => codeOf({}, given, index))).toEqual([code, code, code]);
  });

  it('of an administrator, lost: his agreements made before count no longer from there on', () => {
    const given = change(({ holder }) => holder === `administrator:${id(91)}`, { compromisedFrom: CHANGED_AT });
    expect(codeOf({}, given, 9)).toBe('ok');
    expect(codeOf({}, given, 10)).toBe('trust_missing_key');
  });

  it('are one person where one administrator has two', () => {
    const both = withKeys(anchors, (key) =>
      key.holder === `administrator:${id(91)}` ? [key, keyOf(key.holder, 'agreement', next)] : key,
    );
    expect(codeOf({}, both, 1)).toBe('ok');
    expect(codeOf({ administrators: [administrators[0]!, next] }, both, 1)).toBe('directory_not_agreed');
    expect(codeOf({ administrators: [next, administrators[1]!] }, both, 1)).toBe('ok');
  });

  it.each([
    ['approval', 'seal_signature'],
    ['drafting', 'submission_signature'],
    ['review', 'dossier_signature'],
    ['gateway', 'caller_signature'],
  ] as const)('of %s for packets only sign no statement', (service, code) => {
    const given = withKeys(anchors, (key) =>
      of(service)(key) && key.purpose === 'statement' ? { ...key, ...keyOf(key.holder, 'statement', next) } : key,
    );
    expect(codeOf({}, given, 1)).toBe(code);
    expect(codeOf({ signers: { [service]: next } }, given, 1)).toBe('ok');
  });

  it('of one service never sign for another, nor a service’s for an administrator', () => {
    const swapped = withKeys(anchors, (key) =>
      key.holder === 'service:review'
        ? []
        : key.holder === 'service:drafting'
          ? [key, { ...key, holder: 'service:review' }]
          : key,
    );
    expect(() => parseTrust(swapped)).toThrow('another holder');
    const purposes: KeyPurpose[] = ['statement', 'packet', 'checkpoint'];
    for (const purpose of purposes) {
      const given = change(({ holder }) => holder === `administrator:${id(91)}`, { purpose });
      expect(codeOf({}, given, 1)).toBe('trust_missing_key');
    }
  });

  it('count by place alone, at any place', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.option(fc.nat(40)), fc.nat(40), (from, length, lost, index) => {
        const until = from + length;
        const given = change(of('approval'), { from, until, compromisedFrom: lost });
        const counts = index >= from && index < until && (lost === null || index < lost);
        expect(codeOf({}, given, index)).toBe(counts ? 'ok' : 'seal_signature');
      }),
      { numRuns: 40 },
    );
  });

  it('sign with SM2 as with Ed25519, in Node and without', () => {
    for (const service of ['approval', 'review', 'drafting', 'gateway'] as const) {
      const sm2 = signerFromPem(generateKeyPem('sm2'));
      const given = laterTrust({ [service]: sm2 });
      expect([service, codeOf({ signers: { [service]: sm2 } }, given, 1)]).toEqual([service, 'ok']);
      expect([service, codeOf({ signers: { [service]: sm2 } }, given)]).toEqual([service, 'ok']);
      expect(codeOf({}, given, 1)).toContain('_signature');
    }
  });
});

describe('a place in the log', () => {
  const { bytes } = buildBundle();
  const other = buildBundle({ submission: (s) => ({ ...s, year: 2020, checks: nodeCrypto.sha256(bytes) }) }).bytes;
  const under = (inclusion: Uint8Array, given: Trust = anchors): string => {
    const verdict = verifyBundle(bytes, given, nodeCrypto, { inclusion });
    return verdict.ok ? 'ok' : verdict.defect.code;
  };
  const file = (index: number, size?: number, signer = logSigner): Uint8Array =>
    inclusionFile(bytes, { index, signer, ...(size === undefined ? {} : { size }) });

  it('is told in the summary', () => {
    const verdict = verifyBundle(bytes, anchors, nodeCrypto, { inclusion: file(6, 9) });
    expect(verdict).toMatchObject({ ok: true, summary: { place: { position: 6, checkpoint: { size: 9 } } } });
    expect(verifyBundle(bytes, anchors, nodeCrypto)).toMatchObject({ ok: true, summary: { place: null } });
  });

  it('of the first form of the trust file is proved by the log’s key there', () => {
    const ledger = Buffer.from(logSigner.publicKey.bytes).toString('base64');
    expect(under(file(2), { ...trust, services: { ...trust.services, ledger } })).toBe('ok');
    expect(under(file(2), trust)).toBe('inclusion_checkpoint');
  });

  it.each([
    ['inclusion_unreadable', new Uint8Array()],
    ['inclusion_unreadable', new TextEncoder().encode('{}')],
    ['inclusion_other', inclusionFile(other, { index: 2 })],
    ['inclusion_checkpoint', file(2, 5, next)],
  ])('is refused with %s', (code, inclusion) => {
    expect(under(inclusion)).toBe(code);
  });

  it('is that of the log’s own key of the time, also at the very change', () => {
    const given = withKeys(anchors, (key) =>
      key.holder === 'service:ledger'
        ? [{ ...key, until: CHANGED_AT }, keyOf(key.holder, key.purpose, next, { from: CHANGED_AT })]
        : key,
    );
    expect([9, 10, 11].map((size) => under(file(2, size), given))).toEqual(['ok', 'ok', 'inclusion_checkpoint']);
    expect([9, 10, 11].map((size) => under(file(2, size, next), given))).toEqual(['inclusion_checkpoint', 'ok', 'ok']);
  });
});
