import { toBase64 } from '#evidence/base64';
import type { Bundle, Decision } from '#evidence/bundle';
import { canonicalBytes } from '#evidence/canonical';
import type { Signer } from '#evidence/crypto';
import { PAYLOAD_TYPES, sealEnvelope } from '#evidence/dsse';
import { nodeCrypto } from '#evidence/node-crypto';
import type { PasskeyAssertion } from '#evidence/verify-passkey';
import type { Mutation } from './bundle-mutations.js';

type Altered = readonly [what: string, code: string, assertion: PasskeyAssertion];

const RP_ID_HASH_BYTES = 32;
const FLAGS = 32;
/** What a flipped bit of the flags says: nobody there, nobody verified, a credential, extensions; the others mean nothing. */
const FLAG_CODES: Readonly<Record<number, string>> = {
  0x01: 'passkey_user_absent',
  0x04: 'passkey_user_unverified',
  0x40: 'passkey_unreadable',
  0x80: 'passkey_unreadable',
};

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const flip = (text: string, index: number, mask: number): string => {
  const bytes = bytesOf(text);
  bytes[index]! ^= mask;
  return textOf(bytes);
};

/** Every field of an assertion altered, down to the fields and bytes within. */
function alteredAssertion(given: PasskeyAssertion): Altered[] {
  const { credential, authenticatorData, clientDataJSON, signature } = given;
  const client = JSON.parse(bytesOf(clientDataJSON).toString('utf8')) as Record<string, unknown>;
  const saying = (data: object): PasskeyAssertion => ({
    ...given,
    clientDataJSON: textOf(Buffer.from(JSON.stringify(data))),
  });
  const without = (field: string): object =>
    Object.fromEntries(Object.entries(client).filter(([name]) => name !== field));
  const clientCodes = { type: 'passkey_type', challenge: 'passkey_challenge', origin: 'passkey_origin' };
  const inClient = Object.entries(clientCodes).flatMap(([field, code]): Altered[] => [
    [`client data: ${field} altered`, code, saying({ ...client, [field]: `${String(client[field])}x` })],
    [`client data: ${field} taken out`, code, saying(without(field))],
  ]);
  const inData = Array.from(bytesOf(authenticatorData), (_, index): Altered[] => {
    const bits = index === FLAGS ? [1, 2, 4, 8, 16, 32, 64, 128] : [1 << (index % 8)];
    return bits.map((mask) => {
      const code = index < RP_ID_HASH_BYTES ? 'passkey_rp_id' : 'passkey_bad_signature';
      const meant = index === FLAGS ? (FLAG_CODES[mask] ?? code) : code;
      return [
        `authenticator data: byte ${index}`,
        meant,
        { ...given, authenticatorData: flip(authenticatorData, index, mask) },
      ];
    });
  }).flat();
  const inSignature = Array.from(bytesOf(signature), (_, index): Altered => [
    `signature: byte ${index}`, 'passkey_bad_signature', { ...given, signature: flip(signature, index, 1 << (index % 8)) },
  ]); // prettier-ignore
  return [
    ['credential', 'passkey_other_credential', { ...given, credential: flip(credential, 0, 1) }],
    ['client data: framed', 'passkey_origin', saying({ ...client, crossOrigin: true })],
    ['client data: a field more', 'passkey_bad_signature', saying({ ...client, note: '' })],
    ['client data: no JSON', 'passkey_unreadable', { ...given, clientDataJSON: 'AAAA' }],
    ['authenticator data: shorter', 'passkey_unreadable', { ...given, authenticatorData: textOf(bytesOf(authenticatorData).subarray(1)) }],
    ['signature: none', 'passkey_bad_signature', { ...given, signature: '' }],
    ['signature: no base64url', 'passkey_unreadable', { ...given, signature: `${signature}=` }],
    ...inClient, ...inData, ...inSignature,
  ]; // prettier-ignore
}

interface SignBody {
  readonly passkey?: PasskeyAssertion;
}

/**
 * Every part of every passkey's signature altered: in what the signer sent, where the request gives it away, and in what a
 * gateway that cannot be trusted says he sent, where the passkey alone does.
 */
export function alteredPasskeys(bundle: Bundle, gateway: Signer): Mutation[] {
  const legs = ['review', 'approval'] as const;
  return legs.flatMap((leg) =>
    bundle[leg].decisions.flatMap((decision, index) => {
      const sent = JSON.parse(Buffer.from(decision.body, 'base64').toString()) as SignBody;
      if (sent.passkey === undefined) return [];
      const told = (what: string, code: string, other: Decision): Mutation => {
        const decisions = bundle[leg].decisions.with(index, other);
        const bytes = canonicalBytes({ ...bundle, [leg]: { ...bundle[leg], decisions } });
        return { what: `${leg} ${index}: ${what}`, bytes, codes: [code] };
      };
      const { passkey: _registration, ...unregistered } = decision;
      const { passkey: _assertion, ...unsigned } = sent;
      return [
        ...alteredAssertion(sent.passkey).flatMap(([what, code, passkey]) => {
          const body = new TextEncoder().encode(JSON.stringify({ ...sent, passkey }));
          return [
            told(`${what}, altered on its way`, 'caller_mismatch', { ...decision, body: toBase64(body) }),
            told(`${what}, sent so`, code, asserted(decision, body, gateway)),
          ];
        }),
        told('with no registration', 'passkey_unproved', { ...unregistered }),
        told('a registration alone', 'passkey_unproved', asserted(decision, new TextEncoder().encode(JSON.stringify(unsigned)), gateway)),
      ]; // prettier-ignore
    }),
  );
}

/** The decision as if the gateway had been sent this body. */
function asserted(decision: Decision, body: Uint8Array, gateway: Signer): Decision {
  const caller = JSON.parse(Buffer.from(decision.caller.payload, 'base64').toString()) as object;
  const said = { ...caller, body: nodeCrypto.sha256(body) };
  return { ...decision, body: toBase64(body), caller: sealEnvelope(PAYLOAD_TYPES.caller, said, [gateway]) };
}
