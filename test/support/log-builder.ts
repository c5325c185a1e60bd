import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import { toBase64 } from '#evidence/base64';
import { canonicalBytes } from '#evidence/canonical';
import { signedCheckpoint } from '#evidence/checkpoint';
import type { Signer } from '#evidence/crypto';
import type { Inclusion } from '#evidence/inclusion';
import { entryBytes, type LedgerEntry } from '#evidence/ledger-entry';
import { appendLeaf, emptyFrontier, inclusionProof, leafHash, rootOfFrontier } from '#evidence/merkle-tree';
import { generateKeyPem, nodeCrypto, signerFromPem } from '#evidence/node-crypto';
import { id } from './bundle-builder.js';

const ORIGIN = 'sunward.test/log';

/** The log's own key, where a test names no other. */
export const logSigner: Signer = signerFromPem(generateKeyPem());

/** The entry by which a bundle was sealed, with whatever is to be different. */
export function sealEntry(bundle: Uint8Array, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    v: 1,
    seq: 1,
    prev: null,
    report: id(3),
    case: id(2),
    epoch: id(50),
    at: instant('2026-01-20T01:00:50.000Z'),
    actor: id(15),
    action: 'approval.sign',
    outcome: 'accepted',
    digests: { bundle: nodeCrypto.sha256(bundle) },
    requestId: id(60),
    ...changes,
  };
}

/** What a log of `size` entries says, in which `entry` stands at `index` and nothing of interest elsewhere. */
export function inclusionOf(
  entry: LedgerEntry,
  { index, size = index + 3, signer = logSigner }: { index: number; size?: number; signer?: Signer },
): Inclusion {
  const bytes = entryBytes(entry);
  const nodes = new Map<string, ReturnType<typeof digest>>();
  let frontier: Parameters<typeof rootOfFrontier>[0] = emptyFrontier;
  for (let at = 0; at < size; at += 1) {
    const leaf = at === index ? leafHash(bytes, nodeCrypto) : digest(String(at).padStart(64, '0'));
    const { completed, ...grown } = appendLeaf(frontier, leaf, nodeCrypto);
    for (const node of completed) nodes.set(`${node.level}/${node.index}`, node.hash);
    frontier = grown;
  }
  const read = (level: number, at: number): ReturnType<typeof digest> => nodes.get(`${level}/${at}`)!;
  const checkpoint = {
    origin: ORIGIN,
    size,
    root: rootOfFrontier(frontier, nodeCrypto),
    at: instant('2026-01-20T01:01:30.000Z'),
    epoch: id(50),
    extensions: [],
  };
  const key = { origin: ORIGIN, name: ORIGIN, publicKey: signer.publicKey.bytes };
  return {
    schema: 'sunward.inclusion/1',
    entry: toBase64(bytes),
    index,
    proof: inclusionProof(index, size, read, nodeCrypto),
    checkpoint: signedCheckpoint(checkpoint, key, (note) => signer.sign(note), nodeCrypto),
  };
}

/** The file that proves where a bundle was sealed. */
export function inclusionFile(bundle: Uint8Array, at: { index: number; size?: number; signer?: Signer }): Uint8Array {
  return canonicalBytes(inclusionOf(sealEntry(bundle), at));
}
