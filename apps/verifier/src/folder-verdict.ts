import { instant, type Instant } from '#domain/instant';
import type { Bundle } from '#evidence/bundle';
import { parseCanonical } from '#evidence/canonical';
import type { Message } from '#evidence/defect-sentences';
import { filesDefect, type NamedFiles } from '#evidence/files-manifest';
import { portableCrypto } from '#evidence/portable-crypto';
import { provenTrust } from '#evidence/key-changes';
import type { Trust } from '#evidence/trust';
import type { BundleSummary } from '#evidence/verify-bundle';
import { type FilesVerdict, verifyFiles } from '#evidence/verify-files';
import {
  noticeOf,
  type NotProved,
  otherNotice,
  ratificationIn,
  refused,
  type Withdrawal,
  withdrawalIn,
} from './acts.js';
import {
  bad,
  checkLines,
  editionLines,
  FILES,
  good,
  ratificationLines,
  trustLine,
  unclear,
  withdrawalLines,
} from './folder-lines.js';
import { withdrawalReceiptDefect } from './withdrawal-receipt.js';

/** 0 everything is proved, 1 something is not, 2 the files needed for that are not here. */
export type FolderExit = 0 | 1 | 2;

/**
 * What is said about a folder, line by line, and the verdict behind it; `verdict` null when there was nothing to judge, of the withdrawal where no
 * edition came along. `ratification`: who confirmed an emergency; `withdrawal`: who took the edition back, and why.
 */
export interface FolderVerdict {
  readonly exit: FolderExit;
  readonly lines: readonly string[];
  readonly verdict: FilesVerdict | null;
  readonly ratification: BundleSummary | null;
  readonly withdrawal: Pick<Withdrawal, 'summary' | 'notice'> | null;
}

/** What the files of one act prove: its lines, and the verdict. */
type Part = Omit<FolderVerdict, 'exit' | 'verdict'> & { readonly verdict: FilesVerdict };

/**
 * Judges the files of an unpacked folder, with no network and nothing installed: an edition, its ratification, its withdrawal, whichever are there.
 * `anchors`: the trust file to go by in place of the one that came along, which can prove only that everything fits together.
 */
export function judgeFolder(files: NamedFiles, now: Instant, anchors?: Uint8Array): FolderVerdict {
  const { 'evidence.json': evidence, 'report.json': report, 'withdrawal.json': withheld } = files;
  if (evidence === undefined && withheld === undefined)
    return unusable({
      zh: '没有 evidence.json，也没有撤回的证据 withdrawal.json',
      en: 'there is neither evidence.json nor withdrawal.json',
    });
  if (evidence !== undefined && report === undefined)
    return unusable({ zh: '没有 report.json', en: 'there is no report.json' });
  const trust = readTrust(anchors ?? files['trust.json']);
  if (typeof trust === 'string')
    return unusable({ zh: `没有可用的信任文件：${trust}`, en: `there is no usable trust file: ${trust}` });
  const whole = filesDefect(files, portableCrypto);
  const edition = evidence === undefined ? null : judgeEdition(evidence, files, trust, now);
  const withdrawal = withheld === undefined ? null : judgeWithdrawal(withheld, files, trust, now, edition?.verdict);
  const parts = [edition, withdrawal].filter((part) => part !== null);
  const refusal = parts.find(({ verdict }) => !verdict.ok);
  return {
    exit: refusal === undefined && whole === undefined ? 0 : 1,
    lines: [
      whole === undefined ? good(FILES) : bad(refused(whole.defect, whole.where, whole.detail)),
      ...parts.flatMap(({ lines }) => lines),
      trustLine(trust, anchors !== undefined),
    ],
    verdict: (refusal ?? edition ?? withdrawal)?.verdict ?? null,
    ratification: edition?.ratification ?? null,
    withdrawal: withdrawal?.withdrawal ?? null,
  };
}

/** An edition by everything beside it; its ratification only where it was an emergency. */
function judgeEdition(evidence: Uint8Array, files: NamedFiles, trust: Trust, now: Instant): Part {
  const {
    'report.json': report,
    'receipt.json': receipt,
    'inclusion.json': inclusion,
    'ratification.json': ratifying,
  } = files;
  const beside = {
    ...(report === undefined ? {} : { report }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(inclusion === undefined ? {} : { inclusion }),
  };
  const verdict = verifyFiles({ evidence, ...beside }, trust, portableCrypto, now);
  const lines = checkLines(verdict, receipt !== undefined);
  if (!verdict.ok) return { lines, verdict, ratification: null, withdrawal: null };
  const { summary } = verdict;
  const notice = noticeOf(parseCanonical(evidence) as Bundle, summary);
  if (notice === undefined) return refusedPart(lines, otherNotice('evidence.json'));
  const said = [...lines, ...editionLines(verdict, notice)];
  const ratification = ratifying === undefined ? null : ratificationIn(ratifying, summary, trust, now);
  if (ratification !== null && 'isProved' in ratification) return refusedPart(said, ratification);
  const standing = summary.kind === 'emergency' ? ratificationLines(ratification) : [];
  return { lines: [...said, ...standing], verdict, ratification, withdrawal: null };
}

/** A withdrawal: of the edition that came along where one did, or by itself, with its own receipt and the report somebody kept. */
function judgeWithdrawal(
  withheld: Uint8Array,
  { 'receipt.json': receipt, 'report.json': report }: NamedFiles,
  trust: Trust,
  now: Instant,
  edition: FilesVerdict | undefined,
): Part {
  const proved = withdrawalIn(withheld, trust, now);
  if ('isProved' in proved) return refusedPart([], proved);
  const { summary, notice, organName } = proved;
  const isAlone = edition === undefined;
  const wrong =
    (isAlone ? null : otherReport(summary, edition)) ??
    (isAlone && receipt !== undefined ? withdrawalReceiptDefect(receipt, withheld, summary, trust) : null) ??
    (isAlone && report !== undefined ? keptDefect(report, summary) : null);
  if (wrong !== null) return refusedPart([], wrong);
  const seen = { receipt: isAlone && receipt !== undefined, report: isAlone && report !== undefined };
  return {
    lines: withdrawalLines(proved, seen),
    verdict: { ok: true, summary, title: `${organName} ${summary.year}` },
    ratification: null,
    withdrawal: { summary, notice },
  };
}

/** A withdrawal takes back its edition and those before it, of its own document. */
function otherReport({ document, edition }: BundleSummary, of: FilesVerdict): NotProved | null {
  if (!of.ok || (of.summary.document === document && of.summary.edition <= edition)) return null;
  return refused('withdrawal_mismatch', 'withdrawal.json', `${document} edition ${edition}`, {
    zh: '撤回的不是这份报告的这一版',
    en: 'what was withdrawn is not this edition of this report',
  });
}

function keptDefect(report: Uint8Array, { content }: BundleSummary): NotProved | null {
  const digest = portableCrypto.sha256(report);
  return digest === content
    ? null
    : refused('report_bytes', 'report.json', `SHA-256 ${digest}, withdrawn was ${content}`);
}

function refusedPart(lines: readonly string[], wrong: NotProved): Part {
  const { code, where, detail } = wrong;
  const verdict = { ok: false, defect: { code, where, detail } } as const;
  return { lines: [...lines, bad(wrong)], verdict, ratification: null, withdrawal: null };
}

function readTrust(bytes: Uint8Array | undefined): Trust | string {
  if (bytes === undefined) return 'trust.json';
  try {
    return provenTrust(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), portableCrypto);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function unusable(message: Message): FolderVerdict {
  return unjudged([unclear(message)]);
}

/** Exit 2 with these lines. */
export function unjudged(lines: readonly string[]): FolderVerdict {
  return { exit: 2, lines, verdict: null, ratification: null, withdrawal: null };
}

/** Now, in the form everything signed is dated in. */
export const presently = (): Instant => instant(new Date());
