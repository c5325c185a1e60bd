import type { EvidenceCrypto } from '#evidence/crypto';
import { isDefect } from '#evidence/defect';
import type { Trust } from '#evidence/trust';
import { openReceipt, openWithdrawalReceipt } from '#evidence/verify-files';
import type { ProvenPage } from './proven-pages.js';
import type { SiteFolder } from './site-folder.js';

interface ReceiptsGround {
  readonly folder: SiteFolder;
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/** The receipts beside proven pages. What publication did not sign about exactly what the page proves is as if it were not there. */
export class ProvenReceipts {
  /** SHA-256 of the receipt that proved itself last. */
  readonly #proved = new WeakMap<ProvenPage, string>();

  constructor(private readonly ground: ReceiptsGround) {}

  /** The receipt as it is on the disk now; undefined when there is none, or none that proves itself. */
  async of(page: ProvenPage): Promise<Uint8Array | undefined> {
    const { folder, crypto } = this.ground;
    const bytes = await folder.readReceipt(page.tree.digest);
    if (bytes === undefined) return undefined;
    const digest = crypto.sha256(bytes);
    if (this.#proved.get(page) !== digest && !this.isProved(bytes, page)) return undefined;
    this.#proved.set(page, digest);
    return bytes;
  }

  private isProved(bytes: Uint8Array, page: ProvenPage): boolean {
    const { trust, crypto } = this.ground;
    if (page.shows === 'edition') {
      const { seal: sealed, evidenceBytes: evidence } = page.proven;
      return !isDefect(openReceipt(bytes, { evidence, sealed }, trust, crypto));
    }
    const { seal: sealed, evidenceBytes: withheld } = page.withdrawal;
    return !isDefect(openWithdrawalReceipt(bytes, { withheld, sealed }, trust, crypto));
  }
}
