import { type EvidenceCrypto, type PublicKeys, type Signer, verifySignature } from './crypto.js';
import { canonicalBytes, parseCanonical } from './canonical.js';
import { defect, type Defect } from './defect.js';
import { fromBase64, toBase64 } from './base64.js';
import { listOf, record, text } from './shape.js';

/** What is signed with an envelope. The type is inside the signed bytes, so no envelope passes for another kind. */
export const PAYLOAD_TYPES = {
  submission: 'application/vnd.sunward.submission+json;v=1',
  decision: 'application/vnd.sunward.decision+json;v=1',
  dossier: 'application/vnd.sunward.dossier+json;v=1',
  seal: 'application/vnd.sunward.seal+json;v=1',
  receipt: 'application/vnd.sunward.receipt+json;v=1',
  directory: 'application/vnd.sunward.directory+json;v=1',
  route: 'application/vnd.sunward.route+json;v=1',
  deputy: 'application/vnd.sunward.deputy+json;v=1',
  passkey: 'application/vnd.sunward.passkey+json;v=1',
  'key-change': 'application/vnd.sunward.key-change+json;v=1',
  erasure: 'application/vnd.sunward.erasure+json;v=1',
  caller: 'application/vnd.sunward.caller+json;v=1',
  packet: 'application/vnd.sunward.packet+json;v=1',
} as const;
export type PayloadType = (typeof PAYLOAD_TYPES)[keyof typeof PAYLOAD_TYPES];

/** A DSSE envelope: payload and signatures in base64. Source: DSSE 1.0.2, envelope.md. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** The exact shape of an envelope wherever one is read from outside. */
export const envelopeShape = record({
  payloadType: text,
  payload: text,
  signatures: listOf(record({ keyid: text, sig: text })),
});

/** An envelope whose every signature is good: the statement, its exact bytes, and who signed. */
export interface Opened {
  readonly statement: unknown;
  readonly bytes: Uint8Array;
  readonly keyids: readonly string[];
}

const encoder = new TextEncoder();

/** Pre-authentication encoding: what is really signed. Source: DSSE 1.0.2, protocol.md. */
export function pae(type: string, payload: Uint8Array): Uint8Array {
  const typeBytes = encoder.encode(type);
  const head = encoder.encode(`DSSEv1 ${typeBytes.byteLength} ${type} ${payload.byteLength} `);
  const bytes = new Uint8Array(head.byteLength + payload.byteLength);
  bytes.set(head);
  bytes.set(payload, head.byteLength);
  return bytes;
}

/** Signs a statement as canonical JSON with every signer. */
export function sealEnvelope(type: PayloadType, statement: object, signers: readonly Signer[]): Envelope {
  const payload = canonicalBytes(statement);
  const message = pae(type, payload);
  return {
    payloadType: type,
    payload: toBase64(payload),
    signatures: signers.map((signer) => ({ keyid: signer.keyid, sig: toBase64(signer.sign(message)) })),
  };
}

/**
 * Opens an envelope of this type. Every signature must be good and by a known key, none twice, and the payload must be
 * canonical JSON: nothing in an envelope goes unchecked. Defect codes: bad_envelope, wrong_payload_type, unknown_key,
 * bad_signature, signed_twice, not_canonical.
 */
export function openEnvelope(
  envelope: Envelope,
  type: PayloadType,
  keys: PublicKeys,
  crypto: EvidenceCrypto,
): Opened | Defect {
  if (envelope.payloadType !== type) return defect('wrong_payload_type', type, `found ${envelope.payloadType}`);
  const bytes = fromBase64(envelope.payload);
  if (!bytes || envelope.signatures.length === 0) return defect('bad_envelope', type, 'payload or signatures unusable');
  const message = pae(type, bytes);
  const keyids: string[] = [];
  for (const { keyid, sig } of envelope.signatures) {
    const key = keys.get(keyid);
    if (!key) return defect('unknown_key', type, `key ${keyid.slice(0, 16)} may not sign this`);
    if (keyids.includes(keyid)) return defect('signed_twice', type, `key ${keyid.slice(0, 16)}`);
    const signature = fromBase64(sig);
    if (!signature || !verifySignature(key, message, signature, crypto)) {
      return defect('bad_signature', type, `signature of key ${keyid.slice(0, 16)} does not fit`);
    }
    keyids.push(keyid);
  }
  try {
    return { statement: parseCanonical(bytes), bytes, keyids };
  } catch (error) {
    return defect('not_canonical', type, error instanceof Error ? error.message : String(error));
  }
}
