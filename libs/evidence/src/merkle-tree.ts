import { type Digest, isDigest } from '#domain/identifiers';
import type { EvidenceCrypto } from './crypto.js';

type Sha256 = Pick<EvidenceCrypto, 'sha256'>;

const half = (n: number): number => Math.floor(n / 2);

/** Address of a full subtree: it spans the 2^level leaves from index · 2^level on. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** Hash of a full subtree, by its address; level 0 are the leaf hashes. A tree that stores these proves in O(log n) reads. */
export type NodeReader = (level: number, index: number) => Digest;

/** All that is needed to go on growing a tree: its size and the roots of its full subtrees, largest first. */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Digest[];
}

/** The frontier after one more leaf, and the full subtrees that leaf completed, itself first: what a store must keep. */
export interface Appended extends Frontier {
  readonly completed: readonly (TreeNode & { readonly hash: Digest })[];
}

/** The hashes of a proof, lowest first, as they came from outside. */
type Proof = readonly string[];

/** The leaves from `begin` up to, not including, `end`. */
type Span = readonly [begin: number, end: number];

const HASH_BYTES = 32;
/** One byte before the data, so that no leaf passes for a node. Source: RFC 6962 §2.1. */
const LEAF = 0x00;
const NODE = 0x01;

/** The tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, peaks: [] };

/** Hash of one leaf: SHA-256 of 0x00 and the data. Source: RFC 6962 §2.1. */
export function leafHash(data: Uint8Array, crypto: Sha256): Digest {
  const bytes = new Uint8Array(1 + data.byteLength);
  bytes[0] = LEAF;
  bytes.set(data, 1);
  return crypto.sha256(bytes);
}

/** Hash of an inner node: SHA-256 of 0x01 and both children. Source: RFC 6962 §2.1. */
function nodeHash(left: Digest, right: Digest, crypto: Sha256): Digest {
  const bytes = new Uint8Array(1 + 2 * HASH_BYTES);
  bytes[0] = NODE;
  const hex = left + right;
  for (let at = 0; at < hex.length; at += 2) bytes[1 + at / 2] = Number.parseInt(hex.slice(at, at + 2), 16);
  return crypto.sha256(bytes);
}

/** Adds a leaf by its hash. */
export function appendLeaf({ size, peaks }: Frontier, leaf: Digest, crypto: Sha256): Appended {
  const rest = [...peaks];
  const completed = [{ level: 0, index: size, hash: leaf }];
  let hash = leaf;
  // As in binary counting: each trailing one of the size is a full subtree that the new one completes to its double.
  for (let index = size, level = 1; index % 2 === 1; level += 1) {
    index = (index - 1) / 2;
    hash = nodeHash(rest.pop()!, hash, crypto);
    completed.push({ level, index, hash });
  }
  return { size: size + 1, peaks: [...rest, hash], completed };
}

/** Root of the tree so far; of no leaves, SHA-256 of nothing. Source: RFC 6962 §2.1. */
export function rootOfFrontier({ peaks }: Frontier, crypto: Sha256): Digest {
  return peaks.length === 0 ? crypto.sha256(new Uint8Array()) : rootOfPeaks(peaks, crypto);
}

function rootOfPeaks(peaks: readonly Digest[], crypto: Sha256): Digest {
  return peaks.reduceRight((right, left) => nodeHash(left, right, crypto));
}

/** Root over these leaf hashes, in order. */
export function rootOf(leaves: readonly Digest[], crypto: Sha256): Digest {
  const grown = leaves.reduce<Frontier>((frontier, leaf) => appendLeaf(frontier, leaf, crypto), emptyFrontier);
  return rootOfFrontier(grown, crypto);
}

/**
 * What stands beside the way from the root down to leaf `last`, as spans, lowest first: PATH of RFC 9162 §2.1.3.1. When
 * `older` is wanted, SUBPROOF of §2.1.4.1: the way ends at the subtree that ends with `last`, itself named unless it
 * begins the tree, for then the verifier knows its root.
 */
function beside(last: number, [begin, end]: Span, older: boolean): Span[] {
  if (older && last === end - 1) return begin === 0 ? [] : [[begin, end]];
  if (end - begin === 1) return [];
  let left = 1;
  while (2 * left < end - begin) left *= 2;
  const middle = begin + left;
  return last < middle
    ? [...beside(last, [begin, middle], older), [middle, end]]
    : [...beside(last, [middle, end], older), [begin, middle]];
}

/** The full subtrees a span falls into, largest first. */
function nodesOf([begin, end]: Span): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = begin; at < end;) {
    let level = 0;
    while (at + 2 ** (level + 1) <= end) level += 1;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** Where the roots of a tree's full subtrees stand, largest first. */
export const nodesOfFrontier = (size: number): TreeNode[] => nodesOf([0, size]);

/** The frontier of a stored tree: what `appendLeaf` goes on from. */
export function frontierOf(size: number, read: NodeReader): Frontier {
  return { size, peaks: nodesOfFrontier(size).map(({ level, index }) => read(level, index)) };
}

/** True for a part of a tree of `size` leaves. */
const fits = (part: number, size: number): boolean =>
  Number.isSafeInteger(part) && Number.isSafeInteger(size) && part >= 0 && part <= size;

function spansToInclude(leaf: number, size: number): Span[] {
  if (!fits(leaf + 1, size) || leaf < 0) throw new RangeError(`no leaf ${leaf} in a tree of ${size}`);
  return beside(leaf, [0, size], false);
}

function spansToConnect(older: number, newer: number): Span[] {
  if (!fits(older, newer)) throw new RangeError(`no tree of ${older} within a tree of ${newer}`);
  return older === 0 ? [] : beside(older - 1, [0, newer], true);
}

function hashes(spans: readonly Span[], read: NodeReader, crypto: Sha256): Digest[] {
  const peaksOf = (span: Span): Digest[] => nodesOf(span).map(({ level, index }) => read(level, index));
  return spans.map((span) => rootOfPeaks(peaksOf(span), crypto));
}

/** Which stored nodes `inclusionProof` will read, so that they can be fetched at once. */
export const nodesForInclusion = (leaf: number, size: number): TreeNode[] =>
  spansToInclude(leaf, size).flatMap(nodesOf);

/** Which stored nodes `consistencyProof` will read. */
export const nodesForConsistency = (older: number, newer: number): TreeNode[] =>
  spansToConnect(older, newer).flatMap(nodesOf);

/** Proves leaf number `leaf` (from 0) in the tree of `size`. RangeError when there is none. Source: RFC 9162 §2.1.3.1. */
export function inclusionProof(leaf: number, size: number, read: NodeReader, crypto: Sha256): Digest[] {
  return hashes(spansToInclude(leaf, size), read, crypto);
}

/** Proves that the tree of `older` leaves begins that of `newer`. RangeError when it cannot. Source: RFC 9162 §2.1.4.1. */
export function consistencyProof(older: number, newer: number, read: NodeReader, crypto: Sha256): Digest[] {
  return hashes(spansToConnect(older, newer), read, crypto);
}

/** One tree as a size and a root: what a checkpoint states. */
export interface TreeHead {
  readonly size: number;
  readonly root: string;
}

/** Whether the proof leads from this leaf hash to the root. False for anything unusable. Source: RFC 9162 §2.1.3.2. */
export function includes(head: TreeHead, leaf: number, hash: string, proof: Proof, crypto: Sha256): boolean {
  if (!fits(leaf + 1, head.size) || leaf < 0) return false;
  return climb(leaf, head.size - 1, [hash, ...proof], crypto)?.[1] === head.root;
}

/**
 * Whether the proof shows the older tree to be the beginning of the newer one; the empty tree begins every tree.
 * False, never an exception, for anything unusable. Source: RFC 9162 §2.1.4.2.
 */
export function isConsistent(older: TreeHead, newer: TreeHead, proof: Proof, crypto: Sha256): boolean {
  if (!fits(older.size, newer.size)) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root === newer.root;
  if (older.size === 0) return proof.length === 0 && older.root === rootOf([], crypto);
  let [from, to] = [older.size - 1, newer.size - 1];
  while (from % 2 === 1) [from, to] = [half(from), half(to)];
  // A full older tree is itself the first node of the way up, and the proof leaves it out.
  const roots = climb(from, to, from === 0 ? [older.root, ...proof] : proof, crypto);
  return roots?.[0] === older.root && roots[1] === newer.root;
}

/**
 * Walks from the first hash up over the others; answers the older root, which takes only what stands left of the way, and
 * the newer. Undefined when the proof is too short or long. Source: RFC 9162 §2.1.3.2, §2.1.4.2.
 */
function climb(from: number, to: number, [start = '', ...proof]: Proof, crypto: Sha256): Digest[] | undefined {
  if (!isDigest(start)) return undefined;
  let [older, newer] = [start, start];
  for (const hash of proof) {
    if (to === 0 || !isDigest(hash)) return undefined;
    if (from % 2 === 1 || from === to) {
      older = nodeHash(hash, older, crypto);
      newer = nodeHash(hash, newer, crypto);
      while (from % 2 === 0 && from !== 0) [from, to] = [half(from), half(to)];
    } else newer = nodeHash(newer, hash, crypto);
    [from, to] = [half(from), half(to)];
  }
  return to === 0 ? [older, newer] : undefined;
}
