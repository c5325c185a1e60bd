import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Digest, digest } from '#domain/identifiers';
import {
  appendLeaf,
  consistencyProof,
  emptyFrontier,
  type Frontier,
  includes,
  inclusionProof,
  isConsistent,
  leafHash,
  nodesForConsistency,
  nodesForInclusion,
  type NodeReader,
  rootOf,
  rootOfFrontier,
} from './merkle-tree.js';
import { nodeCrypto } from './node-crypto.js';

const MOST = 300;

/** Leaf data, roots of sizes 1–8 and proofs of the reference tree. Source: google/certificate-transparency, merkle_tree_test.cc. */
const DATA = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const INCLUSION: readonly [leaf: number, size: number, proof: string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const CONSISTENCY: readonly [older: number, newer: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    3,
    8,
    [
      '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7',
      '07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

/** The definitions of RFC 6962 §2.1 word for word: MTH, PATH and SUBPROOF, over leaf hashes. */
const sha = (...parts: Uint8Array[]): Digest => nodeCrypto.sha256(Buffer.concat(parts));
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const power = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);
const mth = (d: readonly Digest[]): Digest => {
  if (d.length === 0) return sha();
  if (d.length === 1) return d[0]!;
  const k = power(d.length);
  return sha(hex('01'), hex(mth(d.slice(0, k))), hex(mth(d.slice(k))));
};
const path = (m: number, d: readonly Digest[]): Digest[] => {
  if (d.length === 1) return [];
  const k = power(d.length);
  const [left, right] = [d.slice(0, k), d.slice(k)];
  return m < k ? [...path(m, left), mth(right)] : [...path(m - k, right), mth(left)];
};
const subproof = (m: number, d: readonly Digest[], b: boolean): Digest[] => {
  if (m === d.length) return b ? [] : [mth(d)];
  const k = power(d.length);
  const [left, right] = [d.slice(0, k), d.slice(k)];
  return m <= k ? [...subproof(m, left, b), mth(right)] : [...subproof(m - k, right, false), mth(left)];
};

/** Trees of 0 to MOST leaves, grown leaf by leaf into a store of full subtrees. */
const leaves = Array.from({ length: MOST }, (_, n) => leafHash(Buffer.from(`leaf ${n}`), nodeCrypto));
const stored = new Map<string, Digest>();
const frontiers: Frontier[] = [emptyFrontier];
for (const leaf of leaves) {
  const appended = appendLeaf(frontiers.at(-1)!, leaf, nodeCrypto);
  for (const { level, index, hash } of appended.completed) stored.set(`${level}/${index}`, hash);
  frontiers.push(appended);
}
const read: NodeReader = (level, index) => {
  const hash = stored.get(`${level}/${index}`);
  if (hash === undefined) throw new Error(`node ${level}/${index} is no full subtree`);
  return hash;
};
const rootAt = (size: number): Digest => rootOfFrontier(frontiers[size]!, nodeCrypto);
const headAt = (size: number): { size: number; root: Digest } => ({ size, root: rootAt(size) });

const anyTree = fc.integer({ min: 1, max: MOST }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));
const anyPair = fc.nat(MOST).chain((newer) => fc.tuple(fc.nat(newer), fc.constant(newer)));

/** Every proof that differs from this one in one byte, one hash too few, or one too many. */
function* spoiled(proof: readonly Digest[]): Generator<string[]> {
  for (const [at, hash] of proof.entries()) {
    for (let byte = 0; byte < hash.length; byte += 2) {
      const other = (Number.parseInt(hash.slice(byte, byte + 2), 16) ^ (1 + (byte % 255)))
        .toString(16)
        .padStart(2, '0');
      yield proof.with(at, digest(hash.slice(0, byte) + other + hash.slice(byte + 2)));
    }
    yield proof.with(at, hash.toUpperCase() as Digest);
    yield proof.toSpliced(at, 1);
    yield proof.toSpliced(at, 0, hash);
  }
  yield [...proof, rootAt(1)];
  yield [...proof, ''];
}

describe('the hash tree', () => {
  const reference = DATA.map((data) => leafHash(hex(data), nodeCrypto));

  it('has the roots of the reference tree', () => {
    expect(rootOf([], nodeCrypto)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(ROOTS.map((_, n) => rootOf(reference.slice(0, n + 1), nodeCrypto))).toEqual(ROOTS);
  });

  const readReference: NodeReader = (level, index) =>
    mth(reference.slice(index * 2 ** level, (index + 1) * 2 ** level));
  const reached = (size: number): { size: number; root: string } => ({ size, root: ROOTS[size - 1]! });

  it.each(INCLUSION)('proves leaf %i in %i as the reference does', (leaf, size, proof) => {
    expect(inclusionProof(leaf, size, readReference, nodeCrypto)).toEqual(proof);
    expect(includes(reached(size), leaf, reference[leaf]!, proof, nodeCrypto)).toBe(true);
  });

  it.each(CONSISTENCY)('proves that %i begins %i as the reference does', (older, newer, proof) => {
    expect(consistencyProof(older, newer, readReference, nodeCrypto)).toEqual(proof);
    expect(isConsistent(reached(older), reached(newer), proof, nodeCrypto)).toBe(true);
  });

  it('has the root of the definition at every size, and keeps exactly its full subtrees', () => {
    for (let size = 0; size <= MOST; size += 1)
      expect([size, rootAt(size)]).toEqual([size, mth(leaves.slice(0, size))]);
    for (const [key, hash] of stored) {
      const [level = 0, index = 0] = key.split('/').map(Number);
      expect([key, hash]).toEqual([key, mth(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))]);
    }
    let full = 0;
    for (let width = 1; width <= MOST; width *= 2) full += Math.floor(MOST / width);
    expect(stored.size).toBe(full);
  });
});

describe('an inclusion proof', () => {
  it('is that of the definition, from few reads, and holds for its leaf alone', () => {
    const rule = fc.property(anyTree, fc.nat(MOST - 1), ([size, leaf], other) => {
      const proof = inclusionProof(leaf, size, read, nodeCrypto);
      expect(proof).toEqual(path(leaf, leaves.slice(0, size)));
      expect(nodesForInclusion(leaf, size).length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size + 1)));
      expect(includes(headAt(size), leaf, leaves[leaf]!, proof, nodeCrypto)).toBe(true);
      expect(includes(headAt(size), leaf, leaves[other]!, proof, nodeCrypto)).toBe(other === leaf);
      if (other !== leaf) expect(includes(headAt(size), other, leaves[leaf]!, proof, nodeCrypto)).toBe(false);
    });
    fc.assert(rule, { numRuns: 300 });
  });

  it('holds for every leaf of every small tree', () => {
    for (let size = 1; size <= 40; size += 1)
      for (let leaf = 0; leaf < size; leaf += 1) {
        const proof = inclusionProof(leaf, size, read, nodeCrypto);
        expect([size, leaf, includes(headAt(size), leaf, leaves[leaf]!, proof, nodeCrypto)]).toEqual([
          size,
          leaf,
          true,
        ]);
      }
  });

  it('is refused with any byte altered, any hash missing or added', () => {
    const rule = fc.property(anyTree, ([size, leaf]) => {
      for (const proof of spoiled(inclusionProof(leaf, size, read, nodeCrypto)))
        expect(includes(headAt(size), leaf, leaves[leaf]!, proof, nodeCrypto)).toBe(false);
    });
    fc.assert(rule, { numRuns: 40 });
  }, 30_000);

  it('cannot be made or accepted for a leaf that is not there', () => {
    for (const [leaf, size] of [
      [0, 0],
      [-1, 5],
      [5, 5],
      [1.5, 5],
      [0, Number.NaN],
      [0, -1],
    ] as const) {
      expect(() => inclusionProof(leaf, size, read, nodeCrypto)).toThrow(RangeError);
      expect(includes({ size, root: leaves[0]! }, leaf, leaves[0]!, [], nodeCrypto)).toBe(false);
    }
    expect(includes({ size: 1, root: 'x' }, 0, 'x', [], nodeCrypto)).toBe(false);
  });
});

describe('a consistency proof', () => {
  it('is that of the definition, from few reads, and holds for its two trees alone', () => {
    const rule = fc.property(anyPair, fc.nat(MOST), ([older, newer], other) => {
      const proof = consistencyProof(older, newer, read, nodeCrypto);
      expect(proof).toEqual(older === 0 ? [] : subproof(older, leaves.slice(0, newer), true));
      expect(nodesForConsistency(older, newer).length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(newer + 2)));
      expect(isConsistent(headAt(older), headAt(newer), proof, nodeCrypto)).toBe(true);
      if (other !== older)
        expect(isConsistent({ size: older, root: rootAt(other) }, headAt(newer), proof, nodeCrypto)).toBe(false);
      // The empty tree begins every tree, whatever its root: nothing is left to compare.
      if (other !== newer && older > 0)
        expect(isConsistent(headAt(older), { size: newer, root: rootAt(other) }, proof, nodeCrypto)).toBe(false);
    });
    fc.assert(rule, { numRuns: 300 });
  });

  it('holds between all small trees', () => {
    for (let newer = 0; newer <= 40; newer += 1)
      for (let older = 0; older <= newer; older += 1) {
        const proof = consistencyProof(older, newer, read, nodeCrypto);
        expect([older, newer, isConsistent(headAt(older), headAt(newer), proof, nodeCrypto)]).toEqual([
          older,
          newer,
          true,
        ]);
      }
  });

  it('is refused with any byte altered, any hash missing or added', () => {
    const rule = fc.property(anyPair, ([older, newer]) => {
      for (const proof of spoiled(consistencyProof(older, newer, read, nodeCrypto)))
        expect(isConsistent(headAt(older), headAt(newer), proof, nodeCrypto)).toBe(false);
    });
    fc.assert(rule, { numRuns: 40 });
  }, 30_000);

  it('cannot be made or accepted for a tree that shrank or is none', () => {
    for (const [older, newer] of [
      [2, 1],
      [-1, 5],
      [1.5, 5],
      [1, Number.NaN],
    ] as const) {
      expect(() => consistencyProof(older, newer, read, nodeCrypto)).toThrow(RangeError);
      expect(isConsistent({ size: older, root: rootAt(1) }, { size: newer, root: rootAt(1) }, [], nodeCrypto)).toBe(
        false,
      );
    }
  });
});
