import type { Instant } from '#domain/instant';
import { isRefusal } from '#domain/decision';
import { fromBase64 } from '#evidence/base64';
import type { Bundle } from '#evidence/bundle';
import { parseCanonical } from '#evidence/canonical';
import { isDefect } from '#evidence/defect';
import { defectSentence, type Message } from '#evidence/defect-sentences';
import { trustUnretired } from '#evidence/key-validity';
import { portableCrypto } from '#evidence/portable-crypto';
import type { DirectoryDocument } from '#evidence/statements';
import type { Trust } from '#evidence/trust';
import type { BundleSummary, Verdict } from '#evidence/verify-bundle';
import { ratificationSentence, verifyRatification } from '#evidence/ratification';
import { verifyWithheld } from '#evidence/withheld-bundle';
import { parseNotice, type PublicNotice } from '#report/notice/public-notice';

/** What stops a proof. `why`: for people; `detail`: what was found in the file `where`, for those who look into it. */
export interface NotProved {
  readonly isProved: false;
  readonly why: Message;
  readonly code: string;
  readonly where: string;
  readonly detail: string;
}

/** What somebody takes for good is refused with these words; by the verifier's own when `why` is left out. */
export function refused(code: string, where: string, detail = '', why = defectSentence(code)): NotProved {
  return { isProved: false, code, why, where, detail };
}

const refusedBy = ({ defect: { code, where, detail } }: Extract<Verdict, { ok: false }>): NotProved =>
  refused(code, where, detail);

/** What the evidence of a withdrawal proves, without the text that was withdrawn. `organs`: names by code. */
export interface Withdrawal {
  readonly summary: BundleSummary;
  readonly notice: PublicNotice;
  readonly organName: string;
  readonly organs: ReadonlyMap<string, string>;
}

/** Proves a withdrawal from its evidence; no log entry names it without its text, so a key that was retired since may have sealed it. */
export function withdrawalIn(withheld: Uint8Array, trust: Trust, now: Instant): Withdrawal | NotProved {
  const verdict = verifyWithheld(withheld, trustUnretired(trust), portableCrypto, { now });
  if (!verdict.ok) return refusedBy(verdict);
  const { summary } = verdict;
  const bundle = parseCanonical(withheld) as Bundle;
  const notice = noticeOf(bundle, summary);
  if (summary.kind !== 'withdraw' || notice == null) return otherNotice('withdrawal.json');
  const organs = organsIn(bundle);
  return { summary, notice, organName: organs.get(summary.organ) ?? summary.organ, organs };
}

/** The confirmation of exactly this emergency, or why it is none. */
export function ratificationIn(
  bytes: Uint8Array,
  edition: BundleSummary,
  trust: Trust,
  now: Instant,
): BundleSummary | NotProved {
  const found = verifyRatification(bytes, edition, trust, portableCrypto, now);
  return isDefect(found) ? refused(found.defect, found.where, found.detail, ratificationSentence(found.defect)) : found;
}

/** The notice whose bytes everybody signed, as the verifier has seen; undefined when it speaks of another act. */
export function noticeOf(
  { notice: encoded = null }: Pick<Bundle, 'notice'>,
  { kind, document, edition }: BundleSummary,
): PublicNotice | null | undefined {
  if (encoded === null) return null;
  const notice = parseNotice(bytesOf(encoded));
  if (isRefusal(notice)) return undefined;
  return notice.kind === kind && notice.document === document && notice.edition === edition ? notice : undefined;
}

/** Says that a notice is about another act than the evidence in this file. */
export function otherNotice(where: string): NotProved {
  return refused('notice_mismatch', where, '', { zh: '公告说的不是这件事', en: 'the notice is not about this act' });
}

/** Names of organs by code, as the directory in verified evidence has them. */
export function organsIn({ directory }: Pick<Bundle, 'directory'>): ReadonlyMap<string, string> {
  const { organs } = parseCanonical(bytesOf(directory.payload)) as DirectoryDocument;
  return new Map(organs.map(({ code, name }) => [code, name]));
}

/** The bytes of something that was verified, so that it is readable. */
export function bytesOf(encoded: string): Uint8Array {
  const bytes = fromBase64(encoded);
  if (bytes === undefined) throw new Error('what was verified is readable');
  return bytes;
}
