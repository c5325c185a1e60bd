import { LRUCache } from 'lru-cache';
import { isRefusal } from '#domain/decision';
import { fromBase64 } from '#evidence/base64';
import type { Bundle } from '#evidence/bundle';
import { parseCanonical } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import { proveInclusion } from '#evidence/inclusion';
import type { DirectoryDocument } from '#evidence/statements';
import { type EditionDocument, parseEdition } from '#report/edition';
import type { PublicNotice } from '#report/notice/public-notice';
import { effectiveAt } from '../pages/date-in-china.js';
import { onceForAll } from '../publish/once-for-all.js';
import {
  findBytesDefect,
  isTreeDefect,
  type PageTree,
  type ProvenTree,
  proveTree,
  type TreeDefect,
} from '../publish/page-tree.js';
import { isDerived } from '../publish/page-manifest.js';
import type { ProofGround } from '../publish/publication-proof.js';
import type { SiteAddress, SiteFolder, SiteLink } from './site-folder.js';

/** Files of an edition that proved themselves. `styleHashes`: SHA-256 in base64 of the page's style elements. */
export interface EditionPage extends Extract<ProvenTree, { shows: 'edition' }> {
  readonly tree: PageTree;
  readonly styleHashes: readonly string[];
}

/** Files that proved that an edition was withdrawn. */
export interface WithdrawalPage extends Extract<ProvenTree, { shows: 'withdrawal' }> {
  readonly tree: PageTree;
  readonly styleHashes: readonly string[];
}

/** Files that proved themselves and may be shown. */
export type ProvenPage = EditionPage | WithdrawalPage;

/** What stands at an address: nothing, files that prove themselves, or files that do not and must not be shown. */
export type Standing = ProvenPage | TreeDefect | undefined;

/** What is remembered of every tree that proved itself: where it belongs and what lists call it. */
export interface ProvenFacts extends Required<SiteAddress> {
  readonly shows: ProvenTree['shows'];
  readonly name: string;
  readonly title: string;
  /** What the public was told of it, and since when it is so. */
  readonly notice: PublicNotice | null;
  readonly isRatified: boolean;
  readonly at: string;
  /** SHA-256 of the signed bytes. */
  readonly content: string;
  /** Names of the files made of the signed bytes that stand beside the page. */
  readonly files: readonly string[];
}

/** Organs of the newest directory in proven evidence. `at`: when the directory was agreed. */
export interface KnownOrgans extends Pick<DirectoryDocument, 'version' | 'at'> {
  readonly names: ReadonlyMap<string, string>;
}

/** A signed report to quote or to count: its bytes, and what was proved of it. */
export interface SignedReport {
  readonly edition: EditionDocument;
  readonly bytes: Uint8Array;
  readonly facts: ProvenFacts;
}

const KEPT_PAGES = 200;

/**
 * Reads addresses and proves what they name before it is shown: a page reaches a reader only with every signature verified on exactly
 * the bytes sent. A tree's name is the digest of its bytes, so it is proved once; the link is read each time.
 */
export class ProvenPages {
  readonly #kept = new LRUCache<string, ProvenPage>({ max: KEPT_PAGES });
  readonly #facts = new Map<string, ProvenFacts>();
  readonly #read = onceForAll((tree: string) => this.readAndProve(tree));
  #organs: KnownOrgans | null = null;

  constructor(
    private readonly folder: SiteFolder,
    private readonly ground: ProofGround,
  ) {}

  /** What stands at an address now. */
  async at(address: SiteAddress): Promise<Standing> {
    const link = this.folder.linkOf(address);
    if (link === undefined) return undefined;
    const page = this.#kept.get(link) ?? (await this.#read(link));
    if ('defect' in page) return page;
    return misplaced(factsOf(page), address) ?? page;
  }

  /** The page at an address now, where it proved itself before and is still held; `undefined` says that `at` has to be asked. */
  keptAt(address: SiteAddress): ProvenPage | undefined {
    const link = this.folder.linkOf(address);
    const page = link === undefined ? undefined : this.#kept.get(link);
    return page === undefined || misplaced(factsOf(page), address) !== null ? undefined : page;
  }

  /** What lists say about a link, if its tree proves itself. */
  async factsAt(link: SiteLink): Promise<ProvenFacts | undefined> {
    const known = this.#facts.get(link.tree);
    if (known === undefined) {
      const page = await this.#read(link.tree);
      if ('defect' in page) return undefined;
    }
    const facts = this.#facts.get(link.tree);
    return facts === undefined || misplaced(facts, link) !== null ? undefined : facts;
  }

  /** What public evidence says which organs there are; null before anything was proved. */
  get organs(): KnownOrgans | null {
    return this.#organs;
  }

  /**
   * The signed report a link shows: its tree proved itself once, and these bytes are, on the disk now, byte for byte what was signed. The files beside it
   * are not read. Undefined when the link shows no report, or its bytes differ.
   */
  async reportAt(link: SiteLink): Promise<SignedReport | undefined> {
    const facts = await this.factsAt(link);
    if (facts?.shows !== 'edition') return undefined;
    const bytes = await this.folder.readReport(link.tree);
    if (bytes === undefined || this.ground.crypto.sha256(bytes) !== facts.content) return undefined;
    const edition = parseEdition(bytes);
    return isRefusal(edition) ? undefined : { edition, bytes, facts };
  }

  /** Why what a link names may not be shown, from its bytes on the disk now; null when it may. */
  async defectAt(link: SiteLink): Promise<TreeDefect | null> {
    const known = this.#facts.get(link.tree);
    if (known === undefined) {
      const page = await this.#read(link.tree);
      return 'defect' in page ? page : misplaced(factsOf(page), link);
    }
    const tree = await this.folder.readTree(link.tree);
    return tree === undefined ? missingTree(link.tree) : this.defectOf(tree, link);
  }

  /** Why files that were read somewhere may not stand at an address; null when they prove themselves and belong there. What these bytes prove is known once they were proved. */
  async defectOf(tree: PageTree, address: SiteAddress): Promise<TreeDefect | null> {
    const known = this.#facts.get(tree.digest);
    if (known !== undefined) return findBytesDefect(tree, this.ground.crypto) ?? misplaced(known, address);
    const page = await this.prove(tree);
    return 'defect' in page ? page : misplaced(factsOf(page), address);
  }

  /** The places in the log of the bundles in a tree, where proofs of them stand on the disk. */
  private async placesOf({ files }: PageTree): Promise<ReadonlyMap<Uint8Array, Uint8Array>> {
    const places = new Map<Uint8Array, Uint8Array>();
    for (const { name, bytes } of files) {
      if (name !== 'evidence.json' && name !== 'ratification.json') continue;
      const inclusion = await this.inclusionOf(bytes);
      if (inclusion !== undefined) places.set(bytes, inclusion);
    }
    return places;
  }

  /** The proof of inclusion that stands on the disk for a bundle; what proves nothing is as if it were not there. */
  async inclusionOf(evidence: Uint8Array): Promise<Uint8Array | undefined> {
    const { trust, crypto } = this.ground;
    const bytes = await this.folder.readInclusion(crypto.sha256(evidence));
    return bytes === undefined || isDefect(proveInclusion(bytes, evidence, trust, crypto)) ? undefined : bytes;
  }

  private async readAndProve(link: string): Promise<ProvenPage | TreeDefect> {
    const tree = await this.folder.readTree(link);
    return tree === undefined ? missingTree(link) : this.prove(tree);
  }

  private async prove(tree: PageTree): Promise<ProvenPage | TreeDefect> {
    const places = await this.placesOf(tree);
    const proven = proveTree(tree, { ...this.ground, placeOf: (evidence) => places.get(evidence) });
    if (isTreeDefect(proven)) return proven;
    const page: ProvenPage = {
      ...proven,
      tree,
      styleHashes: proven.styles.map((text) => styleHash(text, this.ground.crypto)),
    };
    this.#facts.set(tree.digest, factsOf(page, tree.files.map(({ name }) => name).filter(isDerived)));
    if (page.shows === 'edition') this.noteOrgans(page.proven.evidenceBytes);
    this.#kept.set(tree.digest, page);
    return page;
  }

  private noteOrgans(evidence: Uint8Array): void {
    const { directory } = parseCanonical(evidence) as Bundle;
    const payload = fromBase64(directory.payload);
    if (payload === undefined) throw new Error('a proven bundle has a readable directory');
    const { version, at, organs } = parseCanonical(payload) as DirectoryDocument;
    if (this.#organs !== null && this.#organs.version >= version) return;
    this.#organs = { version, at, names: new Map(organs.map(({ code, name }) => [code, name])) };
  }
}

function factsOf(page: ProvenTree, files: readonly string[] = []): ProvenFacts {
  if (page.shows === 'withdrawal') {
    const { seal, notice, organName: name } = page.withdrawal;
    const { organ, year, edition } = seal;
    const about = { organ, year, edition, name, title: name, files: [] };
    return { ...about, shows: page.shows, notice, isRatified: false, at: effectiveAt(seal), content: seal.content };
  }
  const { edition, notice, seal } = page.proven;
  const { code, name } = edition.organ;
  return {
    organ: code,
    year: edition.year,
    edition: edition.edition,
    name,
    title: edition.report.title,
    shows: page.shows,
    notice,
    isRatified: page.ratification !== null,
    at: effectiveAt(seal),
    content: seal.content,
    files,
  };
}

function missingTree(link: string): TreeDefect {
  return { kind: 'bytes_differ', defect: 'tree_missing', where: link, detail: 'no whole tree under this digest' };
}

// A proven page of another report, moved here, would be a false statement about this one. A withdrawal takes back the
// editions before its own too.
function misplaced(facts: ProvenFacts, { organ, year, edition }: SiteAddress): TreeDefect | null {
  const isOfReport = facts.organ === organ && facts.year === year;
  const isOfEdition =
    edition === null || (facts.shows === 'withdrawal' ? edition <= (facts.edition ?? 0) : facts.edition === edition);
  if (isOfReport && isOfEdition) return null;
  const detail = `${facts.organ} ${facts.year} edition ${facts.edition}`;
  return { kind: 'not_proved', defect: 'address_mismatch', where: `${organ}/${year}`, detail };
}

/** The hash of a style or script element as a content security policy names it. Source: CSP Level 3 §2.3.1. */
export function styleHash(text: string, crypto: EvidenceCrypto): string {
  const hex = crypto.sha256(new TextEncoder().encode(text));
  return `'sha256-${Buffer.from(hex, 'hex').toString('base64')}'`;
}
