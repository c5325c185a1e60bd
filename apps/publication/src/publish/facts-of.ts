import { effectiveAt } from '../pages/date-in-china.js';
import type { FileFact, PageFacts, SiteIdentity } from '../pages/page-facts.js';
import type { PageFile } from './page-manifest.js';
import type { ProofGround, ProvenPublication } from './publication-proof.js';

/** What has become of an edition since it was published, and since when the report has been public; `firstPublishedAt` as `PageFacts` says. */
export interface Standing extends Pick<PageFacts, 'newer' | 'firstPublishedAt'> {
  readonly ratification: ProvenPublication | null;
}

/** What a page's facts are taken from beside the proof itself. */
export interface FactsGround extends ProofGround {
  readonly identity: SiteIdentity;
}

/** What a page says about its own sign-off, from proofs alone. `derived`: the files made of the signed bytes that stand beside it. */
export function factsOf(
  { seal, notice, reportBytes, evidenceBytes }: ProvenPublication,
  { trust, crypto, identity }: FactsGround,
  { newer, firstPublishedAt, ratification }: Standing,
  derived: readonly PageFile[],
): PageFacts {
  const fact = (bytes: Uint8Array): FileFact => ({ digest: crypto.sha256(bytes), sizeBytes: bytes.byteLength });
  return {
    kind: seal.kind,
    notice,
    newer,
    firstPublishedAt,
    ratifiedAt: ratification === null ? null : effectiveAt(ratification.seal),
    signedAt: seal.at,
    publishedAt: effectiveAt(seal),
    site: trust.site,
    identity,
    report: fact(reportBytes),
    evidence: fact(evidenceBytes),
    derived: derived.map(({ name, bytes, digest }) => ({ name, digest, sizeBytes: bytes.byteLength })),
  };
}
