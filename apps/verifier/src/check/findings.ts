import { type Instant, instant } from '#domain/instant';
import { isRefusal } from '#domain/decision';
import { fromBase64 } from '#evidence/base64';
import type { Bundle } from '#evidence/bundle';
import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import { defectSentence, type Message } from '#evidence/defect-sentences';
import type { NamedFiles } from '#evidence/files-manifest';
import { provenTrust } from '#evidence/key-changes';
import { portableCrypto } from '#evidence/portable-crypto';
import type { Trust } from '#evidence/trust';
import { trustUnretired } from '#evidence/key-validity';
import type { DirectoryDocument } from '#evidence/statements';
import { type BundleSummary, verifyBundle } from '#evidence/verify-bundle';
import { type PublicFiles, verifyFiles } from '#evidence/verify-files';
import { verifyWithheld } from '#evidence/withheld-bundle';
import { parseEdition } from '#report/edition';
import { parseNotice, type PublicNotice } from '#report/notice/public-notice';
import { figuresOf, type SignedFigure } from './signed-figures.js';

/** What a proof says whatever it is of. `fingerprint`: of the anchors it was checked against; `organs`: names by code, as the directory has them. */
interface Proof {
  readonly isProved: true;
  readonly organName: string;
  readonly organs: ReadonlyMap<string, string>;
  readonly summary: BundleSummary;
  /** What was signed to be told to the public; null for a first edition. */
  readonly notice: PublicNotice | null;
  readonly fingerprint: string;
}

/** An edition. `ratification`: the signatures that confirmed an emergency afterwards, null without. */
export interface ProvedEdition extends Proof {
  readonly shows: 'edition';
  readonly title: string;
  readonly ratification: BundleSummary | null;
  readonly figures: readonly SignedFigure[];
}

/** That an edition was withdrawn. `kept`: whether a report that came along is the one that was withdrawn; null when none came. */
export interface ProvedWithdrawal extends Proof {
  readonly shows: 'withdrawal';
  readonly notice: PublicNotice;
  readonly kept: boolean | null;
}

/** What the files prove, or the first thing that stops the proof. */
export type Finding =
  | ProvedEdition
  | ProvedWithdrawal
  | { readonly isProved: false; readonly why: Message; readonly code: string; readonly where: string };

/**
 * Judges what a reader chose or what stands at an address, with no further request. `anchors`: the trust file's JSON. Files
 * beside `evidence.json` are checked when they are there; what is missing is not held against it. Evidence of a withdrawal goes before that of the
 * edition it withdrew.
 */
export function findingOf(files: NamedFiles, anchors: unknown, now: Instant = instant(new Date())): Finding {
  const trust = readTrust(anchors);
  if (trust === undefined)
    return refused('trust_unusable', { zh: '信任文件不能用', en: 'the trust file cannot be used' }, 'trust.json');
  if (files['withdrawal.json'] !== undefined) return withdrawalIn(files['withdrawal.json'], files, trust, now);
  const { 'evidence.json': evidence, 'ratification.json': ratifying, ...others } = files;
  if (evidence === undefined)
    return refused(
      'evidence_missing',
      {
        zh: '没有证据包 evidence.json，也没有撤回的证据 withdrawal.json',
        en: 'there is neither evidence.json nor withdrawal.json',
      },
      '',
    );
  const verdict = verifyFiles({ evidence, ...beside(others) }, trust, portableCrypto, now);
  if (!verdict.ok) return refused(verdict.defect.code, defectSentence(verdict.defect.code), verdict.defect.where);
  const bundle = parseCanonical(evidence) as Bundle;
  const edition = parseEdition(bytesOf(bundle.content));
  if (isRefusal(edition)) return refused(edition.refused, defectSentence('invalid_edition'), 'content');
  const notice = noticeOf(bundle, verdict.summary);
  if (notice === undefined) return refused('notice_mismatch', NOTICE, 'notice');
  const ratification = ratifying === undefined ? null : ratificationIn(ratifying, verdict.summary, trust, now);
  if (ratification !== null && 'code' in ratification) return ratification;
  return {
    isProved: true,
    shows: 'edition',
    title: verdict.title,
    organName: edition.organ.name,
    organs: organsIn(bundle),
    summary: verdict.summary,
    notice,
    ratification,
    figures: figuresOf(edition.report),
    fingerprint: portableCrypto.sha256(canonicalBytes(trust)),
  };
}

/** The evidence of a withdrawal, which is without the text; no log entry names it so, so a key that was retired since may have sealed it. */
function withdrawalIn(withheld: Uint8Array, files: NamedFiles, trust: Trust, now: Instant): Finding {
  const verdict = verifyWithheld(withheld, trustUnretired(trust), portableCrypto, { now });
  if (!verdict.ok) return refused(verdict.defect.code, defectSentence(verdict.defect.code), verdict.defect.where);
  const { summary } = verdict;
  const bundle = parseCanonical(withheld) as Bundle;
  const notice = noticeOf(bundle, summary);
  if (summary.kind !== 'withdraw' || notice == null) return refused('notice_mismatch', NOTICE, 'withdrawal.json');
  const organs = organsIn(bundle);
  const report = files['report.json'];
  return {
    isProved: true,
    shows: 'withdrawal',
    organName: organs.get(summary.organ) ?? summary.organ,
    organs,
    summary,
    notice,
    kept: report === undefined ? null : portableCrypto.sha256(report) === summary.content,
    fingerprint: portableCrypto.sha256(canonicalBytes(trust)),
  };
}

/** The confirmation of exactly this emergency, by whoever had to give it. */
function ratificationIn(
  bytes: Uint8Array,
  { kind, document, edition, content }: BundleSummary,
  trust: Trust,
  now: Instant,
): BundleSummary | Extract<Finding, { isProved: false }> {
  const verdict = verifyBundle(bytes, trustUnretired(trust), portableCrypto, { now });
  if (!verdict.ok) return refused(verdict.defect.code, defectSentence(verdict.defect.code), 'ratification.json');
  const of = verdict.summary;
  const fits = kind === 'emergency' && of.kind === 'ratify' && of.document === document && of.edition === edition;
  return fits && of.content === content
    ? of
    : refused(
        'ratification_mismatch',
        { zh: '追认的不是这一版', en: 'the ratification is not of this edition' },
        'ratification.json',
      );
}

const NOTICE: Message = { zh: '公告说的不是这件事', en: 'the notice is not about this act' };

/** The notice whose bytes everybody signed, as the verifier has seen; undefined when it speaks of another act. */
function noticeOf(
  { notice: encoded = null }: Bundle,
  { kind, document, edition }: BundleSummary,
): PublicNotice | null | undefined {
  if (encoded === null) return null;
  const notice = parseNotice(bytesOf(encoded));
  if (isRefusal(notice)) return undefined;
  return notice.kind === kind && notice.document === document && notice.edition === edition ? notice : undefined;
}

function organsIn({ directory }: Bundle): ReadonlyMap<string, string> {
  const { organs } = parseCanonical(bytesOf(directory.payload)) as DirectoryDocument;
  return new Map(organs.map(({ code, name }) => [code, name]));
}

function beside({
  'report.json': report,
  'receipt.json': receipt,
  'inclusion.json': inclusion,
}: NamedFiles): Omit<PublicFiles, 'evidence'> {
  return {
    ...(report === undefined ? {} : { report }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(inclusion === undefined ? {} : { inclusion }),
  };
}

function refused(code: string, why: Message, where: string): Extract<Finding, { isProved: false }> {
  return { isProved: false, code, why, where };
}

function readTrust(anchors: unknown): Trust | undefined {
  try {
    return provenTrust(anchors, portableCrypto);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

function bytesOf(encoded: string): Uint8Array {
  const bytes = fromBase64(encoded);
  if (bytes === undefined) throw new Error('what was verified is readable');
  return bytes;
}
