import { LRUCache } from 'lru-cache';
import type { CaseKind } from '#domain/case-kind';
import { isRefusal } from '#domain/decision';
import { fromBase64 } from '#evidence/base64';
import type { Bundle } from '#evidence/bundle';
import { parseCanonical } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { type Defect, defect, isDefect } from '#evidence/defect';
import { openStatement } from '#evidence/open-statement';
import type { DirectoryDocument, SealStatement } from '#evidence/statements';
import { serviceKeys, type Trust } from '#evidence/trust';
import { type BundleSummary, verifyBundle } from '#evidence/verify-bundle';
import { verifyWithheld } from '#evidence/withheld-bundle';
import { type EditionDocument, parseEdition } from '#report/edition';
import { NOTICE_KINDS, parseNotice, type PublicNotice } from '#report/notice/public-notice';
import { changesBetween, type ReportChanges } from '#report/notice/report-changes';

/** What a bundle proves: this edition, exactly these bytes of it, sealed by this statement, and what the public is told. */
export interface ProvenPublication {
  readonly seal: SealStatement;
  /** Every counted seat of both legs. */
  readonly seats: BundleSummary['seats'];
  readonly edition: EditionDocument;
  /** Null for a first edition and for a ratification. */
  readonly notice: PublicNotice | null;
  readonly reportBytes: Uint8Array;
  readonly evidenceBytes: Uint8Array;
}

/** What proofs are checked against. */
export interface ProofGround {
  readonly trust: Trust;
  readonly crypto: EvidenceCrypto;
}

/** Bundles proved last; one is some 150 kB with its report. */
const KEPT_PROOFS = 40;
const proofsUnder = new WeakMap<Trust, LRUCache<string, ProvenPublication>>();

/**
 * Proves a bundle from nothing but its bytes: every signature, seat and digest (`verifyBundle`), and that the sealed edition is the report
 * it claims to be. Answers the first defect otherwise. `inclusion`: its place in the log, without which only keys in use now may have sealed it.
 *
 * Publisher, site and channels ask about the same bytes within a moment, and bytes, keys and place alone decide: what was proved last under the
 * same keys is known by the digests of exactly these bytes. A defect is never kept.
 */
export function proveBundle(
  evidenceBytes: Uint8Array,
  ground: ProofGround,
  inclusion?: Uint8Array,
): ProvenPublication | Defect {
  const { trust, crypto } = ground;
  const proofs = proofsUnder.get(trust) ?? new LRUCache<string, ProvenPublication>({ max: KEPT_PROOFS });
  proofsUnder.set(trust, proofs);
  const key = [evidenceBytes, inclusion].map((bytes) => (bytes === undefined ? '' : crypto.sha256(bytes))).join(' ');
  const known = proofs.get(key);
  if (known !== undefined) return known;
  const found = proveAnew(evidenceBytes, ground, inclusion);
  if (!isDefect(found)) proofs.set(key, found);
  return found;
}

function proveAnew(
  evidenceBytes: Uint8Array,
  { trust, crypto }: ProofGround,
  inclusion: Uint8Array | undefined,
): ProvenPublication | Defect {
  const verdict = verifyBundle(evidenceBytes, trust, crypto, inclusion === undefined ? {} : { inclusion });
  if (!verdict.ok) return defect(verdict.defect.code, verdict.defect.where, verdict.defect.detail);
  const bundle = parseCanonical(evidenceBytes) as Bundle;
  const seal = openStatement('seal', bundle.approval.seal, serviceKeys(trust, 'approval', crypto), crypto);
  if (isDefect(seal)) return seal;
  const reportBytes = fromBase64(bundle.content);
  if (reportBytes === undefined || crypto.sha256(reportBytes) !== seal.statement.content)
    return defect('content_digest', 'content', `not the bytes of ${seal.statement.content}`);
  const edition = parseEdition(reportBytes);
  if (isRefusal(edition)) return defect(edition.refused, 'content', JSON.stringify(edition.data));
  const said = { document: edition.document, edition: edition.edition, organ: edition.organ.code, year: edition.year };
  const different = firstDifference(said, seal.statement);
  if (different !== undefined) return defect('edition_mismatch', `content.${different}`, 'the seal names another');
  const notice = proveNotice(bundle.notice ?? null, seal.statement, crypto);
  if (isDefect(notice)) return notice;
  return { seal: seal.statement, seats: verdict.summary.seats, edition, notice, reportBytes, evidenceBytes };
}

/** What the evidence of a withdrawal proves without the text that was withdrawn. */
export interface ProvenWithdrawal {
  readonly seal: SealStatement;
  readonly notice: PublicNotice;
  /** The organ's name as the directory has it: the report itself is not there. */
  readonly organName: string;
  readonly evidenceBytes: Uint8Array;
}

/** Proves a withdrawal from its evidence without content. Answers the first defect otherwise. */
export function proveWithdrawal(evidenceBytes: Uint8Array, { trust, crypto }: ProofGround): ProvenWithdrawal | Defect {
  const verdict = verifyWithheld(evidenceBytes, trust, crypto);
  if (!verdict.ok) return defect(verdict.defect.code, verdict.defect.where, verdict.defect.detail);
  const bundle = parseCanonical(evidenceBytes) as Bundle;
  const seal = openStatement('seal', bundle.approval.seal, serviceKeys(trust, 'approval', crypto), crypto);
  if (isDefect(seal)) return seal;
  if (seal.statement.kind !== 'withdraw')
    return defect('kind_mismatch', 'withdrawal.json', `a case to ${seal.statement.kind}`);
  const notice = proveNotice(bundle.notice ?? null, seal.statement, crypto);
  if (isDefect(notice)) return notice;
  return notice === null
    ? defect('notice_missing', 'notice', 'a withdrawal needs one')
    : { seal: seal.statement, notice, organName: organNameIn(bundle, seal.statement.organ), evidenceBytes };
}

// The verifier has opened the directory, so its payload is the statement.
function organNameIn({ directory }: Bundle, organ: string): string {
  const statement = parseCanonical(fromBase64(directory.payload) ?? new Uint8Array()) as DirectoryDocument;
  return statement.organs.find(({ code }) => code === organ)?.name ?? organ;
}

/** The acts that must tell the public something; the others must not. */
const TOLD: readonly CaseKind[] = NOTICE_KINDS;

/** Exactly the notice that was signed, and about this act: null where there must be none. Defects: notice_(missing|unwanted|digest|mismatch), invalid_notice. */
export function proveNotice(
  encoded: string | null,
  seal: Pick<SealStatement, 'kind' | 'document' | 'edition' | 'notice'>,
  crypto: Pick<EvidenceCrypto, 'sha256'>,
): PublicNotice | null | Defect {
  const { kind, document, edition, notice: signed = null } = seal;
  if (!TOLD.includes(kind))
    return encoded === null && signed === null
      ? null
      : defect('notice_unwanted', 'notice', `a case to ${kind} has none`);
  const bytes = encoded === null ? undefined : fromBase64(encoded);
  if (bytes === undefined || signed === null) return defect('notice_missing', 'notice', `a case to ${kind} needs one`);
  if (crypto.sha256(bytes) !== signed) return defect('notice_digest', 'notice', `not the bytes of ${signed}`);
  const notice = parseNotice(bytes);
  if (isRefusal(notice)) return defect(notice.refused, 'notice', JSON.stringify(notice.data));
  const different = firstDifference({ kind, document, edition }, notice);
  return different === undefined ? notice : defect('notice_mismatch', `notice.${different}`, 'the seal names another');
}

/**
 * Whether a notice tells of every change from the edition readers have to the one that replaces it: a figure changed in
 * silence holds the publication. Defects: notice_untrue.
 */
export function untoldChange(
  { notice, edition }: Pick<ProvenPublication, 'notice' | 'edition'>,
  replaced: EditionDocument,
): Defect | null {
  const told = notice?.changes ?? { cells: [], texts: [] };
  const found = changesBetween(replaced.report, edition.report);
  const cells = ({ cells: of }: ReportChanges): string[] =>
    of.map(({ cell, before, after }) => JSON.stringify([cell, before, after])).toSorted();
  // Where sentences begin and end may be told anew by a later release; in which places they changed may not.
  const places = ({ texts }: ReportChanges): string[] => [...new Set(texts.map(({ place }) => place))].toSorted();
  const [wrong] = [cells, places].flatMap((of) => {
    const [said, is] = [of(told), of(found)];
    return said.length === is.length && said.every((one, index) => one === is[index])
      ? []
      : [is.find((one) => !said.includes(one)) ?? said.find((one) => !is.includes(one)) ?? ''];
  });
  return wrong === undefined ? null : defect('notice_untrue', 'notice.changes', wrong);
}

/** The first field that is not as expected, by name. */
export function firstDifference(expected: object, found: object): string | undefined {
  const values: Readonly<Record<string, unknown>> = { ...found };
  return Object.entries(expected).find(([field, value]) => values[field] !== value)?.[0];
}
