import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { instant } from '#domain/instant';
import { defectSentence } from '#evidence/defect-sentences';
import { nodeCrypto } from '#evidence/node-crypto';
import type { Trust } from '#evidence/trust';
import { type FilesVerdict, type PublicFiles, verifyFiles } from '#evidence/verify-files';
import type { CommandContext } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { readFileBeside, readLocalFile } from '../local-file.js';
import { columns, type Output } from '../output.js';
import { fetchPublication, fetchTrust, readTrust, trustFingerprint } from '../publication-files.js';

interface VerifyOptions {
  readonly trust?: string;
  readonly report?: string;
  readonly inclusion?: string;
}

/** `verify FILE|URL`: proves a publication from what anyone can download; offline for a file. */
export function addVerify(program: Command, context: CommandContext): void {
  program
    .command('verify <file-or-url>')
    .description('核验已公开报告的证据包 prove a publication from its evidence.json')
    .option('--trust <file>', '信任文件 trust.json (default for a file: var/trust.json)')
    .option('--report <file>', '一并核对的 report.json report.json to compare')
    .option('--inclusion <file>', '入账证明 inclusion.json (default: the one beside the file)')
    .action(async (source: string, options: VerifyOptions, command: Command) => {
      const output = context.output(command);
      const verdict = /^https?:\/\//.test(source)
        ? await verifyAddress(source, options, output)
        : await verifyFile(source, options, context.environment.varDir);
      showVerdict(verdict, output);
      output.result(verdict);
      context.end(verdict.ok ? EXIT.ok : EXIT.finding);
    });
}

async function verifyFile(file: string, options: VerifyOptions, varDir: string): Promise<FilesVerdict> {
  const trustFile = options.trust ?? path.join(varDir, 'trust.json');
  if (options.trust === undefined && !existsSync(trustFile))
    throw new CommandFailure(EXIT.usage, 'trust_needed', {
      zh: `没有信任文件：请用 --trust 指定（站点的 /.well-known/sunward/trust.json）。`,
      en: `No trust file: name it with --trust (the site's /.well-known/sunward/trust.json).`,
    });
  const files = {
    evidence: await readLocalFile(file),
    report: options.report === undefined ? undefined : await readLocalFile(options.report),
    receipt: await readFileBeside(file, 'receipt.json'),
    inclusion: await inclusionOf(options, () => readFileBeside(file, 'inclusion.json')),
  };
  return judge(files, await readTrust(trustFile));
}

async function inclusionOf(
  { inclusion }: VerifyOptions,
  found: () => Promise<Uint8Array | undefined>,
): Promise<Uint8Array | undefined> {
  return inclusion === undefined ? found() : readLocalFile(inclusion);
}

type FoundFiles = { readonly [K in keyof PublicFiles]: PublicFiles[K] | undefined } & Pick<PublicFiles, 'evidence'>;

function judge({ evidence, report, receipt, inclusion }: FoundFiles, trust: Trust): FilesVerdict {
  const files = {
    evidence,
    ...(report === undefined ? {} : { report }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(inclusion === undefined ? {} : { inclusion }),
  };
  return verifyFiles(files, trust, nodeCrypto, instant(new Date()));
}

/** Verifies the files behind a public address; without a trust file of one's own, under what the site says of itself. */
export async function verifyAddress(address: string, options: VerifyOptions, output: Output): Promise<FilesVerdict> {
  const trust = options.trust === undefined ? await siteTrust(address, output) : await readTrust(options.trust);
  const files = await fetchPublication(address);
  const report = options.report === undefined ? files.report : await readLocalFile(options.report);
  const inclusion = await inclusionOf(options, () => Promise.resolve(files.inclusion));
  return judge({ ...files, report, inclusion }, trust);
}

async function siteTrust(address: string, output: Output): Promise<Trust> {
  const trust = await fetchTrust(address);
  const fingerprint = trustFingerprint(trust);
  output.warn({
    zh: `注意：信任文件取自被核验的站点自身，只能证明前后一致，不能证明身份。请向机关核对指纹：${fingerprint}`,
    en: `Warning: the trust file comes from the very site under test: it proves consistency, not identity. Compare its fingerprint with the organ: ${fingerprint}`,
  });
  return trust;
}

/** Prints who signed what when, or the defect. */
export function showVerdict(verdict: FilesVerdict, output: Output): void {
  if (!verdict.ok) {
    const { code, where, detail } = verdict.defect;
    const { zh, en } = defectSentence(code);
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
  output.say({ zh: `  内容 SHA-256  ${summary.content}`, en: `  content SHA-256  ${summary.content}` });
  output.say({ zh: `  审签路线  ${summary.route.name}`, en: `  route  ${summary.route.name}` });
  const rows = summary.seats.map(({ stageName, role, organ, actor, at }) => [stageName, `${role}@${organ}`, actor, at]);
  for (const row of columns(rows)) output.say({ zh: `  ${row}`, en: `  ${row}` });
  output.say({ zh: `  封签时间  ${summary.sealedAt}`, en: `  sealed at  ${summary.sealedAt}` });
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
