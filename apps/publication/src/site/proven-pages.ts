import type { EvidenceCrypto } from '#evidence/crypto';
import { isTreeDefect, type PageTree, proveTree, type TreeDefect } from '../publish/page-tree.js';
import { stylesOf } from '../publish/page-figures.js';
import type { ProofGround, ProvenPublication } from '../publish/publication-proof.js';
import type { SiteAddress, SiteFolder } from './site-folder.js';

/** Files that proved themselves and may be shown. `styleHashes`: SHA-256 in base64 of the page's style elements. */
export interface ProvenPage {
  readonly tree: PageTree;
  readonly proven: ProvenPublication;
  readonly styleHashes: readonly string[];
}

/** What stands at an address: nothing, files that prove themselves, or files that do not and must not be shown. */
export type Standing = ProvenPage | TreeDefect | undefined;

const KEPT_PAGES = 200;

/**
 * Reads addresses and proves what they name before it is shown: a page reaches a reader only with every signature verified on exactly
 * the bytes sent. Trees never change, so a proof is kept by tree digest; the link is read each time.
 */
export class ProvenPages {
  readonly #kept = new Map<string, ProvenPage>();

  constructor(
    private readonly folder: SiteFolder,
    private readonly ground: ProofGround,
  ) {}

  /** What stands at an address now. */
  async at(address: SiteAddress): Promise<Standing> {
    const link = await this.folder.linkOf(address);
    if (link === undefined) return undefined;
    const kept = this.#kept.get(link);
    if (kept !== undefined) return belongsAt(kept, address);
    const page = await this.prove(link);
    if ('defect' in page) return page;
    this.keep(link, page);
    return belongsAt(page, address);
  }

  /** As `at`, but from the disk as it is now, without what was kept. For the sweep. */
  async freshlyAt(address: SiteAddress, tree: string): Promise<ProvenPage | TreeDefect> {
    const page = await this.prove(tree);
    return 'defect' in page ? page : belongsAt(page, address);
  }

  private async prove(link: string): Promise<ProvenPage | TreeDefect> {
    const tree = await this.folder.readTree(link);
    if (tree === undefined)
      return { kind: 'bytes_differ', defect: 'tree_missing', where: link, detail: 'no whole tree under this digest' };
    const proven = proveTree(tree, this.ground);
    if (isTreeDefect(proven)) return proven;
    return { tree, proven, styleHashes: styleHashes(tree, this.ground.crypto) };
  }

  private keep(link: string, page: ProvenPage): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= KEPT_PAGES && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(link, page);
  }
}

// A proven page of another report, moved here, would be a false statement about this one.
function belongsAt(page: ProvenPage, { organ, year, edition }: SiteAddress): ProvenPage | TreeDefect {
  const { seal } = page.proven;
  const fits = seal.organ === organ && seal.year === year && (edition === null || seal.edition === edition);
  if (fits) return page;
  const detail = `${seal.organ} ${seal.year} edition ${seal.edition}`;
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
