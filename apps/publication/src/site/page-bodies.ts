import type { AddressedFile } from '../domain/public-address.js';
import type { PageFile } from '../publish/page-manifest.js';
import type { ProofGround } from '../publish/publication-proof.js';
import { EvidenceZips } from './evidence-zips.js';
import type { EditionPage, ProvenPage, ProvenPages, WithdrawalPage } from './proven-pages.js';
import { type Body, MEDIA } from './site-answers.js';
import { ProvenReceipts } from './proven-receipts.js';
import type { SiteFolder } from './site-folder.js';

interface BodiesGround extends ProofGround {
  readonly folder: SiteFolder;
  readonly pages: ProvenPages;
}

/** What the site answers for the files of a proven page. The body of a file is one object for as long as the page is kept, so that what is made of it is made once. */
export class PageBodies {
  readonly #zips: EvidenceZips;
  readonly #ofFiles = new WeakMap<PageFile, Body>();
  readonly #receipts: ProvenReceipts;

  constructor(private readonly ground: BodiesGround) {
    this.#zips = new EvidenceZips(ground);
    this.#receipts = new ProvenReceipts(ground);
  }

  /** What stands at an address whose page is proven; undefined when the page has no such file. */
  async of(address: AddressedFile, page: ProvenPage): Promise<Body | undefined> {
    return page.shows === 'withdrawal' ? this.gone(address, page) : this.shown(address, page);
  }

  /** The same for the page itself, which needs no waiting. */
  ofPage(page: ProvenPage): Body | undefined {
    return this.ofFile(page, 'index.html', page.shows === 'withdrawal' ? 410 : 200);
  }

  private async shown({ file }: AddressedFile, page: EditionPage): Promise<Body | undefined> {
    const { pages } = this.ground;
    if (file === 'evidence.zip') {
      const receipt = await this.#receipts.of(page);
      const inclusion = await pages.inclusionOf(page.proven.evidenceBytes);
      const beside = {
        ...(receipt === undefined ? {} : { receipt }),
        ...(inclusion === undefined ? {} : { inclusion }),
      };
      return { bytes: this.#zips.of(page, beside), type: MEDIA.zip };
    }
    if (file === 'receipt.json') return json(await this.#receipts.of(page));
    if (file === 'inclusion.json') return json(await pages.inclusionOf(page.proven.evidenceBytes));
    return this.ofFile(page, file === '' ? 'index.html' : file);
  }

  /** In place of a withdrawn edition: 410 and the page that says why for page and files, and the evidence of the withdrawal. */
  private async gone({ file }: AddressedFile, page: WithdrawalPage): Promise<Body | undefined> {
    if (file === 'receipt.json' || file === 'evidence.zip') {
      const receipt = await this.#receipts.of(page);
      if (file === 'evidence.zip')
        return { bytes: this.#zips.of(page, receipt === undefined ? {} : { receipt }), type: MEDIA.zip };
      if (receipt !== undefined) return json(receipt);
    }
    return (file === 'index.html' ? undefined : this.ofFile(page, file)) ?? this.ofFile(page, 'index.html', 410);
  }

  private ofFile(page: ProvenPage, name: string, status = 200): Body | undefined {
    const file = page.tree.files.find((one) => one.name === name);
    if (file === undefined) return undefined;
    const known = this.#ofFiles.get(file);
    if (known !== undefined) return known;
    const { bytes } = file;
    const html = { bytes, type: MEDIA.html, styles: page.styleHashes };
    const body = name !== 'index.html' ? { bytes, type: MEDIA.json } : status === 200 ? html : { ...html, status };
    this.#ofFiles.set(file, body);
    return body;
  }
}

function json(bytes: Uint8Array | undefined): Body | undefined {
  return bytes && { bytes, type: MEDIA.json };
}
