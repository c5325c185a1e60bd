import type { Instant } from '#domain/instant';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect } from './defect.js';
import { defectSentence, type Message } from './defect-sentences.js';
import { trustUnretired } from './key-validity.js';
import type { Trust } from './trust.js';
import { type BundleSummary, verifyBundle } from './verify-bundle.js';

const MISMATCH = 'ratification_mismatch';

/** What both sides of a ratification say of themselves. */
type Act = Pick<BundleSummary, 'kind' | 'document' | 'edition' | 'content'>;

/** True when what was signed confirms exactly this emergency. */
export function ratifies(act: Act, { kind, document, edition, content }: Act): boolean {
  const fits = kind === 'emergency' && act.kind === 'ratify' && act.document === document;
  return fits && act.edition === edition && act.content === content;
}

/**
 * The confirmation of exactly this emergency, by whoever had to give it, or the first defect, in `ratification.json`: those of a bundle, and
 * ratification_mismatch. Its place in the log does not travel with it, so a key that was retired since may have sealed it.
 */
export function verifyRatification(
  bytes: Uint8Array,
  emergency: BundleSummary,
  trust: Trust,
  crypto: EvidenceCrypto,
  now: Instant,
): BundleSummary | Defect {
  const file = 'ratification.json';
  const verdict = verifyBundle(bytes, trustUnretired(trust), crypto, { now });
  if (!verdict.ok) return defect(verdict.defect.code, file, `${verdict.defect.where}: ${verdict.defect.detail}`);
  const { summary } = verdict;
  const { kind, document, edition } = summary;
  return ratifies(summary, emergency) ? summary : defect(MISMATCH, file, `${kind} ${document} ${edition}`);
}

/** The sentence of a defect `verifyRatification` answers. Beside those of all bundles, so that a program that judges no ratification does not carry it. */
export function ratificationSentence(code: string): Message {
  return code === MISMATCH
    ? { zh: '追认的不是这一版', en: 'the ratification is not of this edition' }
    : defectSentence(code);
}
