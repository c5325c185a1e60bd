import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain/instant';
import { ratifiedFiles } from '../../../test/support/publication-files.js';
import { laterTrust } from '../../../test/support/trust-builder.js';
import { flipped } from '../../../test/support/bundle-mutations.js';
import { isDefect } from './defect.js';
import { nodeCrypto } from './node-crypto.js';
import { ratificationSentence, ratifies, verifyRatification } from './ratification.js';
import type { BundleSummary } from './verify-bundle.js';
import { verifyFiles } from './verify-files.js';

const NOW = instant('2026-06-01T00:00:00.000Z');
const trust = laterTrust();
const { evidence, report, ratification } = ratifiedFiles();
const verdict = verifyFiles({ evidence, report }, trust, nodeCrypto, NOW);
if (!verdict.ok) throw new Error(verdict.defect.code);
const emergency = verdict.summary;

function judged(bytes: Uint8Array, of: BundleSummary = emergency): unknown {
  const found = verifyRatification(bytes, of, trust, nodeCrypto, NOW);
  return isDefect(found) ? [found.defect, found.where] : [found.kind, found.edition, found.seats.length];
}

describe('a ratification', () => {
  it('of exactly this emergency is proved', () => {
    expect(judged(ratification)).toEqual(['ratify', 1, 5]);
  });

  it.each<[string, Uint8Array, BundleSummary]>([
    ['of another edition', ratifiedFiles(2).ratification, emergency],
    ['that is the emergency itself', evidence, emergency],
    ['of what was no emergency', ratification, { ...emergency, kind: 'publish' }],
    ['of another document', ratification, { ...emergency, document: '00000000-0000-4000-8000-000000000099' }],
    ['of other bytes', ratification, { ...emergency, content: nodeCrypto.sha256(new Uint8Array(1)) }],
  ])('%s is none', (_, bytes, of) => {
    expect(judged(bytes, of)).toEqual(['ratification_mismatch', 'ratification.json']);
  });

  it('that does not prove itself is none', () => {
    const at = new TextDecoder().decode(ratification).indexOf('"sig":"') + 20;
    expect(judged(flipped(ratification, at))).toEqual([
      expect.stringMatching(/_signature$|^not_|_agreed$/),
      'ratification.json',
    ]);
    expect(judged(new Uint8Array(3))).toEqual(['not_canonical', 'ratification.json']);
  });

  it('is one act with two sides, whichever says it', () => {
    const act = { ...emergency, kind: 'ratify' as const };
    expect([ratifies(act, emergency), ratifies(emergency, act)]).toEqual([true, false]);
  });

  it.each(['ratification_mismatch', 'seal_signature'])('has a sentence in both languages for %s', (code) => {
    expect(Object.values(ratificationSentence(code))).not.toContain(code);
  });
});
