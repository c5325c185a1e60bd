import { parseCanonical } from './canonical.js';
import { type Defect, defect } from './defect.js';
import { type Envelope, envelopeShape } from './dsse.js';
import { listOf, oneOf, orNull, record, type Shape, text } from './shape.js';

/** What somebody sent, with its proof: the gateway's assertion of who sent it, and the raw request body in base64. */
export interface Sent {
  readonly envelope: Envelope;
  readonly caller: Envelope;
  readonly body: string;
}

/** A counted decision; `deputy` is the principal's grant when the signer signed for somebody else. */
export interface Decision extends Sent {
  readonly deputy?: Sent | null;
}

/**
 * All that proves one publication, in one file. `content` is the edition's exact bytes in base64, `notice` those of what
 * the public is told about a correction, withdrawal or emergency.
 */
export interface Bundle {
  readonly schema: 'sunward.bundle/1' | 'sunward.bundle/2';
  readonly content: string;
  readonly notice?: string | null;
  readonly route: Envelope;
  readonly directory: Envelope;
  readonly submission: Envelope;
  readonly review: { readonly decisions: readonly Decision[]; readonly dossier: Envelope };
  readonly approval: { readonly decisions: readonly Decision[]; readonly seal: Envelope };
}

const envelope = envelopeShape;
const sent = { envelope, caller: envelope, body: text };
const firstDecision = record(sent);
const presentDecision = record({ ...sent, deputy: orNull(record(sent)) });

/** The decisions of a leg, with or without room for a deputy's grant: cases begun before there were deputies end after. */
export const decisionList: Shape = listOf((value, where) =>
  (typeof value === 'object' && value !== null && 'deputy' in value ? presentDecision : firstDecision)(value, where),
);

const parts = {
  content: text,
  route: envelope,
  directory: envelope,
  submission: envelope,
  review: record({ decisions: decisionList, dossier: envelope }),
  approval: record({ decisions: decisionList, seal: envelope }),
};
const firstBundle = record({ ...parts, schema: oneOf('sunward.bundle/1') });
const presentBundle = record({ ...parts, schema: oneOf('sunward.bundle/2'), notice: orNull(text) });
const bundle: Shape = (value, where) =>
  ((value as { schema?: unknown } | null)?.schema === 'sunward.bundle/1' ? firstBundle : presentBundle)(value, where);

/** Reads the bytes of a bundle; proves nothing yet. Defects: not_canonical, bad_shape. */
export function readBundle(bytes: Uint8Array): Bundle | Defect {
  try {
    const value = parseCanonical(bytes);
    const wrong = bundle(value, 'bundle');
    return wrong === undefined ? (value as Bundle) : defect('bad_shape', 'bundle', wrong);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return defect('not_canonical', 'bundle', error.message);
  }
}
