import { LRUCache } from 'lru-cache';
import type { EvidenceCrypto } from '#evidence/crypto';
import type { Trust } from '#evidence/trust';
import type { PublicFiles } from '#evidence/verify-files';
import { evidenceZip, readVerifier } from '#report-files/writers/evidence-zip';
import { publicPath } from '../domain/public-address.js';
import type { EditionPage } from './proven-pages.js';

const KEPT = 20;

/**
 * The folder of evidence of a proven page as evidence.zip. Made when asked for, of what stands beside the page then: so
 * receipt and proof of inclusion are in it as soon as they are public, and there is no second copy to be wrong.
 */
export class EvidenceZips {
  readonly #kept = new LRUCache<string, Uint8Array>({ max: KEPT });

  constructor(private readonly ground: { readonly trust: Trust; readonly crypto: EvidenceCrypto }) {}

  /** The bytes of evidence.zip; the same for the same files. */
  of({ tree, proven }: EditionPage, beside: Pick<PublicFiles, 'receipt' | 'inclusion'>): Uint8Array {
    const { trust, crypto } = this.ground;
    const digests = [beside.receipt, beside.inclusion].map((bytes) =>
      bytes === undefined ? '' : crypto.sha256(bytes),
    );
    const key = [tree.digest, ...digests].join(' ');
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const { edition, reportBytes, evidenceBytes } = proven;
    const folder = {
      files: { evidence: evidenceBytes, report: reportBytes, ...beside },
      trust,
      title: edition.report.title,
      url: `${trust.site}${publicPath(edition.organ.code, edition.year)}`,
    };
    const bytes = evidenceZip(folder, readVerifier(), crypto);
    this.#kept.set(key, bytes);
    return bytes;
  }
}
