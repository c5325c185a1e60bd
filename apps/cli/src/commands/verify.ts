import type { Command } from 'commander';
import { type Instant, instant } from '#domain/instant';
import { isDefect } from '#evidence/defect';
import { nodeCrypto } from '#evidence/node-crypto';
import { ratificationSentence, verifyRatification } from '#evidence/ratification';
import type { Trust } from '#evidence/trust';
import type { BundleSummary } from '#evidence/verify-bundle';
import { type FilesVerdict, verifyFiles } from '#evidence/verify-files';
import { readWithheld, restoreContent, verifyWithheld } from '#evidence/withheld-bundle';
import type { PublicNotice } from '#report/notice/public-notice';
import { ACT_WORDS, noticeIn, noticeLines } from '../act-words.js';
import type { CommandContext } from '../command-context.js';
import { type EvidenceOptions, findEvidence, type FoundEvidence } from '../evidence-source.js';
import { EXIT } from '../exit-code.js';
import { columns, type Output } from '../output.js';

/** `verify FILE|URL`: proves a publication from what anyone can download; offline for a file. */
export function addVerify(program: Command, context: CommandContext): void {
  program
    .command('verify <file-or-url>')
    .description('核验已公开报告的证据包 prove a publication from its evidence.json')
    .option('--trust <file>', '信任文件 trust.json (default for a file: var/trust.json)')
    .option('--report <file>', '一并核对的 report.json report.json to compare')
    .option('--inclusion <file>', '入账证明 inclusion.json (default: the one beside the file)')
    .option('--ratification <file>', '应急公开的追认证据 ratification.json (default: the one beside the file)')
    .action(async (source: string, options: EvidenceOptions, command: Command) => {
      const output = context.output(command);
      const verdict = judge(await findEvidence(source, options, { output, varDir: context.environment.varDir }));
      showVerdict(verdict, output);
      output.result(verdict);
      context.end(verdict.ok ? EXIT.ok : EXIT.finding);
    });
}

/**
 * A verdict, and what the public was told; `ratification`: who confirmed an emergency afterwards, null without evidence of that; `withheld`: the text
 * was withdrawn and not at hand, all else was proved.
 */
export type Judged = FilesVerdict & {
  readonly notice?: PublicNotice | null;
  readonly ratification?: BundleSummary | null;
  readonly withheld?: boolean;
};

/** Judges what `findEvidence` found. Evidence of a withdrawal has no text in it: the report is put back when it was kept. */
export function judge({ files, trust }: FoundEvidence): Judged {
  const now = instant(new Date());
  const { evidence, report, ratification, ...beside } = files;
  const notice = noticeIn(evidence);
  const withheld = readWithheld(evidence);
  if (isDefect(withheld)) {
    const verdict = verifyFiles(files, trust, nodeCrypto, now);
    return { ...(ratification === undefined ? verdict : ratified(verdict, ratification, trust, now)), notice };
  }
  if (report !== undefined)
    return {
      ...verifyFiles({ ...beside, evidence: restoreContent(withheld, report), report }, trust, nodeCrypto, now),
      notice,
    };
  const verdict = verifyWithheld(evidence, trust, nodeCrypto, { now });
  if (!verdict.ok) return verdict;
  return { ...verdict, title: `${verdict.summary.organ} ${verdict.summary.year}`, notice, withheld: true };
}

/** A proved edition with what came along as its ratification: it must be one, of exactly this emergency. */
function ratified(verdict: FilesVerdict, ratification: Uint8Array, trust: Trust, now: Instant): Judged {
  if (!verdict.ok) return verdict;
  const found = verifyRatification(ratification, verdict.summary, trust, nodeCrypto, now);
  if (!isDefect(found)) return { ...verdict, ratification: found };
  const { defect: code, where, detail } = found;
  return { ok: false, defect: { code, where, detail } };
}

/** Prints who signed what when, or the defect. */
export function showVerdict(verdict: Judged, output: Output): void {
  if (!verdict.ok) {
    const { code, where, detail } = verdict.defect;
    const { zh, en } = ratificationSentence(code);
    output.say({
      zh: `✗ 核验不通过：${zh}\n  ${en}\n  代码 ${code} · 位置 ${where} · ${detail}`,
      en: `✗ Not proved: ${en}\n  ${zh}\n  code ${code} · at ${where} · ${detail}`,
    });
    return;
  }
  const { summary, title } = verdict;
  output.say({
    zh: `✓ 核验通过：${title}（第 ${summary.edition} 版）`,
    en: `✓ Proved: ${title} (edition ${summary.edition})`,
  });
  showAct(verdict, output);
  output.say({ zh: `  内容 SHA-256  ${summary.content}`, en: `  content SHA-256  ${summary.content}` });
  output.say({ zh: `  审签路线  ${summary.route.name}`, en: `  route  ${summary.route.name}` });
  showSignatures(summary, output);
  if (summary.kind === 'emergency') showRatification(verdict.ratification ?? null, output);
  const { place } = summary;
  if (place === null) output.say({ zh: '  台账日志  未附入账证明', en: '  log  no proof of inclusion given' });
  else {
    const { position, checkpoint } = place;
    output.say({
      zh: `  台账日志  ${checkpoint.origin} 第 ${position} 条，检查点共 ${checkpoint.size} 条`,
      en: `  log  entry ${position} of ${checkpoint.origin}, in the checkpoint of ${checkpoint.size}`,
    });
  }
}

function showSignatures({ seats, sealedAt }: BundleSummary, output: Output): void {
  const rows = seats.map(({ stageName, role, organ, actor, at }) => [stageName, `${role}@${organ}`, actor, at]);
  for (const [index, row] of columns(rows).entries()) {
    const own = seats[index]?.passkey !== undefined;
    output.say({ zh: `  ${row}${own ? '  通行密钥' : ''}`, en: `  ${row}${own ? '  passkey' : ''}` });
  }
  output.say({ zh: `  封签时间  ${sealedAt}`, en: `  sealed at  ${sealedAt}` });
}

/** Who confirmed an emergency by the regular route afterwards, or that nothing here says so. */
function showRatification(ratification: BundleSummary | null, output: Output): void {
  if (ratification === null) {
    output.say({
      zh: '! 没有追认的证据：尚未按正常程序追认，或没有一并提供 ratification.json',
      en: '! no evidence of a ratification: it is not ratified yet, or ratification.json did not come along',
    });
    return;
  }
  output.say({
    zh: `✓ 已追认：其后按正常程序对同一内容签批（${ratification.route.name}）`,
    en: `✓ Ratified: the same content was signed by the regular route afterwards (${ratification.route.name})`,
  });
  showSignatures(ratification, output);
}

/** What was asked for, and what the public was told of it. */
function showAct({ summary, notice = null, withheld = false }: Extract<Judged, { ok: true }>, output: Output): void {
  const { zh, en } = ACT_WORDS[summary.kind];
  output.say({ zh: `  事项  ${zh}`, en: `  act  ${en}` });
  if (notice !== null) for (const line of noticeLines(notice)) output.say(line);
  if (withheld)
    output.say({
      zh: '  正文已撤下，未能核对原文字节；存有原 report.json 的，可用 --report 一并核对',
      en: '  the text was taken back and its bytes were not compared; with a kept report.json use --report',
    });
}
