import { parseCanonical } from './canonical.js';
import { type Defect, defect } from './defect.js';
import type { Envelope } from './dsse.js';
import { listOf, oneOf, record, text } from './shape.js';

/** A counted decision with its proof: the gateway's assertion of who sent it, and the raw request body in base64. */
export interface Decision {
  readonly envelope: Envelope;
  readonly caller: Envelope;
  readonly body: string;
}

/** All that proves one publication, in one file. `content` is the edition's exact bytes in base64. */
export interface Bundle {
  readonly schema: 'sunward.bundle/1';
  readonly content: string;
  readonly route: Envelope;
  readonly directory: Envelope;
  readonly submission: Envelope;
  readonly review: { readonly decisions: readonly Decision[]; readonly dossier: Envelope };
  readonly approval: { readonly decisions: readonly Decision[]; readonly seal: Envelope };
}

const envelope = record({
  payloadType: text,
  payload: text,
  signatures: listOf(record({ keyid: text, sig: text })),
});
const decisions = listOf(record({ envelope, caller: envelope, body: text }));
const bundle = record({
  schema: oneOf('sunward.bundle/1'),
  content: text,
  route: envelope,
  directory: envelope,
  submission: envelope,
  review: record({ decisions, dossier: envelope }),
  approval: record({ decisions, seal: envelope }),
});

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
