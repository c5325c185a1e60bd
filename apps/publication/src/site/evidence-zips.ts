import { LRUCache } from 'lru-cache';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import type { PublicFiles } from '#evidence/verify-files';
import type { EvidenceFolder } from '#report-files/writers/evidence-folder';
import { evidenceZip, readVerifier } from '#report-files/writers/evidence-zip';
import { publicPath } from '../domain/public-address.js';
import type { ProvenPage } from './proven-pages.js';

const KEPT = 20;

/** What stands beside a proven page. */
type Beside = Pick<PublicFiles, 'receipt' | 'inclusion'>;

/**
 * The folder of evidence of a proven page as evidence.zip: of an edition with its ratification, or of the withdrawal that took it back. Made when
 * asked for, of what stands beside the page then: so receipt and proof of inclusion are in it as soon as they are public, and there is no second
 * copy to be wrong.
 */
export class EvidenceZips {
  readonly #kept = new LRUCache<string, Uint8Array>({ max: KEPT });

  constructor(private readonly ground: { readonly trust: Trust; readonly crypto: EvidenceCrypto }) {}

  /** The bytes of evidence.zip; the same for the same files. */
  of(page: ProvenPage, beside: Beside): Uint8Array {
    const { trust, crypto } = this.ground;
    const digests = [beside.receipt, beside.inclusion].map((bytes) =>
      bytes === undefined ? '' : crypto.sha256(bytes),
    );
    const key = [page.tree.digest, ...digests].join(' ');
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const { organ, year } = page.shows === 'edition' ? page.proven.seal : page.withdrawal.seal;
    const folder = { ...contentsOf(page, beside), trust, url: `${trust.site}${publicPath(organ, year)}` };
    const bytes = evidenceZip(folder, readVerifier(), crypto);
    this.#kept.set(key, bytes);
    return bytes;
  }
}

function contentsOf(page: ProvenPage, beside: Beside): Pick<EvidenceFolder, 'files' | 'title'> {
  if (page.shows === 'withdrawal') {
    const { seal, organName, evidenceBytes: withdrawal } = page.withdrawal;
    const receipt = beside.receipt === undefined ? {} : { receipt: beside.receipt };
    return { files: { withdrawal, ...receipt }, title: `${organName} ${seal.year}` };
  }
  const { proven, ratification } = page;
  const ratified = ratification === null ? {} : { ratification: ratification.evidenceBytes };
  return {
    files: { evidence: proven.evidenceBytes, report: proven.reportBytes, ...ratified, ...beside },
    title: proven.edition.report.title,
  };
}
