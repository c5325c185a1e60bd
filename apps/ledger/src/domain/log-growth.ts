import type { Digest } from '#domain/identifiers';
import type { EvidenceCrypto } from '#evidence/crypto';
import { appendLeaf, type Frontier, rootOfFrontier, type TreeNode } from '#evidence/merkle-tree';

/** A full subtree above the leaves, as it is stored. */
export type StoredNode = TreeNode & { readonly hash: Digest };

/** What a log becomes when leaves are added: their places, the subtrees they completed, and the new head. */
export interface Growth {
  readonly leaves: readonly { readonly index: number; readonly hash: Digest }[];
  readonly nodes: readonly StoredNode[];
  readonly size: number;
  readonly root: Digest;
}

/** Adds leaves in the order given. */
export function grow(from: Frontier, leaves: readonly Digest[], crypto: Pick<EvidenceCrypto, 'sha256'>): Growth {
  const nodes: StoredNode[] = [];
  let frontier = from;
  for (const leaf of leaves) {
    const { completed, ...next } = appendLeaf(frontier, leaf, crypto);
    nodes.push(...completed.filter(({ level }) => level > 0));
    frontier = next;
  }
  return {
    leaves: leaves.map((hash, at) => ({ index: from.size + at, hash })),
    nodes,
    size: frontier.size,
    root: rootOfFrontier(frontier, crypto),
  };
}
