import type { Instant } from '#domain/instant';
import { fromBase64, toBase64 } from './base64.js';
import { parseCanonical } from './canonical.js';
import {
  type EvidenceCrypto,
  KEY_ALGORITHMS,
  type KeyAlgorithm,
  keyidOf,
  type PublicKey,
  type PublicKeys,
  type Signer,
} from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { type Envelope, openEnvelope, PAYLOAD_TYPES, sealEnvelope } from './dsse.js';
import { count, digestText, instantText, listOf, oneOf, record, type Shape, text } from './shape.js';
import {
  administratorsBehind,
  KEY_PURPOSES,
  type KeyHolder,
  type KeyPurpose,
  type LaterTrust,
  parseTrust,
  publicKeyIn,
  type Trust,
  type TrustedKey,
  trustedKeys,
} from './trust.js';

/** From entry `from` of the log on, `key` signs in place of the retired one. Signed by both of them. */
export interface KeyRotation {
  readonly schema: 'sunward.key-rotation/1';
  readonly holder: KeyHolder;
  readonly purposes: readonly KeyPurpose[];
  /** Keyid. */
  readonly retired: string;
  readonly key: { readonly algorithm: KeyAlgorithm; readonly publicKey: string };
  readonly from: number;
  readonly at: Instant;
}

/** From entry `from` of the log on, nothing this key signed counts: somebody else may have it. Signed by two administrators. */
export interface KeyRevocation {
  readonly schema: 'sunward.key-revocation/1';
  readonly holder: KeyHolder;
  /** Keyid. */
  readonly revoked: string;
  readonly from: number;
  readonly at: Instant;
}

const shared = { holder: text, from: count, at: instantText };
const rotation = record({
  ...shared,
  schema: oneOf('sunward.key-rotation/1'),
  purposes: listOf(oneOf(...KEY_PURPOSES)),
  retired: digestText,
  key: record({ algorithm: oneOf(...KEY_ALGORITHMS), publicKey: text }),
});
const revocation = record({ ...shared, schema: oneOf('sunward.key-revocation/1'), revoked: digestText });
const change: Shape = (value, where) =>
  ((value as { schema?: unknown } | null)?.schema === 'sunward.key-rotation/1' ? rotation : revocation)(value, where);

const NEEDED = 2;

/** The same anchors in the form that can tell of changes. */
export function laterForm(trust: Trust): LaterTrust {
  if (trust.schema === 'sunward.trust/2') return trust;
  return { schema: 'sunward.trust/2', keys: trustedKeys(trust), changes: [], site: trust.site };
}

/**
 * The anchors after `next` took over from `old` for everything the holder signs, from entry `from` on. RangeError when
 * `old` is not a key in use of this holder.
 */
export function rotateKey(
  anchors: Trust,
  { holder, old, next, from, at }: { holder: KeyHolder; old: Signer; next: Signer; from: number; at: Instant },
  crypto: EvidenceCrypto,
): LaterTrust {
  const trust = laterForm(anchors);
  const isOld = (key: TrustedKey): boolean =>
    key.holder === holder && key.until === null && keyidOf(publicKeyIn(key), crypto) === old.keyid;
  const retired = trust.keys.filter(isOld);
  if (retired.length === 0) throw new RangeError(`${holder} does not sign with the key ${old.keyid.slice(0, 16)}`);
  const key = { algorithm: next.publicKey.algorithm, publicKey: toBase64(next.publicKey.bytes) };
  const purposes = retired.map(({ purpose }) => purpose);
  const statement: KeyRotation = {
    schema: 'sunward.key-rotation/1',
    holder,
    purposes,
    retired: old.keyid,
    key,
    from,
    at,
  };
  const begun = purposes.map((purpose) => ({ holder, purpose, ...key, from, until: null, compromisedFrom: null }));
  const ended = trust.keys.map((one) => (isOld(one) ? { ...one, until: from } : one));
  const signed = sealEnvelope(PAYLOAD_TYPES['key-change'], statement, [old, next]);
  return { ...trust, keys: [...ended, ...begun], changes: [...trust.changes, signed] };
}

/** The anchors after a key was given up as lost from entry `from` on. RangeError when nobody holds it, or somebody signs with it still. */
export function revokeKey(
  anchors: Trust,
  { keyid, from, at, administrators }: { keyid: string; from: number; at: Instant; administrators: readonly Signer[] },
  crypto: EvidenceCrypto,
): LaterTrust {
  const trust = laterForm(anchors);
  const isLost = (key: TrustedKey): boolean => keyidOf(publicKeyIn(key), crypto) === keyid;
  const lost = trust.keys.find(isLost);
  if (lost === undefined) throw new RangeError(`nobody holds the key ${keyid}`);
  if (lost.until === null) throw new RangeError(`${lost.holder} still signs with this key: rotate it first`);
  if (lost.compromisedFrom !== null) throw new RangeError(`the key was given up from entry ${lost.compromisedFrom} on`);
  const { holder } = lost;
  const statement: KeyRevocation = { schema: 'sunward.key-revocation/1', holder, revoked: keyid, from, at };
  const signed = sealEnvelope(PAYLOAD_TYPES['key-change'], statement, administrators);
  const keys = trust.keys.map((key) => (isLost(key) ? { ...key, compromisedFrom: from } : key));
  return { ...trust, keys, changes: [...trust.changes, signed] };
}

/**
 * Whether the keys of a trust file are those its signed changes lead to, from the first ones on: every key that came
 * later was agreed to by the one before it, and none fell without two administrators. Defects: key_change_unproved,
 * keys_without_change.
 */
export function trustDefect(anchors: Trust, crypto: EvidenceCrypto): Defect | undefined {
  if (anchors.schema === 'sunward.trust/1') return undefined;
  let keys: readonly TrustedKey[] = anchors.keys
    .filter(({ from }) => from === 0)
    .map((key) => ({ ...key, until: null, compromisedFrom: null }));
  for (const [index, envelope] of anchors.changes.entries()) {
    const after = afterChange(keys, envelope, anchors, crypto);
    if (isDefect(after)) return { ...after, where: `trust.changes[${index}]` };
    keys = after;
  }
  const told = new Set(keys.map((key) => JSON.stringify(inOrder(key))));
  const other = anchors.keys.find((key) => !told.has(JSON.stringify(inOrder(key))));
  if (other === undefined && told.size === anchors.keys.length) return undefined;
  return defect('keys_without_change', 'trust.keys', `${other?.holder ?? 'a key'}: no signed change led to this`);
}

/** Reads a trust file's JSON and proves its changes. RangeError saying what is wrong. */
export function provenTrust(value: unknown, crypto: EvidenceCrypto): Trust {
  const trust = parseTrust(value);
  const wrong = trustDefect(trust, crypto);
  if (wrong !== undefined) throw new RangeError(`${wrong.where}: ${wrong.defect}: ${wrong.detail}`);
  return trust;
}

const inOrder = ({ holder, purpose, algorithm, publicKey, from, until, compromisedFrom }: TrustedKey): unknown[] => [
  holder,
  purpose,
  algorithm,
  publicKey,
  from,
  until,
  compromisedFrom,
];

const unproved = (detail: string): Defect => defect('key_change_unproved', 'trust.changes', detail);

function afterChange(
  keys: readonly TrustedKey[],
  envelope: Envelope,
  { site }: LaterTrust,
  crypto: EvidenceCrypto,
): readonly TrustedKey[] | Defect {
  const offered = keysNamed(envelope, keys, crypto);
  const opened = openEnvelope(envelope, PAYLOAD_TYPES['key-change'], offered, crypto);
  if (isDefect(opened)) return unproved(`${opened.defect}: ${opened.detail}`);
  const wrong = change(opened.statement, 'change');
  if (wrong !== undefined) return unproved(wrong);
  const statement = opened.statement as KeyRotation | KeyRevocation;
  const known: LaterTrust = { schema: 'sunward.trust/2', keys, changes: [], site };
  return statement.schema === 'sunward.key-rotation/1'
    ? afterRotation(keys, statement, opened.keyids, crypto)
    : afterRevocation(known, statement, opened.keyids, crypto);
}

/** Whoever may have signed a change: the keys known so far, and the one it brings. */
function keysNamed(envelope: Envelope, keys: readonly TrustedKey[], crypto: EvidenceCrypto): PublicKeys {
  const known = keys.filter(({ compromisedFrom }) => compromisedFrom === null).map((key) => publicKeyIn(key));
  const brought = newKeyIn(envelope);
  const all = brought === undefined ? known : [...known, brought];
  return new Map(all.map((key) => [keyidOf(key, crypto), key] as const));
}

function newKeyIn({ payload }: Envelope): PublicKey | undefined {
  const bytes = fromBase64(payload);
  try {
    const statement = parseCanonical(bytes ?? new Uint8Array());
    return rotation(statement, 'change') === undefined ? keyBrought(statement as KeyRotation) : undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined; // nothing that could be read: it will not open
  }
}

const keyBrought = ({ holder, key }: Pick<KeyRotation, 'holder' | 'key'>): PublicKey => publicKeyIn({ holder, ...key });

function afterRotation(
  keys: readonly TrustedKey[],
  { holder, purposes, retired, key, from }: KeyRotation,
  keyids: readonly string[],
  crypto: EvidenceCrypto,
): readonly TrustedKey[] | Defect {
  const next = keyidOf(keyBrought({ holder, key }), crypto);
  const isRetired = (one: TrustedKey): boolean =>
    one.holder === holder && one.until === null && keyidOf(publicKeyIn(one), crypto) === retired;
  const before = keys.filter((one) => isRetired(one) && purposes.includes(one.purpose));
  if (before.length !== purposes.length || before.some((one) => one.from > from))
    return unproved(`${holder} did not sign with the key ${retired.slice(0, 16)} then`);
  const both = [retired, next].every((keyid) => keyids.includes(keyid));
  if (!both || keyids.length !== 2) return unproved('not signed by the old key and the new one');
  const begun = purposes.map((purpose) => ({ holder, purpose, ...key, from, until: null, compromisedFrom: null }));
  return [...keys.map((one) => (isRetired(one) ? { ...one, until: from } : one)), ...begun];
}

function afterRevocation(
  known: LaterTrust,
  { holder, revoked, from }: KeyRevocation,
  keyids: readonly string[],
  crypto: EvidenceCrypto,
): readonly TrustedKey[] | Defect {
  const { size } = administratorsBehind(known, keyids, crypto);
  if (size < NEEDED) return unproved(`signed by ${size} administrators, ${NEEDED} are needed`);
  const isRevoked = (one: TrustedKey): boolean =>
    one.holder === holder && keyidOf(publicKeyIn(one), crypto) === revoked;
  if (!known.keys.some(isRevoked)) return unproved(`${holder} never held the key ${revoked.slice(0, 16)}`);
  return known.keys.map((one) => (isRevoked(one) ? { ...one, compromisedFrom: from } : one));
}
