import { type Digest, isDigest } from '#domain/identifiers';
import type { EvidenceCrypto } from '#evidence/crypto';
import { appendLeaf, emptyFrontier, type Frontier, rootOfFrontier } from '#evidence/merkle-tree';
import { gapName } from './audit-chains.js';
import { type Ask, batchesOf } from './batches.js';
import type { FaultList } from './fault-list.js';

type Sha256 = Pick<EvidenceCrypto, 'sha256'>;

interface LeafRow {
  readonly index: number;
  readonly hash: string;
}

interface NodeRow extends LeafRow {
  readonly level: number;
}

/** How often a leaf's hash stands in the log, and subtrees that are of no leaves, beyond a tree of this size. */
const DOUBLED = 'SELECT max(index) AS index FROM ledger.log_leaf GROUP BY hash HAVING count(*) > 1 LIMIT 5000';
const BEYOND = `SELECT level, index FROM ledger.log_node
  WHERE CASE WHEN level NOT BETWEEN 1 AND 31 OR index < 0 THEN true
             ELSE (index::bigint + 1) * (1::bigint << level) > $1 END LIMIT 5000`;
/** Subtrees within spans of levels, by the table's own key. */
const WITHIN = `SELECT n.level, n.index, n.hash FROM unnest($1::int[], $2::int[], $3::int[]) AS span (level, low, high)
  JOIN ledger.log_node n ON n.level = span.level AND n.index >= span.low AND n.index < span.high`;

/** The tree the leaves that are there make, up to the first gap: grown leaf by leaf, and held against the subtrees that are stored. */
export interface GrownTree {
  /** Leaves up to the first gap. */
  readonly size: number;
  /** One more than the last index, whatever is missing before. */
  readonly end: number;
}

/**
 * Grows the tree and names every fault in leaves and subtrees. `onSize` is told each size the tree passes through, 0 first, with how to have its
 * root: only those that are asked for are computed.
 */
export async function auditTree(
  ask: Ask,
  crypto: Sha256,
  faults: FaultList,
  onSize: (size: number, root: () => Digest) => void | Promise<void>,
): Promise<GrownTree> {
  let frontier: Frontier = emptyFrontier;
  let end = 0;
  const tell = (): void | Promise<void> => onSize(frontier.size, () => rootOfFrontier(frontier, crypto));
  await tell();
  const select = 'SELECT index, hash FROM ledger.log_leaf ORDER BY index';
  for await (const batch of batchesOf<LeafRow>(ask, 'leaves', select)) {
    const from = frontier.size;
    const expected = new Map<string, Digest>();
    for (const { index, hash } of batch) {
      if (index > end) faults.add('leaf_missing', 'ledger', gapName(end, index - 1));
      if (index < end) faults.add('leaf_doubled', 'ledger', `${index}`);
      end = Math.max(end, index + 1);
      if (index !== frontier.size || !isDigest(hash)) continue;
      const { completed, ...next } = appendLeaf(frontier, hash, crypto);
      for (const node of completed) if (node.level > 0) expected.set(nodeName(node), node.hash);
      frontier = next;
      await tell();
    }
    await compareNodes(ask, { from, to: frontier.size }, expected, faults);
  }
  for (const { index } of await ask<LeafRow>(DOUBLED)) faults.add('leaf_doubled', 'ledger', `${index}`);
  for (const node of await ask<NodeRow>(BEYOND, [frontier.size])) faults.add('node_inserted', 'ledger', nodeName(node));
  return { size: frontier.size, end };
}

const nodeName = ({ level, index }: Pick<NodeRow, 'level' | 'index'>): string => `${level}/${index}`;

/** Subtrees completed while the tree grew from one size to another, as they should be and as they are stored. */
async function compareNodes(
  ask: Ask,
  { from, to }: { readonly from: number; readonly to: number },
  expected: ReadonlyMap<string, Digest>,
  faults: FaultList,
): Promise<void> {
  const levels = Array.from({ length: 31 }, (_, at) => at + 1).filter((level) => 2 ** level <= to);
  if (levels.length === 0 || from === to) return;
  const at = (size: number): number[] => levels.map((level) => Math.floor(size / 2 ** level));
  const stored = await ask<NodeRow>(WITHIN, [levels, at(from), at(to)]);
  const found = new Map(stored.map((node) => [nodeName(node), node.hash]));
  for (const [name, hash] of expected) {
    const is = found.get(name);
    if (is === undefined) faults.add('node_missing', 'ledger', name);
    else if (is !== hash) faults.add('node_altered', 'ledger', name);
  }
}
