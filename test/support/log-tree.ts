import { type Digest, digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import { toBase64 } from '#evidence/base64';
import { signedCheckpoint } from '#evidence/checkpoint';
import { appendLeaf, emptyFrontier, type Frontier, type NodeReader, rootOf } from '#evidence/merkle-tree';
import { nodeCrypto } from '#evidence/node-crypto';
import type { FirstTrust } from '#evidence/trust';
import { logOf } from '../../apps/ledger/src/log-ports.js';
import { id, trust as withoutLog } from './bundle-builder.js';
import { logSigner } from './log-builder.js';

/** The log of these tests. */
export const testLog = logOf(logSigner);

/** The anchors of the bundles' story, with this log. */
export const trustWithLog: FirstTrust = {
  ...withoutLog,
  services: { ...withoutLog.services, ledger: toBase64(logSigner.publicKey.bytes) },
};

/** Every full subtree over these leaves. */
export function nodesOver(leaves: readonly Digest[]): NodeReader {
  const nodes = new Map<string, Digest>();
  let frontier: Frontier = emptyFrontier;
  for (const leaf of leaves) {
    const { completed, ...next } = appendLeaf(frontier, leaf, nodeCrypto);
    for (const { level, index, hash } of completed) nodes.set(`${level}/${index}`, hash);
    frontier = next;
  }
  return (level, index) => {
    const hash = nodes.get(`${level}/${index}`);
    if (hash === undefined) throw new RangeError(`no subtree ${index} at level ${level}`);
    return hash;
  };
}

/** A leaf nobody knows the entry of. */
export const strangeLeaf = (n: number): Digest => digest(n.toString(16).padStart(64, '0'));

/** A signed head over these leaves. */
export function noteOver(leaves: readonly Digest[], epoch: string = id(8)): string {
  const root = rootOf(leaves, nodeCrypto);
  const at = instant('2026-01-20T01:01:00.000Z');
  const checkpoint = { origin: testLog.origin, size: leaves.length, root, at, epoch, extensions: [] };
  return signedCheckpoint(checkpoint, testLog, (bytes) => logSigner.sign(bytes), nodeCrypto);
}
