import { describe, expect, it } from '@jest/globals';
import { digest } from '#domain/identifiers';
import { buildBundle, trust as trustWithoutLog } from '../../../test/support/bundle-builder.js';
import { inclusionFile, inclusionOf, sealEntry } from '../../../test/support/log-builder.js';
import { strangeLeaf, trustWithLog } from '../../../test/support/log-tree.js';
import { canonicalBytes } from './canonical.js';
import { isDefect } from './defect.js';
import { type Inclusion, proveInclusion } from './inclusion.js';
import { inclusionBytes, type InclusionProofs, readInclusionProofs } from './inclusion-proofs.js';
import { nodeCrypto } from './node-crypto.js';

const bundle = buildBundle().bytes;
const place = { index: 4, size: 11 };
const good = inclusionFile(bundle, place);
const parsed = inclusionOf(sealEntry(bundle), place);
const verdict = (bytes: Uint8Array, trust = trustWithLog): unknown => {
  const proved = proveInclusion(bytes, bundle, trust, nodeCrypto);
  return isDefect(proved) ? proved.defect : proved.position;
};
const changed = (over: Partial<Inclusion>): Uint8Array => canonicalBytes({ ...parsed, ...over });

describe('an inclusion', () => {
  it.each([0, 1, 5, 10])('proves leaf %i, and the only one of a log of one', (index) => {
    expect(verdict(inclusionFile(bundle, { index, size: 11 }))).toBe(index);
    expect(verdict(inclusionFile(bundle, { index: 0, size: 1 }))).toBe(0);
  });

  it.each<[string, Uint8Array, string]>([
    ['at another place', changed({ index: 5 }), 'inclusion_proof'],
    ['beyond the log', changed({ index: 11 }), 'inclusion_proof'],
    ['with a step less', changed({ proof: parsed.proof.slice(1) }), 'inclusion_proof'],
    ['with a step more', changed({ proof: [...parsed.proof, strangeLeaf(1)] }), 'inclusion_proof'],
    ['with another step', changed({ proof: parsed.proof.with(0, strangeLeaf(99)) }), 'inclusion_proof'],
    [
      'with a head made larger',
      changed({ checkpoint: parsed.checkpoint.replace('\n11\n', '\n12\n') }),
      'inclusion_checkpoint',
    ],
    [
      'of another bundle',
      canonicalBytes(inclusionOf(sealEntry(bundle, { digests: { bundle: digest('1'.repeat(64)) } }), place)),
      'inclusion_other',
    ],
    [
      'of a refused act',
      canonicalBytes(inclusionOf(sealEntry(bundle, { outcome: 'not_allowed' }), place)),
      'inclusion_other',
    ],
  ])('%s is refused', (_what, bytes, defect) => expect(verdict(bytes)).toBe(defect));

  it('proves nothing under anchors without a log', () => {
    expect(verdict(good, trustWithoutLog)).toBe('inclusion_checkpoint');
  });

  it('with any one byte altered is refused', () => {
    for (let at = 0; at < good.byteLength; at += 1) {
      const altered = Uint8Array.from(good);
      altered[at]! ^= 1;
      expect(typeof verdict(altered)).toBe('string');
    }
  });
});

describe('a document of proofs', () => {
  const document: InclusionProofs = {
    schema: 'sunward.inclusion-proofs/1',
    checkpoint: parsed.checkpoint,
    proofs: [{ leaf: strangeLeaf(1), index: 1, proof: [] }],
  };

  it('is read back as it was written', () => {
    expect(readInclusionProofs(canonicalBytes(document))).toEqual(document);
  });

  it.each([
    ['no JSON', new Uint8Array([123])],
    ['another schema', canonicalBytes({ ...document, schema: 'x' })],
    ['a leaf that is no digest', canonicalBytes({ ...document, proofs: [{ leaf: 'x', index: 1, proof: [] }] })],
  ])('is not read from %s', (_what, bytes) => expect(isDefect(readInclusionProofs(bytes))).toBe(true));

  it('gives each entry a file of its own', () => {
    const { entry, index, proof, checkpoint } = parsed;
    expect(inclusionBytes(Buffer.from(entry, 'base64'), { index, proof, checkpoint })).toEqual(good);
  });
});
