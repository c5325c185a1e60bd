import { canonicalBytes } from '#evidence/canonical';
import { defectSentence, type Message } from '#evidence/defect-sentences';
import { portableCrypto } from '#evidence/portable-crypto';
import type { Trust } from '#evidence/trust';
import type { BundleSummary } from '#evidence/verify-bundle';
import type { FilesVerdict } from '#evidence/verify-files';
import type { PublicNotice } from '#report/notice/public-notice';
import type { NotProved, Withdrawal } from './acts.js';
import { RESULT_WORDS } from './check/result-words.js';

interface Check {
  readonly done: Message;
  /** Codes of the defects this check finds. */
  readonly finds: (code: string) => boolean;
}

/** That the copy is whole. */
export const FILES: Message = { zh: '文件齐全，与清单一致', en: 'every file is there and as listed' };
const CHECKS: readonly Check[] = [
  {
    done: {
      zh: '证据包：规定的签批齐全，人人不同、有权，所签正是这份内容',
      en: 'evidence: every required signature, by distinct and entitled people, on exactly this content',
    },
    finds: (code) => !/^(?:report_bytes|invalid_edition|edition_mismatch|receipt_.*)$/.test(code),
  },
  {
    done: { zh: 'report.json 正是签批的字节', en: 'report.json is the very bytes that were signed' },
    finds: (code) => code === 'report_bytes',
  },
  {
    done: {
      zh: '内容是封签所指机关、年度、版本的报告',
      en: 'the content is the report the seal names: organ, year and edition',
    },
    finds: (code) => code === 'invalid_edition' || code === 'edition_mismatch',
  },
  {
    done: { zh: '发布回执：网站上线后回读过这些字节', en: 'receipt: the site was read back and showed these bytes' },
    finds: (code) => code.startsWith('receipt_'),
  },
];

/** Beside a signature the signer's own key made; the others are attested by the service he proved himself to. */
const BY_PASSKEY = { zh: '通行密钥', en: 'passkey' };
const INSTEAD = { zh: '代', en: 'for' };
const SEALED = { zh: '封签', en: 'sealed' };
const WHO = {
  signed: { zh: '谁在何时签批', en: 'who signed, and when' },
  ratified: { zh: '谁在何时追认', en: 'who ratified it, and when' },
  withdrew: { zh: '谁在何时签批撤回', en: 'who signed the withdrawal, and when' },
};
const WITHDRAWN: Message = {
  zh: '撤回：规定的签批齐全，人人不同、有权，所签理由如下；被撤回的正文不在证据里',
  en: 'withdrawal: every required signature, by distinct and entitled people, with the reason below; the text that was withdrawn is not in the evidence',
};
const WITHDRAWAL_SHOWN: Message = {
  zh: '撤回回执：系统撤下后回读该网址，所见正是这份撤回证据',
  en: 'receipt: the address was read back after the withdrawal and showed this very evidence of it',
};
const KEPT: Message = {
  zh: 'report.json 正是被撤回的那份报告',
  en: 'report.json is the very report that was withdrawn',
};

const both = ({ zh, en }: Message): string => `${zh} · ${en}`;
/** A line for something that is proved. */
export const good = (message: Message): string => `✓ ${both(message)}`;
/** A line for something that is not proved, with its sentence and what was found. */
export const bad = ({ code, where, detail, why }: Omit<NotProved, 'isProved'>): string =>
  `✗ ${both(why)} [${code} @ ${where}: ${detail}]`;
/** A line for what could not be looked at. */
export const unclear = (message: Message): string => `? ${both(message)}`;

/** One line a check; after the first that failed nothing was looked at. */
export function checkLines(verdict: FilesVerdict, withReceipt: boolean): readonly string[] {
  const checks = withReceipt ? CHECKS : CHECKS.slice(0, -1);
  if (verdict.ok) return checks.map(({ done }) => good(done));
  const { code } = verdict.defect;
  const failed = checks.findIndex(({ finds }) => finds(code));
  const why = defectSentence(code);
  return [...checks.slice(0, failed).map(({ done }) => good(done)), bad({ ...verdict.defect, why })];
}

/** What was signed, why the public was told it was, and who signed it when. */
export function editionLines(
  { summary, title }: Extract<FilesVerdict, { ok: true }>,
  notice: PublicNotice | null,
): readonly string[] {
  const { place } = summary;
  const logged =
    place === null
      ? { zh: '尚未附入账证明', en: 'no proof of inclusion in the log yet' }
      : {
          zh: `台账日志 ${place.checkpoint.origin} 第 ${place.position} 条`,
          en: `entry ${place.position} of the log ${place.checkpoint.origin}`,
        };
  return [
    place === null ? `- ${both(logged)}` : good(logged),
    `  ${title}（第 ${summary.edition} 版 · edition ${summary.edition}）`,
    `  SHA-256 ${summary.content}`,
    ...actLines(summary, notice),
    ...signerLines(summary, WHO.signed),
  ];
}

/** How an emergency stands: ratified by whom and when, or without evidence that it was. */
export function ratificationLines(ratification: BundleSummary | null): readonly string[] {
  const said = ({ zh, en }: typeof RESULT_WORDS, word: 'ratified' | 'notRatified'): Message => ({
    zh: zh[word],
    en: en[word],
  });
  if (ratification === null) return [`! ${both(said(RESULT_WORDS, 'notRatified'))}`];
  return [good(said(RESULT_WORDS, 'ratified')), ...signerLines(ratification, WHO.ratified)];
}

/** That an edition was withdrawn: which one, why, and by whom; what else was there to compare. */
export function withdrawalLines(
  { summary, notice, organName }: Withdrawal,
  { receipt, report }: { readonly receipt: boolean; readonly report: boolean },
): readonly string[] {
  const { year, edition } = summary;
  return [
    good(WITHDRAWN),
    ...(receipt ? [good(WITHDRAWAL_SHOWN)] : []),
    ...(report ? [good(KEPT)] : []),
    `  ${organName} ${both({ zh: `${year}年，撤回第 ${edition} 版`, en: `${year}, edition ${edition} withdrawn` })}`,
    `  SHA-256 ${summary.content}`,
    ...actLines(summary, notice),
    ...signerLines(summary, WHO.withdrew),
  ];
}

function actLines({ kind, route }: BundleSummary, notice: PublicNotice | null): readonly string[] {
  const { zh, en } = RESULT_WORDS;
  return [
    `  ${both({ zh: zh.facts.act, en: en.facts.act })}  ${both({ zh: zh.acts[kind], en: en.acts[kind] })}`,
    ...(notice === null ? [] : [`  ${both({ zh: zh.facts.reason, en: en.facts.reason })}  ${notice.reason}`]),
    `  ${route.name}`,
  ];
}

function signerLines({ seats, sealedAt }: BundleSummary, who: Message): readonly string[] {
  return [
    `  ${both(who)}`,
    ...seats.map(({ stageName, role, organ, actor, at, onBehalfOf, passkey }) => {
      const instead = onBehalfOf == null ? '' : `  ${both(INSTEAD)} ${onBehalfOf}`;
      const own = passkey === undefined ? '' : `  ${both(BY_PASSKEY)}`;
      return `  ${stageName}  ${role}@${organ}  ${actor}${instead}  ${at}${own}`;
    }),
    `  ${both(SEALED)}  ${sealedAt}`,
  ];
}

/** Which keys it was checked by, and what to compare them with. `own`: the reader's own trust file. */
export function trustLine(trust: Trust, own: boolean): string {
  const fingerprint = portableCrypto.sha256(canonicalBytes(trust));
  if (own) return `- ${both({ zh: '信任文件指纹', en: 'fingerprint of the trust file' })}  ${fingerprint}`;
  const warning = {
    zh: '公钥取自随附的 trust.json，只证明前后一致；请向机关核对指纹',
    en: 'the keys come from the trust.json in this folder and prove consistency only; compare the fingerprint with the organ',
  };
  return `! ${both(warning)}  ${fingerprint}`;
}
