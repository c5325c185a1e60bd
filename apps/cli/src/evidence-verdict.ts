import { isRefusal } from '#domain/decision';
import { type Instant, instant } from '#domain/instant';
import { fromBase64 } from '#evidence/base64';
import { readBundle } from '#evidence/bundle';
import { isDefect } from '#evidence/defect';
import { nodeCrypto } from '#evidence/node-crypto';
import type { Trust } from '#evidence/trust';
import { type BundleSummary, verifyBundle } from '#evidence/verify-bundle';
import { parseEdition } from '#report/edition';

/** What the files of a publication prove, or the first defect. `title`: of the report that was signed. */
export type EvidenceVerdict =
  | { readonly ok: true; readonly summary: BundleSummary; readonly title: string }
  | { readonly ok: false; readonly defect: { readonly code: string; readonly where: string; readonly detail: string } };

/**
 * Judges downloaded files with no database and no network: the bundle, that its content is the edition the seal names,
 * and, when given, that `report` is those bytes. Further defect codes: report_bytes, edition_mismatch, and those of `parseEdition`.
 */
export function judgeEvidence(
  evidence: Uint8Array,
  report: Uint8Array | undefined,
  trust: Trust,
  now: Instant = instant(new Date()),
): EvidenceVerdict {
  const verdict = verifyBundle(evidence, trust, nodeCrypto, { now });
  if (!verdict.ok) return verdict;
  const { summary } = verdict;
  const bundle = readBundle(evidence);
  const content = isDefect(bundle) ? undefined : fromBase64(bundle.content);
  if (content === undefined) throw new Error('a verified bundle has readable content');
  if (report !== undefined && nodeCrypto.sha256(report) !== summary.content)
    return bad('report_bytes', 'report.json', `SHA-256 ${nodeCrypto.sha256(report)}, signed was ${summary.content}`);
  const edition = parseEdition(content);
  if (isRefusal(edition)) return bad(edition.refused, 'content', JSON.stringify(edition.data));
  const said = [edition.document, edition.edition, edition.organ.code, edition.year].join(' ');
  const sealed = [summary.document, summary.edition, summary.organ, summary.year].join(' ');
  if (said !== sealed) return bad('edition_mismatch', 'content', `says ${said}, sealed was ${sealed}`);
  return { ok: true, summary, title: edition.report.title };
}

function bad(code: string, where: string, detail: string): EvidenceVerdict {
  return { ok: false, defect: { code, where, detail } };
}
