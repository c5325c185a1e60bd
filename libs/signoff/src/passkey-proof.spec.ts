import { describe, expect, it } from '@jest/globals';
import { SoftwarePasskey } from '../../../test/support/software-passkey.js';
import { digest } from '#domain/identifiers';
import { instant, plusSeconds } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { nodeCrypto } from '#evidence/node-crypto';
import type { DecisionStatement } from '#evidence/statements';
import { challengeOf } from '#evidence/verify-passkey';
import type { CopiedPasskey } from './passkey-copy.repository.js';
import { isCountedOn, type PasskeyGround, passkeyRefusal } from './passkey-proof.js';

const AT = instant('2026-01-20T01:00:00.000Z');
const CONTENT = digest('c'.repeat(64));
const statement: DecisionStatement = {
  case: 'case',
  round: 1,
  leg: 'review',
  seat: 'seat',
  stage: 'stage',
  kind: 'sign',
  document: 'document',
  edition: 1,
  content: CONTENT,
  route: CONTENT,
  notBefore: null,
  meaning: '同意',
  actor: 'first',
  onBehalfOf: null,
  reason: null,
  place: null,
};
const challenge = challengeOf(canonicalBytes(statement), nodeCrypto);
const device = new SoftwarePasskey('localhost', 'http://localhost:3000');
const passkey: CopiedPasskey = {
  id: 'passkey',
  person: 'first',
  credential: device.credential,
  publicKey: device.publicKey,
  rpId: device.rpId,
  origin: device.origin,
  at: AT,
  revokedAt: null,
  counter: 0,
  evidence: CONTENT,
};
const ground = (known: Partial<CopiedPasskey> = {}, over: Partial<PasskeyGround> = {}): PasskeyGround => ({
  passkey: { ...passkey, ...known },
  actor: 'first',
  at: AT,
  crypto: nodeCrypto,
  ...over,
});

describe('a passkey’s answer', () => {
  it('is a signature under exactly this statement', () => {
    expect(passkeyRefusal(device.assert(challenge), statement, ground())).toBeNull();
    const other = { ...statement, seat: 'another' };
    expect(passkeyRefusal(device.assert(challenge), other, ground())).toMatchObject({ refused: 'passkey_challenge' });
  });

  it.each([
    ['passkey_unknown', 'of a passkey nobody registered', ground({}, { passkey: undefined })],
    ['passkey_unknown', 'of somebody else’s', ground({ person: 'second' })],
    ['passkey_unknown', 'of one registered later', ground({ at: plusSeconds(AT, 1) })],
    ['passkey_revoked', 'of a revoked one', ground({ revokedAt: plusSeconds(AT, 60) })],
    ['passkey_counter_back', 'by a copy that counts from where it was taken', ground({ counter: 2 ** 31 })],
    ['passkey_bad_signature', 'under another key', ground({ publicKey: new SoftwarePasskey('a', 'b').publicKey })],
  ])('is refused %s: %s', (code, _what, given) => {
    expect(passkeyRefusal(device.assert(challenge), statement, given)).toMatchObject({ refused: code });
  });

  it('is refused as a copy’s only after everything else fits: a counter nobody signed proves nothing', () => {
    const forged = device.assert('AAAA', { counter: 1 });
    expect(passkeyRefusal(forged, statement, ground({ counter: 9 }))).toMatchObject({ refused: 'passkey_challenge' });
  });
});

describe('a counter', () => {
  it.each([
    [0, 0, true],
    [1, 0, true],
    [7, 6, true],
    [6, 6, false],
    [5, 6, false],
    [0, 6, false],
  ])('of %i after %i is counted on: %s', (counter, last, counted) => {
    expect(isCountedOn(counter, last)).toBe(counted);
  });
});
