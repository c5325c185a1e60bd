import { fromBase64Url, toBase64Url } from './base64url.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect } from './defect.js';
import { PAYLOAD_TYPES, pae } from './dsse.js';
import { passkeySigned, readPasskeyKey } from './passkey-key.js';
import { record, text } from './shape.js';
import type { PasskeyStatement } from './statements.js';

/** What a passkey answers to a challenge, in base64url. Source: Web Authentication Level 3, §5.2.2. */
export interface PasskeyAssertion {
  readonly credential: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
}

/** The exact shape of an assertion within a request to sign. */
export const assertionShape = record({
  credential: text,
  authenticatorData: text,
  clientDataJSON: text,
  signature: text,
});

/** The passkey an assertion claims to be from. */
export type KnownPasskey = Pick<PasskeyStatement, 'credential' | 'publicKey' | 'rpId' | 'origin'>;

/** Authenticator data of an assertion. Source: Web Authentication Level 3, §6.1. */
interface AuthenticatorData {
  readonly rpIdHash: string;
  readonly flags: number;
  readonly counter: number;
}

const RP_ID_HASH_BYTES = 32;
const HEAD_BYTES = 37;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;
const HAS_EXTENSIONS = 0x80;

/**
 * What a passkey signs for a statement: SHA-256 of its pre-authentication encoding as a decision, in base64url. Only this
 * statement has it, so it needs no list of challenges given out and cannot be used for another.
 */
export function challengeOf(statement: Uint8Array, crypto: Pick<EvidenceCrypto, 'sha256'>): string {
  return toBase64Url(fromHex(crypto.sha256(pae(PAYLOAD_TYPES.decision, statement))));
}

/**
 * Checks that the passkey was asked for exactly this statement, by a page of its own site, and that whoever holds it was
 * there and proved himself. `statement`: the canonical bytes. Defects: passkey_other_credential, passkey_unreadable,
 * passkey_type, passkey_challenge, passkey_origin, passkey_rp_id, passkey_user_absent, passkey_user_unverified,
 * passkey_key, passkey_bad_signature. Source: Web Authentication Level 3, §7.2.
 */
export function assertionDefect(
  assertion: PasskeyAssertion,
  passkey: KnownPasskey,
  statement: Uint8Array,
  where: string,
  crypto: EvidenceCrypto,
): Defect | undefined {
  if (assertion.credential !== passkey.credential)
    return defect('passkey_other_credential', where, 'the assertion is of another passkey than the registered one');
  const clientData = fromBase64Url(assertion.clientDataJSON);
  const authenticatorData = fromBase64Url(assertion.authenticatorData);
  const signature = fromBase64Url(assertion.signature);
  const read = authenticatorData && readAuthenticatorData(authenticatorData);
  const client = clientData && readClientData(clientData);
  if (!clientData || !authenticatorData || !signature || !read || !client)
    return defect('passkey_unreadable', where, 'the assertion cannot be read');
  const wrong =
    clientDefect(client, passkey, challengeOf(statement, crypto), where) ??
    authenticatorDefect(read, passkey, where, crypto);
  if (wrong) return wrong;
  const spki = fromBase64Url(passkey.publicKey);
  const key = spki && readPasskeyKey(spki);
  if (!key) return defect('passkey_key', where, 'the public key cannot be used');
  const message = Uint8Array.from([...authenticatorData, ...fromHex(crypto.sha256(clientData))]);
  return passkeySigned(key, message, signature, crypto)
    ? undefined
    : defect('passkey_bad_signature', where, 'the signature does not fit the registered key');
}

/** How often the authenticator says it has signed; 0 for those that do not count. Undefined when unreadable. */
export function counterOf({ authenticatorData }: PasskeyAssertion): number | undefined {
  const bytes = fromBase64Url(authenticatorData);
  return bytes && readAuthenticatorData(bytes)?.counter;
}

function readAuthenticatorData(bytes: Uint8Array): AuthenticatorData | undefined {
  if (bytes.byteLength < HEAD_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(RP_ID_HASH_BYTES);
  const isWhole = (flags & HAS_EXTENSIONS) !== 0 ? bytes.byteLength > HEAD_BYTES : bytes.byteLength === HEAD_BYTES;
  // A new credential belongs to a registration, never to a signature.
  if (!isWhole || (flags & HAS_CREDENTIAL) !== 0) return undefined;
  return { rpIdHash: hexOf(bytes.subarray(0, RP_ID_HASH_BYTES)), flags, counter: view.getUint32(RP_ID_HASH_BYTES + 1) };
}

function readClientData(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function clientDefect(
  { type, challenge, origin, crossOrigin, topOrigin }: Readonly<Record<string, unknown>>,
  passkey: KnownPasskey,
  wanted: string,
  where: string,
): Defect | undefined {
  if (type !== 'webauthn.get') return defect('passkey_type', where, `says ${JSON.stringify(type)}, not webauthn.get`);
  if (challenge !== wanted)
    return defect('passkey_challenge', where, 'the passkey was asked for something else than this statement');
  const framed = (crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined;
  if (origin !== passkey.origin || framed)
    return defect('passkey_origin', where, `asked for by ${JSON.stringify(origin)}, not by ${passkey.origin} itself`);
  return undefined;
}

function authenticatorDefect(
  { rpIdHash, flags }: AuthenticatorData,
  { rpId }: KnownPasskey,
  where: string,
  crypto: Pick<EvidenceCrypto, 'sha256'>,
): Defect | undefined {
  if (rpIdHash !== crypto.sha256(new TextEncoder().encode(rpId)))
    return defect('passkey_rp_id', where, `not made for ${rpId}`);
  if ((flags & USER_PRESENT) === 0) return defect('passkey_user_absent', where, 'nobody touched the authenticator');
  if ((flags & USER_VERIFIED) === 0)
    return defect('passkey_user_unverified', where, 'the authenticator did not ask who is there');
  return undefined;
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
