import type { Instant } from '#domain/instant';
import { fromBase64 } from './base64.js';
import { readBundle } from './bundle.js';
import { parseCanonical } from './canonical.js';
import type { EvidenceCrypto } from './crypto.js';
import { type Defect, defect, isDefect } from './defect.js';
import { type Envelope, envelopeShape } from './dsse.js';
import { LOG_END, trustBefore, trustUnretired } from './key-validity.js';
import { openStatement } from './open-statement.js';
import { mismatch } from './same-statement.js';
import type { ReceiptStatement, SealStatement } from './statements.js';
import { serviceKeys, type Trust } from './trust.js';
import { type BundleSummary, type Verdict, verifyBundle } from './verify-bundle.js';

/** What anyone can download of a publication; only `evidence` must be there. */
export interface PublicFiles {
  readonly evidence: Uint8Array;
  readonly report?: Uint8Array;
  readonly receipt?: Uint8Array;
  readonly inclusion?: Uint8Array;
}

/** What the files of a publication prove, or the first defect. `title`: of the report that was signed. */
export type FilesVerdict =
  { readonly ok: true; readonly summary: BundleSummary; readonly title: string } | Extract<Verdict, { ok: false }>;

/**
 * The verdict on a publication, the same in a service, at the command line, offline and in a browser: the bundle, that
 * its content is the edition the seal names, and of the files given that `report` is those bytes and `receipt` speaks of
 * them. Never throws for bad bytes. Further codes: report_bytes, invalid_edition, edition_mismatch, and
 * receipt_(unreadable|signature|mismatch).
 */
export function verifyFiles(
  { evidence, report, receipt, inclusion }: PublicFiles,
  trust: Trust,
  crypto: EvidenceCrypto,
  now?: Instant,
): FilesVerdict {
  const options = { ...(now === undefined ? {} : { now }), ...(inclusion === undefined ? {} : { inclusion }) };
  const verdict = verifyBundle(evidence, trust, crypto, options);
  if (!verdict.ok) return verdict;
  const { summary } = verdict;
  if (report !== undefined && crypto.sha256(report) !== summary.content)
    return refused(
      defect('report_bytes', 'report.json', `SHA-256 ${crypto.sha256(report)}, signed was ${summary.content}`),
    );
  const title = titleOf(evidence, summary);
  if (typeof title !== 'string') return refused(title);
  const wrong = receipt === undefined ? undefined : receiptDefect(receipt, evidence, summary, trust, crypto);
  return wrong === undefined ? { ok: true, summary, title } : refused(wrong);
}

function refused({ defect: code, where, detail }: Defect): FilesVerdict {
  return { ok: false, defect: { code, where, detail } };
}

/** The fields by which an edition says which one it is; what else a report must hold is the checker's business. */
interface EditionHead {
  readonly document: unknown;
  readonly edition: unknown;
  readonly organ: { readonly code: unknown };
  readonly year: unknown;
  readonly report: { readonly title: string };
}

function titleOf(evidence: Uint8Array, summary: BundleSummary): string | Defect {
  const bundle = readBundle(evidence);
  const content = isDefect(bundle) ? undefined : fromBase64(bundle.content);
  if (content === undefined) throw new Error('a verified bundle has readable content');
  const head = readHead(content);
  if (head === undefined) return defect('invalid_edition', 'content', 'signed by everybody, and still no edition');
  const said = [head.document, head.edition, head.organ.code, head.year].join(' ');
  const sealed = [summary.document, summary.edition, summary.organ, summary.year].join(' ');
  return said === sealed
    ? head.report.title
    : defect('edition_mismatch', 'content', `says ${said}, sealed was ${sealed}`);
}

function readHead(content: Uint8Array): EditionHead | undefined {
  let value: unknown;
  try {
    value = parseCanonical(content);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
  const { schema, organ, report } = (value ?? {}) as Record<string, unknown>;
  const named = schema === 'sunward.edition/1' && typeof organ === 'object' && organ !== null && 'code' in organ;
  const titled = typeof report === 'object' && report !== null && 'title' in report && typeof report.title === 'string';
  return named && titled ? (value as EditionHead) : undefined;
}

function receiptDefect(
  bytes: Uint8Array,
  evidence: Uint8Array,
  summary: BundleSummary,
  trust: Trust,
  crypto: EvidenceCrypto,
): Defect | undefined {
  const opened = openReceipt(bytes, { evidence, sealed: summary }, trust, crypto);
  return isDefect(opened) ? opened : undefined;
}

/** What a receipt must speak of: the bundle, and what its seal names; with its entry's place in the log where that is known. */
interface Receipted {
  readonly evidence: Uint8Array;
  readonly sealed: Pick<SealStatement, 'case' | 'round' | 'document' | 'edition' | 'content'> &
    Partial<Pick<BundleSummary, 'place'>>;
}

/** The statement of a receipt about exactly this publication, or the first defect: receipt_(unreadable|signature|mismatch). */
export function openReceipt(
  bytes: Uint8Array,
  { evidence, sealed }: Receipted,
  trust: Trust,
  crypto: EvidenceCrypto,
): ReceiptStatement | Defect {
  const envelope = receiptEnvelope(bytes);
  if (envelope === undefined) return defect('receipt_unreadable', 'receipt.json', 'not an envelope in canonical form');
  // Read back after it was sealed, nobody knows at which entry: by a key of that time, or by one that was never lost.
  const moments = [trustBefore(trust, sealed.place?.position ?? LOG_END), trustBefore(trust, LOG_END)];
  const keys = new Map(moments.flatMap((moment) => [...serviceKeys(moment, 'publication', crypto)]));
  const opened = openStatement('receipt', envelope, keys, crypto);
  if (isDefect(opened)) return defect('receipt_signature', 'receipt.json', `${opened.defect}: ${opened.detail}`);
  const { case: caseId, round, document, edition, content } = sealed;
  const wanted = { case: caseId, round, document, edition, content, bundle: crypto.sha256(evidence) };
  return mismatch('receipt_mismatch', 'receipt.json', opened.statement, wanted) ?? opened.statement;
}

/**
 * The statement of a receipt that says that exactly this evidence of a withdrawal was read back from the address, or the first defect: receipt_(unreadable|
 * signature|mismatch). The bundle it names had the text in it, so it is bound by the file it lists instead.
 */
export function openWithdrawalReceipt(
  bytes: Uint8Array,
  { withheld, sealed }: { readonly withheld: Uint8Array; readonly sealed: Receipted['sealed'] },
  trust: Trust,
  crypto: EvidenceCrypto,
): ReceiptStatement | Defect {
  const envelope = receiptEnvelope(bytes);
  if (envelope === undefined) return defect('receipt_unreadable', 'receipt.json', 'not an envelope in canonical form');
  const opened = openStatement('receipt', envelope, serviceKeys(trustUnretired(trust), 'publication', crypto), crypto);
  if (isDefect(opened)) return defect('receipt_signature', 'receipt.json', `${opened.defect}: ${opened.detail}`);
  const { statement } = opened;
  const { case: caseId, round, document, edition, content } = sealed;
  const wanted = { case: caseId, round, document, edition, content, act: 'withdraw', superseded: false };
  const wrong = mismatch('receipt_mismatch', 'receipt.json', statement, wanted);
  if (wrong !== undefined) return wrong;
  const readBack = statement.files.find(({ name }) => name === 'withdrawal.json')?.digest ?? 'nothing';
  const digest = crypto.sha256(withheld);
  return readBack === digest
    ? statement
    : defect('receipt_mismatch', 'receipt.json', `withdrawal.json is ${digest}, read back was ${readBack}`);
}

/** The envelope of a receipt, unverified; undefined when the bytes are none in canonical form. */
function receiptEnvelope(bytes: Uint8Array): Envelope | undefined {
  try {
    const value = parseCanonical(bytes);
    return envelopeShape(value, 'receipt') === undefined ? (value as Envelope) : undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
