import { isDefect } from '#evidence/defect';
import { openReceipt } from '#evidence/verify-files';
import { onceForAll } from '../publish/once-for-all.js';
import type { DerivedFiles } from '../publish/derived-files.js';
import type { PageFile } from '../publish/page-manifest.js';
import type { ProofGround, ProvenPublication } from '../publish/publication-proof.js';
import type { TreeDefect } from '../publish/page-tree.js';
import type { EditionPage, ProvenPages } from './proven-pages.js';
import type { SiteAddress, SiteFolder } from './site-folder.js';

/** What giving out files beside a page needs. `renew`: lays an edition's files out as this program makes them now, when they are not; it may need the database. */
export interface FilesGround extends ProofGround {
  readonly folder: SiteFolder;
  readonly pages: ProvenPages;
  readonly derived: Pick<DerivedFiles, 'digestsFor'>;
  readonly renew?: (content: string) => Promise<void>;
}

/**
 * Files made of the signed bytes, as readers may have them: one that was read back when the edition went live, as the signed receipt says, or one
 * that is the same when it is made again here. After a release that lays files out anew the former go on being given out until the sweep has replaced
 * them; the latter are made anew when somebody asks for one.
 */
export class EditionFiles {
  readonly #receipted = new WeakMap<ProvenPublication, ReadonlyMap<string, string>>();
  readonly #renew: FilesGround['renew'];

  constructor(private readonly ground: FilesGround) {
    this.#renew = ground.renew && onceForAll(ground.renew);
  }

  /** The file of this name at an address, whose page is `page`. Undefined when there is none; a defect when it may not be given out now. */
  async at(address: SiteAddress, page: EditionPage, name: string): Promise<PageFile | TreeDefect | undefined> {
    const file = await this.of(page, name);
    if (file === undefined || !('defect' in file) || this.#renew === undefined) return file;
    await this.#renew(page.proven.seal.content);
    const renewed = await this.ground.pages.at(address);
    if (renewed === undefined || 'defect' in renewed || renewed.shows !== 'edition') return file;
    return this.of(renewed, name);
  }

  private async of(page: EditionPage, name: string): Promise<PageFile | TreeDefect | undefined> {
    const { tree, proven } = page;
    const file = tree.files.find((one) => one.name === name);
    if (file === undefined || (await this.receiptedOf(page)).get(name) === file.digest) return file;
    const digests = await this.ground.derived.digestsFor(proven.seal.content, proven.reportBytes);
    if (digests?.get(name) === file.digest) return file;
    return { kind: 'bytes_differ', defect: 'derived_differs', where: name, detail: tree.digest };
  }

  private async receiptedOf({ tree, proven }: EditionPage): Promise<ReadonlyMap<string, string>> {
    const known = this.#receipted.get(proven);
    if (known !== undefined) return known;
    const files = receiptedFiles(await this.ground.folder.readReceipt(tree.digest), proven, this.ground);
    // Until it is recorded that the edition is live there is no receipt.
    if (files.size > 0) this.#receipted.set(proven, files);
    return files;
  }
}

/** Digests by name of the files that were read back when an edition went live, as the receipt signed then lists them; none without such a receipt. */
export function receiptedFiles(
  receipt: Uint8Array | undefined,
  { seal, evidenceBytes }: Pick<ProvenPublication, 'seal' | 'evidenceBytes'>,
  { trust, crypto }: ProofGround,
): ReadonlyMap<string, string> {
  const of = { evidence: evidenceBytes, sealed: seal };
  const opened = receipt === undefined ? undefined : openReceipt(receipt, of, trust, crypto);
  return new Map(
    opened === undefined || isDefect(opened) ? [] : opened.files.map(({ name, digest }) => [name, digest]),
  );
}
