import { type Instant, instant } from '#domain/instant';
import { isRefusal } from '#domain/decision';
import type { Bundle } from '#evidence/bundle';
import { canonicalBytes, parseCanonical } from '#evidence/canonical';
import { defectSentence } from '#evidence/defect-sentences';
import type { NamedFiles } from '#evidence/files-manifest';
import { provenTrust } from '#evidence/key-changes';
import { portableCrypto } from '#evidence/portable-crypto';
import type { Trust } from '#evidence/trust';
import type { BundleSummary } from '#evidence/verify-bundle';
import { type PublicFiles, verifyFiles } from '#evidence/verify-files';
import { parseEdition } from '#report/edition';
import type { PublicNotice } from '#report/notice/public-notice';
import {
  bytesOf,
  noticeOf,
  type NotProved,
  organsIn,
  otherNotice,
  ratificationIn,
  refused,
  withdrawalIn,
} from '../acts.js';
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
export type Finding = ProvedEdition | ProvedWithdrawal | NotProved;

/**
 * Judges what a reader chose or what stands at an address, with no further request. `anchors`: the trust file's JSON. Files
 * beside `evidence.json` are checked when they are there; what is missing is not held against it. Evidence of a withdrawal goes before that of the
 * edition it withdrew.
 */
export function findingOf(files: NamedFiles, anchors: unknown, now: Instant = instant(new Date())): Finding {
  const trust = readTrust(anchors);
  if (trust === undefined)
    return refused('trust_unusable', 'trust.json', '', { zh: '信任文件不能用', en: 'the trust file cannot be used' });
  if (files['withdrawal.json'] !== undefined) return withdrawalOf(files['withdrawal.json'], files, trust, now);
  const { 'evidence.json': evidence, 'ratification.json': ratifying, ...others } = files;
  if (evidence === undefined)
    return refused('evidence_missing', '', '', {
      zh: '没有证据包 evidence.json，也没有撤回的证据 withdrawal.json',
      en: 'there is neither evidence.json nor withdrawal.json',
    });
  const verdict = verifyFiles({ evidence, ...beside(others) }, trust, portableCrypto, now);
  if (!verdict.ok) return refused(verdict.defect.code, verdict.defect.where, verdict.defect.detail);
  const bundle = parseCanonical(evidence) as Bundle;
  const edition = parseEdition(bytesOf(bundle.content));
  if (isRefusal(edition)) return refused(edition.refused, 'content', '', defectSentence('invalid_edition'));
  const notice = noticeOf(bundle, verdict.summary);
  if (notice === undefined) return otherNotice('notice');
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

/** That an edition was withdrawn, and whether the report that came along is the one. */
function withdrawalOf(withheld: Uint8Array, files: NamedFiles, trust: Trust, now: Instant): Finding {
  const proved = withdrawalIn(withheld, trust, now);
  if ('code' in proved) return proved;
  const report = files['report.json'];
  return {
    isProved: true,
    shows: 'withdrawal',
    ...proved,
    kept: report === undefined ? null : portableCrypto.sha256(report) === proved.summary.content,
    fingerprint: portableCrypto.sha256(canonicalBytes(trust)),
  };
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

function readTrust(anchors: unknown): Trust | undefined {
  try {
    return provenTrust(anchors, portableCrypto);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
