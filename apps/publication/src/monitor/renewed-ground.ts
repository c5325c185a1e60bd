import type { EvidenceCrypto } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import { ProvenPages } from '../site/proven-pages.js';
import type { SiteFolder } from '../site/site-folder.js';
import type { TrustFile } from './trust-file.js';
import type { WatchFailure } from './watch-failure.js';
import type { RoundsGround } from './watch-rounds.js';

/** The ground of a watch that outlives changes of keys. What was proved by former keys is proved again by the newer ones: one of them may have been lost. */
export class RenewedGround implements RoundsGround {
  #trust: Trust;
  #pages: ProvenPages;

  constructor(
    readonly folder: SiteFolder,
    readonly origin: string,
    readonly crypto: EvidenceCrypto,
    private readonly file: TrustFile,
  ) {
    this.#trust = file.held;
    this.#pages = this.nothingProved();
  }

  get trust(): Trust {
    return this.#trust;
  }

  get pages(): ProvenPages {
    return this.#pages;
  }

  /** Looks at the trust file. Answers why what it says does not count. */
  async renew(): Promise<WatchFailure | undefined> {
    const refused = await this.file.look();
    if (this.file.held !== this.#trust) {
      this.#trust = this.file.held;
      this.#pages = this.nothingProved();
    }
    return refused;
  }

  private nothingProved(): ProvenPages {
    return new ProvenPages(this.folder, { trust: this.#trust, crypto: this.crypto });
  }
}
