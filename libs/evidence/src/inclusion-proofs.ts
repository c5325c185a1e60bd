import type { Digest } from '#domain/identifiers';
import { toBase64 } from './base64.js';
import { canonicalBytes, parseCanonical } from './canonical.js';
import { type Defect, defect } from './defect.js';
import type { Inclusion } from './inclusion.js';
import { count, digestText, listOf, oneOf, record, text } from './shape.js';

/** The proofs of several entries under one head, as the log hands them to the service that wrote them. */
export interface InclusionProofs {
  readonly schema: 'sunward.inclusion-proofs/1';
  readonly checkpoint: string;
  readonly proofs: readonly { readonly leaf: Digest; readonly index: number; readonly proof: readonly Digest[] }[];
}

const shape = record({
  schema: oneOf('sunward.inclusion-proofs/1'),
  checkpoint: text,
  proofs: listOf(record({ leaf: digestText, index: count, proof: listOf(digestText) })),
});

/** Reads a document of proofs; proves nothing yet. Defects: not_canonical, bad_shape. */
export function readInclusionProofs(bytes: Uint8Array): InclusionProofs | Defect {
  try {
    const value = parseCanonical(bytes);
    const wrong = shape(value, 'proofs');
    return wrong === undefined ? (value as InclusionProofs) : defect('bad_shape', 'proofs', wrong);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return defect('not_canonical', 'proofs', error.message);
  }
}

/** The exact bytes of an entry's proof as a file of its own. */
export function inclusionBytes(entry: Uint8Array, proved: Omit<Inclusion, 'schema' | 'entry'>): Uint8Array {
  return canonicalBytes({ schema: 'sunward.inclusion/1', entry: toBase64(entry), ...proved } satisfies Inclusion);
}
