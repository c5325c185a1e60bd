import type { EvidenceCrypto } from '#evidence/crypto';
import { findBytesDefect, isTreeDefect, type PageTree, proveTree, type TreeDefect } from '../publish/page-tree.js';
import { stylesOf } from '../publish/page-figures.js';
import type { ProofGround, ProvenPublication } from '../publish/publication-proof.js';
import type { SiteAddress, SiteFolder, SiteLink } from './site-folder.js';

/** Files that proved themselves and may be shown. `styleHashes`: SHA-256 in base64 of the page's style elements. */
export interface ProvenPage {
  readonly tree: PageTree;
  readonly proven: ProvenPublication;
  readonly styleHashes: readonly string[];
}

/** What stands at an address: nothing, files that prove themselves, or files that do not and must not be shown. */
export type Standing = ProvenPage | TreeDefect | undefined;

/** What is remembered of every tree that proved itself: where it belongs and what lists call it. */
export interface ProvenFacts extends Required<SiteAddress> {
  readonly name: string;
  readonly title: string;
}

const KEPT_PAGES = 200;

/**
 * Reads addresses and proves what they name before it is shown: a page reaches a reader only with every signature verified on exactly
 * the bytes sent. A tree's name is the digest of its bytes, so it is proved once; the link is read each time.
 */
export class ProvenPages {
  readonly #kept = new Map<string, ProvenPage>();
  readonly #facts = new Map<string, ProvenFacts>();
  readonly #proving = new Map<string, Promise<ProvenPage | TreeDefect>>();

  constructor(
    private readonly folder: SiteFolder,
    private readonly ground: ProofGround,
  ) {}

  /** What stands at an address now. */
  async at(address: SiteAddress): Promise<Standing> {
    const link = await this.folder.linkOf(address);
    if (link === undefined) return undefined;
    const page = this.#kept.get(link) ?? (await this.prove(link));
    if ('defect' in page) return page;
    return misplaced(factsOf(page), address) ?? page;
  }

  /** What lists say about a link, if its tree proves itself. */
  async factsAt(link: SiteLink): Promise<ProvenFacts | undefined> {
    const known = this.#facts.get(link.tree);
    if (known === undefined) {
      const page = await this.prove(link.tree);
      if ('defect' in page) return undefined;
    }
    const facts = this.#facts.get(link.tree);
    return facts === undefined || misplaced(facts, link) !== null ? undefined : facts;
  }

  /** Why what a link names may not be shown, from its bytes on the disk now; null when it may. */
  async defectAt(link: SiteLink): Promise<TreeDefect | null> {
    const known = this.#facts.get(link.tree);
    if (known === undefined) {
      const page = await this.prove(link.tree);
      return 'defect' in page ? page : misplaced(factsOf(page), link);
    }
    const tree = await this.folder.readTree(link.tree);
    return (
      (tree === undefined ? missingTree(link.tree) : findBytesDefect(tree, this.ground.crypto)) ??
      misplaced(known, link)
    );
  }

  private async prove(link: string): Promise<ProvenPage | TreeDefect> {
    const running = this.#proving.get(link) ?? this.readAndProve(link);
    this.#proving.set(link, running);
    try {
      return await running;
    } finally {
      this.#proving.delete(link);
    }
  }

  private async readAndProve(link: string): Promise<ProvenPage | TreeDefect> {
    const tree = await this.folder.readTree(link);
    if (tree === undefined) return missingTree(link);
    const proven = proveTree(tree, this.ground);
    if (isTreeDefect(proven)) return proven;
    const page = { tree, proven, styleHashes: styleHashes(tree, this.ground.crypto) };
    this.#facts.set(link, factsOf(page));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= KEPT_PAGES && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(link, page);
    return page;
  }
}

function factsOf({ proven: { edition } }: ProvenPage): ProvenFacts {
  const { code, name } = edition.organ;
  return { organ: code, year: edition.year, edition: edition.edition, name, title: edition.report.title };
}

function missingTree(link: string): TreeDefect {
  return { kind: 'bytes_differ', defect: 'tree_missing', where: link, detail: 'no whole tree under this digest' };
}

// A proven page of another report, moved here, would be a false statement about this one.
function misplaced(facts: ProvenFacts, { organ, year, edition }: SiteAddress): TreeDefect | null {
  if (facts.organ === organ && facts.year === year && (edition === null || facts.edition === edition)) return null;
  const detail = `${facts.organ} ${facts.year} edition ${facts.edition}`;
  return { kind: 'not_proved', defect: 'address_mismatch', where: `${organ}/${year}`, detail };
}

function styleHashes(tree: PageTree, crypto: EvidenceCrypto): readonly string[] {
  const page = tree.files.find(({ name }) => name === 'index.html');
  return stylesOf(new TextDecoder().decode(page?.bytes)).map((text) => styleHash(text, crypto));
}

/** The hash of a style element as a content security policy names it. Source: CSP Level 3 §2.3.1. */
export function styleHash(text: string, crypto: EvidenceCrypto): string {
  const hex = crypto.sha256(new TextEncoder().encode(text));
  return `'sha256-${Buffer.from(hex, 'hex').toString('base64')}'`;
}
