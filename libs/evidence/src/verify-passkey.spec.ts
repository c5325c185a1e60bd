import { describe, expect, it } from '@jest/globals';
import { plusSeconds } from '#domain/instant';
import {
  buildBundle,
  type Changes,
  id,
  passkeyOf,
  signers,
  trust,
  withPasskeys,
} from '../../../test/support/bundle-builder.js';
import { SoftwarePasskey } from '../../../test/support/software-passkey.js';
import { readBundle } from './bundle.js';
import { isDefect } from './defect.js';
import { generateKeyPem, nodeCrypto, signerFromPem } from './node-crypto.js';
import { portableCrypto } from './portable-crypto.js';
import type { RouteDocument } from './statements.js';
import { verifyBundle } from './verify-bundle.js';
import { counterOf } from './verify-passkey.js';
import { readWithheld, restoreContent, verifyWithheld, withholdContent } from './withheld-bundle.js';

const PRESENT = 0x01;
const VERIFIED = 0x04;
const story: Changes = { plan: withPasskeys(0, 1, 2, 3) };
const demanding = (route: RouteDocument): RouteDocument => ({
  ...route,
  stages: route.stages.map((stage) => (stage.id === 'principal' ? { ...stage, grade: 'passkey' } : stage)),
});

function codeOf(changes: Changes): string {
  const { bytes } = buildBundle(changes);
  const verdicts = [nodeCrypto, portableCrypto].map((crypto) => verifyBundle(bytes, trust, crypto));
  expect(verdicts[1]).toEqual(verdicts[0]);
  return verdicts[0]!.ok ? 'ok' : verdicts[0]!.defect.code;
}

describe('a bundle signed with passkeys', () => {
  it('is proved, whether a stage demands them or not, with ES256, EdDSA and RS256', () => {
    expect(codeOf(story)).toBe('ok');
    expect(codeOf({ plan: withPasskeys(4), route: demanding })).toBe('ok');
  });

  it('is refused when a stage demands one and somebody signed without', () => {
    expect(codeOf({ route: demanding })).toBe('grade_too_low');
    expect(codeOf({ plan: withPasskeys(3), route: demanding })).toBe('grade_too_low');
  });

  it('needs no password entered again: the passkey asked who is there', () => {
    const without: Changes = { caller: (caller, index) => (index === 1 ? { ...caller, stepUpAt: null } : caller) };
    expect(codeOf(without)).toBe('caller_stale');
    expect(codeOf({ ...without, plan: withPasskeys(1) })).toBe('ok');
  });

  it('has a form of its own, and only then', () => {
    expect(buildBundle(story).bundle.schema).toBe('sunward.bundle/3');
    const claims = (schema: 'sunward.bundle/2' | 'sunward.bundle/3', changes: Changes): string =>
      codeOf({ ...changes, notice: null, bundle: (bundle) => ({ ...bundle, schema }) });
    expect(claims('sunward.bundle/2', {})).toBe('ok');
    expect(claims('sunward.bundle/3', {})).toBe('bad_shape');
    expect(claims('sunward.bundle/2', story)).toBe('bad_shape');
    expect(claims('sunward.bundle/3', story)).toBe('ok');
  });

  it('is proved without its content too, which can be put back', () => {
    const { bytes, content } = buildBundle(story);
    const withheld = withholdContent(bytes, nodeCrypto);
    expect(verifyWithheld(withheld, trust, nodeCrypto)).toMatchObject({ ok: true });
    const read = readWithheld(withheld);
    if (isDefect(read)) throw new Error(read.detail);
    expect(read.schema).toBe('sunward.withheld/2');
    expect(Buffer.from(restoreContent(read, content)).equals(bytes)).toBe(true);
  });
});

describe('a signature with a passkey is refused', () => {
  const other = new SoftwarePasskey('localhost', 'http://localhost:3000');
  const swapped: Changes['bundle'] = (bundle) => {
    const [first, ...rest] = bundle.review.decisions;
    const request = JSON.parse(Buffer.from(first!.passkey!.body, 'base64').toString()) as object;
    const body = Buffer.from(JSON.stringify({ ...request, transports: ['usb'] })).toString('base64');
    const decisions = [{ ...first!, passkey: { ...first!.passkey!, body } }, ...rest];
    return { ...bundle, review: { ...bundle.review, decisions } };
  };
  const dropped: Changes['bundle'] = (bundle) => {
    const [first, ...rest] = bundle.review.decisions;
    const { passkey: _registration, ...without } = first!;
    return { ...bundle, review: { ...bundle.review, decisions: [without, ...rest] } };
  };
  it.each<[string, string, Changes]>([
    ['passkey_challenge', 'over another statement', { ceremony: { challenge: 'AAAA' } }],
    ['passkey_type', 'made to register', { ceremony: { type: 'webauthn.create' } }],
    ['passkey_type', 'of no type', { ceremony: { client: { type: null } } }],
    ['passkey_origin', 'asked for by another page', { ceremony: { origin: 'http://localhost:3001' } }],
    ['passkey_origin', 'asked for within another page', { ceremony: { client: { crossOrigin: true } } }],
    ['passkey_origin', 'asked for beneath another page', { ceremony: { client: { topOrigin: 'http://evil.example' } } }],
    ['passkey_rp_id', 'made for another site', { ceremony: { rpId: 'evil.example' } }],
    ['passkey_user_absent', 'with nobody there', { ceremony: { flags: VERIFIED } }],
    ['passkey_user_unverified', 'with anybody there', { ceremony: { flags: PRESENT } }],
    ['passkey_unreadable', 'with a credential where none belongs', { ceremony: { flags: PRESENT | VERIFIED | 0x40 } }],
    ['passkey_unreadable', 'with bytes nobody announced', { ceremony: { tail: new Uint8Array(4) } }],
    ['passkey_unreadable', 'with extensions announced and none there', { ceremony: { flags: PRESENT | VERIFIED | 0x80 } }],
    ['passkey_unreadable', 'too short', { assertion: (one) => ({ ...one, authenticatorData: 'AAAA' }) }],
    ['passkey_unreadable', 'with other text than base64url', { assertion: (one) => ({ ...one, signature: '+' }) }],
    ['passkey_unreadable', 'with no JSON', { assertion: (one) => ({ ...one, clientDataJSON: 'AAAA' }) }],
    ['passkey_bad_signature', 'by another key', { assertion: (one) => ({ ...one, signature: other.assert('AAAA').signature }) }],
    ['passkey_bad_signature', 'for a higher counter', { assertion: (one) => ({ ...one, authenticatorData: counted(one.authenticatorData) }) }],
    ['passkey_other_credential', 'of another passkey', { assertion: (one) => ({ ...one, credential: other.credential }) }],
    ['passkey_other_person', 'of somebody else', { passkey: (one) => ({ ...one, person: id(15) }), passkeyCaller: (one) => ({ ...one, person: id(15) }) }],
    ['passkey_later', 'registered afterwards', { passkey: (one) => ({ ...one, at: plusSeconds(one.at, 90_000) }), passkeyCaller: (one) => ({ ...one, stepUpAt: plusSeconds(one.issuedAt, 90_000) }) }],
    ['passkey_key', 'under a key nobody can use', { passkey: (one) => ({ ...one, publicKey: 'AAAA' }), passkeyBody: (one) => ({ ...one, publicKey: 'AAAA' }) }],
    ['passkey_unregistered', 'the person registered with another key', { passkey: (one) => ({ ...one, publicKey: other.publicKey }) }],
    ['passkey_unregistered', 'the person registered as another credential', { passkeyBody: (one) => ({ ...one, credential: 'AAAA' }) }],
    ['passkey_unregistered', 'somebody else registered for him', { passkeyCaller: (one) => ({ ...one, person: id(15) }) }],
    ['passkey_unregistered', 'registered without a password', { passkeyCaller: (one) => ({ ...one, stepUpAt: null }) }],
    ['passkey_unregistered', 'registered with an old password', { passkeyCaller: (one) => ({ ...one, stepUpAt: plusSeconds(one.issuedAt, -301) }) }],
    ['passkey_unregistered', 'sent for something else', { passkeyCaller: (one) => ({ ...one, path: '/deputies' }) }],
    ['passkey_unregistered', 'with a field more', { passkeyBody: (one) => ({ ...one, note: '' }) }],
    ['passkey_registration', 'the leg vouches for', { passkeySigners: { passkey: signers.review } }],
    ['passkey_registration', 'a stranger vouches for', { passkeySigners: { passkey: signerFromPem(generateKeyPem()) } }],
    ['passkey_unregistered', 'the leg says he registered', { passkeySigners: { caller: signers.review } }],
    ['passkey_unregistered', 'the person registered by another request', { bundle: swapped }],
    ['passkey_unproved', 'nobody registered', { bundle: dropped }],
    ['caller_mismatch', 'with a field more', { assertion: (one) => ({ ...one, userHandle: '' }) }],
  ])('%s: %s', (code, _what, changes) => {
    expect(codeOf({ ...story, ...changes })).toBe(code);
  }); // prettier-ignore

  it('passkey_unproved: with a registration and no signature of it', () => {
    const registration = buildBundle(story).bundle.review.decisions[0]!.passkey!;
    const given: Changes['bundle'] = (bundle) => {
      const [first, ...rest] = bundle.review.decisions;
      const decisions = [{ ...first!, deputy: null, passkey: registration }, ...rest];
      return { ...bundle, schema: 'sunward.bundle/3', review: { ...bundle.review, decisions } };
    };
    expect(codeOf({ notice: null, bundle: given })).toBe('passkey_unproved');
  });
});

describe('a counter', () => {
  it('is what the authenticator says, also above 2^31', () => {
    expect(counterOf(passkeyOf(0).assert('AAAA', { counter: 0xffff_fffe }))).toBe(0xffff_fffe);
    expect(counterOf({ ...passkeyOf(0).assert('AAAA'), authenticatorData: 'AAAA' })).toBeUndefined();
  });
});

it('a bundle of the first form is read as before', () => {
  expect(readBundle(buildBundle().bytes)).toMatchObject({ schema: 'sunward.bundle/1' });
});

function counted(authenticatorData: string): string {
  const bytes = Buffer.from(authenticatorData, 'base64url');
  bytes[36]! += 1;
  return bytes.toString('base64url');
}
