import { instant, type Instant } from '#domain/instant';
import { canonicalBytes } from '#evidence/canonical';
import { defectSentence, type Message } from '#evidence/defect-sentences';
import { filesDefect, type NamedFiles } from '#evidence/files-manifest';
import { portableCrypto } from '#evidence/portable-crypto';
import { provenTrust } from '#evidence/key-changes';
import type { Trust } from '#evidence/trust';
import { type FilesVerdict, verifyFiles } from '#evidence/verify-files';

/** 0 everything is proved, 1 something is not, 2 the files needed for that are not here. */
export type FolderExit = 0 | 1 | 2;

/** What is said about a folder, line by line, and the verdict behind it; `verdict` null when there was nothing to judge. */
export interface FolderVerdict {
  readonly exit: FolderExit;
  readonly lines: readonly string[];
  readonly verdict: FilesVerdict | null;
}

interface Check {
  readonly done: Message;
  /** Codes of the defects this check finds. */
  readonly finds: (code: string) => boolean;
}

const FILES: Check = {
  done: { zh: '文件齐全，与清单一致', en: 'every file is there and as listed' },
  finds: (code) => code.startsWith('file'),
};
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

/**
 * Judges the files of an unpacked folder, with no network and nothing installed. `anchors`: the trust file to go by in
 * place of the one that came along, which can prove only that everything fits together.
 */
export function judgeFolder(files: NamedFiles, now: Instant, anchors?: Uint8Array): FolderVerdict {
  const { 'evidence.json': evidence, 'report.json': report } = files;
  if (evidence === undefined) return unusable({ zh: '没有 evidence.json', en: 'there is no evidence.json' });
  if (report === undefined) return unusable({ zh: '没有 report.json', en: 'there is no report.json' });
  const trust = readTrust(anchors ?? files['trust.json']);
  if (typeof trust === 'string')
    return unusable({ zh: `没有可用的信任文件：${trust}`, en: `there is no usable trust file: ${trust}` });
  const whole = filesDefect(files, portableCrypto);
  const { 'receipt.json': receipt, 'inclusion.json': inclusion } = files;
  const beside = { ...(receipt === undefined ? {} : { receipt }), ...(inclusion === undefined ? {} : { inclusion }) };
  const verdict = verifyFiles({ evidence, report, ...beside }, trust, portableCrypto, now);
  const lines = [
    whole === undefined ? good(FILES.done) : bad(whole.defect, whole.where, whole.detail),
    ...checkLines(verdict, receipt !== undefined),
    ...(verdict.ok ? summaryLines(verdict) : []),
    trustLine(trust, anchors !== undefined),
  ];
  return { exit: verdict.ok && whole === undefined ? 0 : 1, lines, verdict };
}

function readTrust(bytes: Uint8Array | undefined): Trust | string {
  if (bytes === undefined) return 'trust.json';
  try {
    return provenTrust(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), portableCrypto);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const both = ({ zh, en }: Message): string => `${zh} · ${en}`;
const good = (message: Message): string => `✓ ${both(message)}`;
const bad = (code: string, where: string, detail: string): string =>
  `✗ ${both(defectSentence(code))} [${code} @ ${where}: ${detail}]`;

function unusable(message: Message): FolderVerdict {
  return { exit: 2, lines: [`? ${both(message)}`], verdict: null };
}

/** One line a check; after the first that failed nothing was looked at. */
function checkLines(verdict: FilesVerdict, withReceipt: boolean): readonly string[] {
  const checks = withReceipt ? CHECKS : CHECKS.slice(0, -1);
  if (verdict.ok) return checks.map(({ done }) => good(done));
  const { code, where, detail } = verdict.defect;
  const failed = checks.findIndex(({ finds }) => finds(code));
  return [...checks.slice(0, failed).map(({ done }) => good(done)), bad(code, where, detail)];
}

function summaryLines({ summary, title }: Extract<FilesVerdict, { ok: true }>): readonly string[] {
  const { place, seats, route } = summary;
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
    `  ${route.name}`,
    ...seats.map(
      ({ stageName, role, organ, actor, at, passkey }) =>
        `  ${stageName}  ${role}@${organ}  ${actor}  ${at}${passkey === undefined ? '' : `  ${both(BY_PASSKEY)}`}`,
    ),
    `  ${both({ zh: '封签', en: 'sealed' })}  ${summary.sealedAt}`,
  ];
}

function trustLine(trust: Trust, own: boolean): string {
  const fingerprint = portableCrypto.sha256(canonicalBytes(trust));
  if (own) return `- ${both({ zh: '信任文件指纹', en: 'fingerprint of the trust file' })}  ${fingerprint}`;
  const warning = {
    zh: '公钥取自随附的 trust.json，只证明前后一致；请向机关核对指纹',
    en: 'the keys come from the trust.json in this folder and prove consistency only; compare the fingerprint with the organ',
  };
  return `! ${both(warning)}  ${fingerprint}`;
}

/** Now, in the form everything signed is dated in. */
export const presently = (): Instant => instant(new Date());
