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

/**
 * A counted decision. `deputy`: the principal's grant when the signer signed for somebody else; `passkey`: how the passkey
 * he signed with was registered, whose assertion is in `body`.
 */
export interface Decision extends Sent {
  readonly deputy?: Sent | null;
  readonly passkey?: Sent;
}

/** The forms of a bundle: the first, with a notice, and with passkeys. */
export const BUNDLE_SCHEMAS = ['sunward.bundle/1', 'sunward.bundle/2', 'sunward.bundle/3'] as const;

/**
 * All that proves one publication, in one file. `content` is the edition's exact bytes in base64, `notice` those of what
 * the public is told about a correction, withdrawal or emergency.
 */
export interface Bundle {
  readonly schema: (typeof BUNDLE_SCHEMAS)[number];
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
/** The exact shape of what somebody sent with its proof. */
export const sentShape = record(sent);
const firstDecision = sentShape;
const presentDecision = record({ ...sent, deputy: orNull(record(sent)) });
const passkeyDecision = record({ ...sent, deputy: orNull(record(sent)), passkey: record(sent) });

const has = (value: unknown, field: string): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, field);

/** Decisions with or without room for a deputy's grant: cases begun before there were deputies end after. */
const withoutPasskeys: Shape = listOf((value, where) =>
  (has(value, 'deputy') ? presentDecision : firstDecision)(value, where),
);

/** The decisions of a leg, of every form there was. */
export const decisionList: Shape = listOf((value, where) => {
  if (has(value, 'passkey')) return passkeyDecision(value, where);
  return (has(value, 'deputy') ? presentDecision : firstDecision)(value, where);
});

const parts = (decisions: Shape): Readonly<Record<string, Shape>> => ({
  content: text,
  route: envelope,
  directory: envelope,
  submission: envelope,
  review: record({ decisions, dossier: envelope }),
  approval: record({ decisions, seal: envelope }),
});
const notice = orNull(text);
const forms: Readonly<Record<Bundle['schema'], Shape>> = {
  'sunward.bundle/1': record({ ...parts(withoutPasskeys), schema: oneOf('sunward.bundle/1') }),
  'sunward.bundle/2': record({ ...parts(withoutPasskeys), schema: oneOf('sunward.bundle/2'), notice }),
  // One bundle, one form: without a passkey it is the second, or its schema could be altered unseen.
  'sunward.bundle/3': (value, where) =>
    record({ ...parts(decisionList), schema: oneOf('sunward.bundle/3'), notice })(value, where) ??
    (schemaOf(value as Bundle) === 'sunward.bundle/3' ? undefined : `${where}.schema: no passkey in this bundle`),
};

/** The form its schema names; without one of these it is judged by the last, whose complaint names the field. */
const bundle: Shape = (value, where) => {
  const schema = BUNDLE_SCHEMAS.find((one) => one === (value as { schema?: unknown } | null)?.schema);
  return forms[schema ?? 'sunward.bundle/3'](value, where);
};

/**
 * The form in which these decisions travel: that without passkeys as long as nobody signed with one, so that verifiers of
 * its time go on reading it.
 */
export function schemaOf({
  review,
  approval,
}: {
  readonly review: Pick<Bundle['review'], 'decisions'>;
  readonly approval: Pick<Bundle['approval'], 'decisions'>;
}): 'sunward.bundle/2' | 'sunward.bundle/3' {
  const signed = [...review.decisions, ...approval.decisions];
  return signed.some(({ passkey }) => passkey !== undefined) ? 'sunward.bundle/3' : 'sunward.bundle/2';
}

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
