import type { EvidenceCrypto } from '#evidence/crypto';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { trustUnretired } from '#evidence/key-validity';
import { ratifies } from '#evidence/ratification';
import { withholdContent } from '#evidence/withheld-bundle';
import { isShowing } from '../domain/public-pointer.js';
import { effectiveAt } from '../pages/date-in-china.js';
import { renderReportPage } from '../pages/report.page.js';
import { renderWithdrawnPage } from '../pages/withdrawn.page.js';
import { type FactsGround, factsOf, type Standing } from './facts-of.js';
import { type FileName, filesNamed, manifestEntries, manifestOf, type PageFile, sortedFiles } from './page-manifest.js';
import type { RenderedAhead } from './rendered-ahead.js';
import { findFilesDefect, findPageDefect, findToldDefect, type PageDefect, type Told } from './page-figures.js';
import { readPage, type ReadPage, stylesOf } from './page-reading.js';
import {
  type ProofGround,
  proveBundle,
  type ProvenPublication,
  type ProvenWithdrawal,
  proveWithdrawal,
} from './publication-proof.js';

/** The files of one public address. `digest` is the SHA-256 of `manifest`, which names every file with its digest and size. */
export interface PageTree {
  readonly digest: string;
  readonly manifest: Uint8Array;
  readonly files: readonly PageFile[];
}

/** A first edition nothing has happened to. */
export const UNCHANGED: Standing = { newer: null, firstPublishedAt: null, ratification: null };

/** The public files of a proven publication: a pure function of the bundles, the site's origin and the files made of the signed bytes. */
export function treeOf(
  proven: ProvenPublication,
  ground: FactsGround,
  ahead: RenderedAhead,
  standing: Standing = UNCHANGED,
  derived: readonly PageFile[] = [],
): PageTree {
  const { seal, edition, reportBytes, evidenceBytes } = proven;
  const { ratification } = standing;
  const page = renderReportPage(
    edition,
    factsOf(proven, ground, standing, derived),
    ahead.textOf(edition, seal.content),
  );
  const ratified = ratification === null ? {} : { 'ratification.json': ratification.evidenceBytes };
  return treeFrom(
    { 'evidence.json': evidenceBytes, 'index.html': page, ...ratified, 'report.json': reportBytes },
    ground.crypto,
    derived,
  );
}

/** The public files in place of a withdrawn edition: that it was withdrawn, and the evidence of that without the text. */
export function withdrawalTreeOf(
  { seal, edition, notice, evidenceBytes }: ProvenPublication,
  { crypto }: ProofGround,
): PageTree {
  if (notice === null) throw new Error('a proven withdrawal has a notice');
  const { organ, year } = edition;
  const page = renderWithdrawnPage({ organ, year, notice, withdrawnAt: effectiveAt(seal) });
  return treeFrom({ 'index.html': page, 'withdrawal.json': withholdContent(evidenceBytes, crypto) }, crypto);
}

function treeFrom(
  bytesOf: Partial<Record<FileName, Uint8Array>>,
  crypto: ProofGround['crypto'],
  derived: readonly PageFile[] = [],
): PageTree {
  const own = Object.entries(bytesOf).map(([name, bytes]) => ({ name, bytes, digest: crypto.sha256(bytes) }));
  const files = sortedFiles([...own, ...derived]);
  const manifest = manifestOf(files);
  return { digest: crypto.sha256(manifest), manifest, files };
}

/** Why files read from the disk may not be shown: `bytes_differ` when they are not the ones their tree names, else a defect of the proof. */
export type TreeDefect = Defect & { readonly kind: 'bytes_differ' | 'not_proved' };

/** Tells a tree defect from a proof. */
export function isTreeDefect(value: ProvenTree | TreeDefect): value is TreeDefect {
  return 'defect' in value;
}

/** What files on a disk are checked against. `placeOf`: the proof of a bundle's place in the log, where there is one. */
export interface TreeGround extends ProofGround {
  readonly placeOf: (evidence: Uint8Array) => Uint8Array | undefined;
}

/** What the files of a tree prove: an edition (ratified, when it was), or that one was withdrawn. `styles`: those of its page. */
export type ProvenTree = ProvenAct & { readonly styles: readonly string[] };

type ProvenAct =
  | { readonly shows: 'edition'; readonly proven: ProvenPublication; readonly ratification: ProvenPublication | null }
  | { readonly shows: 'withdrawal'; readonly withdrawal: ProvenWithdrawal };

/**
 * Proves a tree that was read back, from its bytes alone: manifest and files have their digests, the bundle verifies, `report.json` is
 * what was signed, and the page shows the figures of it, the notice that was signed, and the mark of an emergency.
 */
export function proveTree(tree: PageTree, ground: TreeGround): ProvenTree | TreeDefect {
  const wrong = findBytesDefect(tree, ground.crypto);
  if (wrong !== null) return wrong;
  const bytesOf = (name: FileName): Uint8Array | undefined => tree.files.find((file) => file.name === name)?.bytes;
  const page = readPage(bytesOf('index.html'));
  const withheld = bytesOf('withdrawal.json');
  const found = withheld === undefined ? proveEdition(bytesOf, page, ground) : proveWithdrawn(withheld, page, ground);
  if (isDefect(found)) return notProved(found);
  const misnamed = findFilesDefect(page, tree.files);
  return misnamed === null ? { ...found, styles: stylesOf(page) } : notProved(pageDefect(misnamed));
}

function proveWithdrawn(withheld: Uint8Array, page: ReadPage, ground: ProofGround): ProvenAct | Defect {
  // The entry of the log names the bundle with its text, which is gone: a key retired since may have sealed it.
  const withdrawal = proveWithdrawal(withheld, { ...ground, trust: trustUnretired(ground.trust) });
  if (isDefect(withdrawal)) return withdrawal;
  const told = findToldDefect(page, { notice: withdrawal.notice, marks: ['withdrawn'] });
  return told === null ? { shows: 'withdrawal', withdrawal } : pageDefect(told);
}

function proveEdition(
  bytesOf: (name: FileName) => Uint8Array | undefined,
  page: ReadPage,
  ground: TreeGround,
): ProvenAct | Defect {
  const [evidence, report, ratifying] = [
    bytesOf('evidence.json'),
    bytesOf('report.json'),
    bytesOf('ratification.json'),
  ];
  if (evidence === undefined || report === undefined)
    return defect('tree_incomplete', 'manifest.json', 'files are missing');
  const proven = proveBundle(evidence, ground, ground.placeOf(evidence));
  if (isDefect(proven)) return proven;
  if (!isShowing(proven.seal.kind)) return defect('kind_mismatch', 'evidence.json', `a case to ${proven.seal.kind}`);
  if (ground.crypto.sha256(report) !== proven.seal.content)
    return defect('content_digest', 'report.json', `signed was ${proven.seal.content}`);
  const ratification = ratifying === undefined ? null : proveRatification(ratifying, proven, ground);
  if (isDefect(ratification)) return ratification;
  const wrong = findPageDefect(page, proven.edition.report) ?? findToldDefect(page, toldOf(proven, ratification));
  return wrong === null ? { shows: 'edition', proven, ratification } : pageDefect(wrong);
}

/** The confirmation of exactly this emergency. */
function proveRatification(
  bytes: Uint8Array,
  { seal }: ProvenPublication,
  ground: TreeGround,
): ProvenPublication | Defect {
  const ratification = proveBundle(bytes, ground, ground.placeOf(bytes));
  if (isDefect(ratification)) return ratification;
  return ratifies(ratification.seal, seal)
    ? ratification
    : defect('ratification_mismatch', 'ratification.json', 'not a ratification of this edition');
}

/** What a page has to tell of its edition. */
export function toldOf({ seal, notice }: ProvenPublication, ratification: ProvenPublication | null): Told {
  if (seal.kind !== 'emergency') return { notice, marks: [] };
  return { notice, marks: [ratification === null ? 'emergency' : 'ratified'] };
}

const pageDefect = ({ code, where, expected, found }: PageDefect): Defect =>
  defect(code, where, `${expected} / ${found}`);

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
  const named = filesNamed(tree.manifest);
  if (named === undefined || named.length !== tree.files.length) return differs('manifest.json');
  const entries = manifestEntries(tree.manifest);
  const file = named.find((name, index) => {
    const [stored, entry] = [tree.files[index], entries[index]];
    return stored?.name !== name || entry?.name !== name || crypto.sha256(stored.bytes) !== entry.digest;
  });
  return file === undefined ? null : differs(file);
}
