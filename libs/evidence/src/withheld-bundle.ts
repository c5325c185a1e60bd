import type { Digest } from '#domain/identifiers';
import { fromBase64, toBase64 } from './base64.js';
import { type Bundle, readBundle } from './bundle.js';
import { canonicalBytes, parseCanonical } from './canonical.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import type { Trust } from './trust.js';
import { type Verdict, verifyBundle, type VerifyOptions } from './verify-bundle.js';

/**
 * The evidence of a withdrawal without the text that was withdrawn: a bundle whose `content` is the SHA-256 of the bytes
 * instead of the bytes. Whoever kept the report puts it back with `restoreContent`.
 */
export type WithheldBundle = Omit<Bundle, 'schema'> & { readonly schema: 'sunward.withheld/1' | 'sunward.withheld/2' };

/** The forms a bundle may be withheld in, each with that of the bundle. */
const FORMS = { 'sunward.withheld/1': 'sunward.bundle/2', 'sunward.withheld/2': 'sunward.bundle/3' } as const;
const isForm = (schema: unknown): schema is keyof typeof FORMS =>
  typeof schema === 'string' && Object.hasOwn(FORMS, schema);

const DIGEST = /^[0-9a-f]{64}$/;

/** The bytes of a bundle with its content taken out. Throws RangeError for bytes that are no bundle. */
export function withholdContent(bytes: Uint8Array, crypto: Pick<EvidenceCrypto, 'sha256'>): Uint8Array {
  const bundle = readBundle(bytes);
  const schema = isDefect(bundle)
    ? undefined
    : Object.keys(FORMS).find((form) => isForm(form) && FORMS[form] === bundle.schema);
  if (isDefect(bundle) || schema === undefined) throw new RangeError('not a bundle of the present form');
  const content = crypto.sha256(fromBase64(bundle.content) ?? new Uint8Array());
  return canonicalBytes({ ...bundle, schema, content });
}

/** Reads a bundle without its content; proves nothing yet. Defects: not_canonical, bad_shape. */
export function readWithheld(bytes: Uint8Array): WithheldBundle | Defect {
  let value: unknown;
  try {
    value = parseCanonical(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return defect('not_canonical', 'withheld bundle', error.message);
  }
  const { schema, content } = (value ?? {}) as Partial<WithheldBundle>;
  if (!isForm(schema) || typeof content !== 'string' || !DIGEST.test(content))
    return defect('bad_shape', 'withheld bundle', 'not sunward.withheld/1 or /2 with the digest of its content');
  const bundle = readBundle(canonicalBytes({ ...(value as WithheldBundle), schema: FORMS[schema] }));
  return isDefect(bundle) ? bundle : (value as WithheldBundle);
}

/** The bundle as it was, with these bytes as its content; whether they are the right ones the verifier says. */
export function restoreContent(withheld: WithheldBundle, content: Uint8Array): Uint8Array {
  return canonicalBytes({ ...withheld, schema: FORMS[withheld.schema], content: toBase64(content) });
}

/**
 * The verdict on a bundle without its content: everything the verifier proves, except that the content's bytes have the
 * digest everybody signed, because they are not there. Codes: those of `readWithheld` and `verifyBundle`.
 */
export function verifyWithheld(
  bytes: Uint8Array,
  trust: Trust,
  crypto: EvidenceCrypto,
  options: VerifyOptions = {},
): Verdict {
  const withheld = readWithheld(bytes);
  if (isDefect(withheld))
    return { ok: false, defect: { code: withheld.defect, where: withheld.where, detail: withheld.detail } };
  const { content } = withheld;
  // Bytes that stand for the missing ones: their digest is taken to be the one named, every other digest is computed.
  const standIn = new TextEncoder().encode(`content withheld: ${content}`);
  const isStandIn = (given: Uint8Array): boolean =>
    given.byteLength === standIn.byteLength && given.every((byte, index) => byte === standIn[index]);
  const sha256 = (given: Uint8Array): Digest => (isStandIn(given) ? (content as Digest) : crypto.sha256(given));
  return verifyBundle(restoreContent(withheld, standIn), trust, { ...crypto, sha256 }, options);
}
