import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import { parseCanonical } from './canonical.js';
import type { EvidenceCrypto, Signer } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { type Envelope, envelopeShape, openEnvelope, PAYLOAD_TYPES, sealEnvelope } from './dsse.js';
import { count, digestText, instantText, oneOf, record, text, uuid } from './shape.js';
import { administratorKeys, administratorsBehind, type Trust } from './trust.js';

/** Two administrators agree that what an entry of a service's ledger says happened is erased, and why it may be. */
export interface Erasure {
  readonly schema: 'sunward.erasure/1';
  readonly service: string;
  /** The entry whose body it was. */
  readonly report: string;
  readonly seq: number;
  /** Digest of what is erased. */
  readonly erased: Digest;
  readonly reason: string;
  /** The law or decision that demands or allows it. */
  readonly ground: string;
  readonly at: Instant;
}

const erasure = record({
  schema: oneOf('sunward.erasure/1'),
  service: text,
  report: uuid,
  seq: count,
  erased: digestText,
  reason: text,
  ground: text,
  at: instantText,
});
const body = record({ erasure: envelopeShape });

/** An erasure with who agreed to it, as their holders' names in the trust file. */
export interface ProvedErasure extends Erasure {
  readonly by: readonly string[];
}

/** Signs an erasure with the administrators' keys. */
export const sealErasure = (statement: Erasure, administrators: readonly Signer[]): Envelope =>
  sealEnvelope(PAYLOAD_TYPES.erasure, statement, administrators);

/**
 * Reads what is kept beside the entry of an erasure and proves that two administrators agreed to it. Defects: not_canonical, bad_shape, those of
 * `openEnvelope`, and erasure_unagreed.
 */
export function openErasure(bytes: Uint8Array, trust: Trust, crypto: EvidenceCrypto): ProvedErasure | Defect {
  let kept: unknown;
  try {
    kept = parseCanonical(bytes);
  } catch (error) {
    return defect('not_canonical', 'erasure', error instanceof Error ? error.message : String(error));
  }
  const misshapen = body(kept, 'erasure');
  if (misshapen !== undefined) return defect('bad_shape', 'erasure', misshapen);
  const { erasure: envelope } = kept as { readonly erasure: Envelope };
  const opened = openEnvelope(envelope, PAYLOAD_TYPES.erasure, administratorKeys(trust, crypto), crypto);
  if (isDefect(opened)) return opened;
  const wrong = erasure(opened.statement, 'erasure');
  if (wrong !== undefined) return defect('bad_shape', 'erasure', wrong);
  const by = [...administratorsBehind(trust, opened.keyids, crypto)];
  if (by.length < 2)
    return defect('erasure_unagreed', 'erasure', `signed by ${by.length} administrators, 2 are needed`);
  return { ...(opened.statement as Erasure), by };
}
