import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { renderReportPage } from '../pages/report.page.js';
import type { RenderedAhead } from './rendered-ahead.js';
import { findPageDefect } from './page-figures.js';
import { type ProofGround, proveBundle, type ProvenPublication } from './publication-proof.js';

/** One public file. */
export interface PageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** The files of one public address. `digest` is the SHA-256 of `manifest`, which names every file with its digest and size. */
export interface PageTree {
  readonly digest: string;
  readonly manifest: Uint8Array;
  readonly files: readonly PageFile[];
}

/** Names of the files of every tree, in manifest order. */
export const TREE_FILES = ['evidence.json', 'index.html', 'report.json'] as const;

/** The public files of a proven publication: a pure function of the bundle and the site's origin. */
export function treeOf(proven: ProvenPublication, { trust, crypto }: ProofGround, ahead: RenderedAhead): PageTree {
  const { seal, edition, reportBytes, evidenceBytes } = proven;
  const fact = (bytes: Uint8Array): { digest: string; sizeBytes: number } => ({
    digest: crypto.sha256(bytes),
    sizeBytes: bytes.byteLength,
  });
  const page = renderReportPage(
    edition,
    {
      signedAt: seal.at,
      publishedAt: seal.notBefore !== null && seal.notBefore > seal.at ? seal.notBefore : seal.at,
      site: trust.site,
      report: fact(reportBytes),
      evidence: fact(evidenceBytes),
    },
    ahead.textOf(edition, seal.content),
  );
  const bytesOf = { 'evidence.json': evidenceBytes, 'index.html': page, 'report.json': reportBytes };
  const files = TREE_FILES.map((name) => ({ name, bytes: bytesOf[name], digest: crypto.sha256(bytesOf[name]) }));
  const manifest = manifestOf(files);
  return { digest: crypto.sha256(manifest), manifest, files };
}

/** Why files read from the disk may not be shown: `bytes_differ` when they are not the ones their tree names, else a defect of the proof. */
export type TreeDefect = Defect & { readonly kind: 'bytes_differ' | 'not_proved' };

/** Tells a tree defect from a proof. */
export function isTreeDefect(value: ProvenPublication | TreeDefect): value is TreeDefect {
  return 'defect' in value;
}

/**
 * Proves a tree that was read back, from its bytes alone: manifest and files have their digests, the bundle verifies, `report.json` is
 * what was signed, and the page shows the figures of it.
 */
export function proveTree(tree: PageTree, ground: ProofGround): ProvenPublication | TreeDefect {
  const wrong = findBytesDefect(tree, ground.crypto);
  if (wrong !== null) return wrong;
  const [evidence, page, report] = tree.files;
  if (evidence === undefined || page === undefined || report === undefined)
    return notProved(defect('tree_incomplete', tree.digest, `needs ${TREE_FILES.join(', ')}`));
  const proven = proveBundle(evidence.bytes, ground);
  if (isDefect(proven)) return notProved(proven);
  if (report.digest !== proven.seal.content)
    return notProved(defect('content_digest', 'report.json', `signed was ${proven.seal.content}`));
  const pageDefect = findPageDefect(new TextDecoder().decode(page.bytes), proven.edition.report);
  if (pageDefect !== null)
    return notProved(defect(pageDefect.code, pageDefect.where, `${pageDefect.expected} / ${pageDefect.found}`));
  return proven;
}

function notProved(found: Defect): TreeDefect {
  return { kind: 'not_proved', ...found };
}

/** The first file of a tree whose bytes are not the ones its digest names, or null. */
export function findBytesDefect(tree: PageTree, crypto: EvidenceCrypto): TreeDefect | null {
  const differs = (where: string): TreeDefect => ({
    kind: 'bytes_differ',
    ...defect('bytes_differ', where, tree.digest),
  });
  if (crypto.sha256(tree.manifest) !== tree.digest) return differs('manifest.json');
  const named = manifestEntries(tree.manifest);
  const file = TREE_FILES.find((name, index) => {
    const [stored, entry] = [tree.files[index], named[index]];
    return stored?.name !== name || entry?.name !== name || crypto.sha256(stored.bytes) !== entry.digest;
  });
  if (file !== undefined) return differs(file);
  return named.length === TREE_FILES.length ? null : differs('manifest.json');
}

interface ManifestEntry {
  readonly name: string;
  readonly digest: string;
  readonly sizeBytes: number;
}

function manifestOf(files: readonly PageFile[]): Uint8Array {
  const entries: ManifestEntry[] = files.map(({ name, digest, bytes }) => ({
    name,
    digest,
    sizeBytes: bytes.byteLength,
  }));
  return canonicalBytes({ schema: 'sunward.tree/1', files: entries });
}

// Only called on bytes whose digest is the tree's name, so they are what `manifestOf` wrote.
function manifestEntries(manifest: Uint8Array): readonly ManifestEntry[] {
  const { files } = parseCanonical(manifest) as { readonly files?: readonly ManifestEntry[] };
  return files ?? [];
}
