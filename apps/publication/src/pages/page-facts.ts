import type { CaseKind } from '#domain/case-kind';
import type { PublicNotice } from '#report/notice/public-notice';

/** One signed file offered beside the page. */
export interface FileFact {
  readonly digest: string;
  readonly sizeBytes: number;
}

/** What the site is registered as; null for what was not configured. `idCode`: 政府网站标识码, ten digits; `contact`: whom readers ask, as they read it. */
export interface SiteIdentity {
  readonly name: string | null;
  readonly idCode: string | null;
  readonly contact: string | null;
}

/** One file made of the signed bytes. */
export interface DerivedFact extends FileFact {
  readonly name: string;
}

/** What has become of an edition since, and by which kind of act it was published. */
export interface PageStanding {
  readonly kind: CaseKind;
  readonly notice: PublicNotice | null;
  /** The edition that replaced it, and since when. */
  readonly newer: { readonly edition: number; readonly at: string } | null;
  /** Since when the first edition of the report is public; null for that edition, and where it is not public and proved. */
  readonly firstPublishedAt: string | null;
  /** When an emergency was ratified. */
  readonly ratifiedAt: string | null;
}

/**
 * What the page says about its own sign-off. `signedAt` is the seal's instant, `publishedAt` the earliest instant it could go live;
 * both come from the seal, so every attempt to publish gives the same bytes. `site`: origin of the public site.
 */
export interface PageFacts extends PageStanding {
  readonly signedAt: string;
  readonly publishedAt: string;
  readonly site: string;
  readonly identity: SiteIdentity;
  readonly report: FileFact;
  readonly evidence: FileFact;
  /** Those that could be made so far. */
  readonly derived: readonly DerivedFact[];
}
