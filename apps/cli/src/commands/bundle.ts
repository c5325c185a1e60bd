import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { fromBase64 } from '#evidence/base64';
import { readBundle } from '#evidence/bundle';
import { isDefect } from '#evidence/defect';
import { nodeCrypto } from '#evidence/node-crypto';
import { readWithheld } from '#evidence/withheld-bundle';
import type { EvidenceFolder } from '#report-files/writers/evidence-folder';
import { evidenceZip, readVerifier } from '#report-files/writers/evidence-zip';
import type { CommandContext } from '../command-context.js';
import { type EvidenceOptions, findEvidence, type FoundEvidence } from '../evidence-source.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { judge, showVerdict } from './verify.js';

interface BundleOptions extends EvidenceOptions {
  readonly output: string;
}

/** `bundle FILE|URL -o x.zip`: a folder of evidence anyone can check offline; only what is proved is packed. */
export function addBundle(program: Command, context: CommandContext): void {
  program
    .command('bundle <file-or-url>')
    .description('把一次公开的全部证据与核验程序打成一个压缩包 pack the evidence of a publication with its verifier')
    .requiredOption('-o, --output <file>', '压缩包 the ZIP to write')
    .option('--trust <file>', '信任文件 trust.json (default for a file: var/trust.json)')
    .option('--report <file>', '报告 report.json (default: the bytes inside the evidence)')
    .option('--inclusion <file>', '入账证明 inclusion.json (default: the one beside the file)')
    .option('--ratification <file>', '应急公开的追认证据 ratification.json (default: the one beside the file)')
    .action(async (source: string, options: BundleOptions, command: Command) => {
      const output = context.output(command);
      const found = await findEvidence(source, options, { output, varDir: context.environment.varDir });
      const verdict = judge(found);
      showVerdict(verdict, output);
      if (!verdict.ok) {
        output.result(verdict);
        return context.end(EXIT.finding);
      }
      const { files, trust } = found;
      const url = /^https?:/.test(source) ? new URL('.', source).href : null;
      const bytes = evidenceZip({ files: packed(files), trust, title: verdict.title, url }, readVerifier(), nodeCrypto);
      await writeOut(options.output, bytes);
      const digest = nodeCrypto.sha256(bytes);
      output.say({
        zh: `已写入 ${options.output}（${bytes.byteLength} 字节）`,
        en: `wrote ${options.output}, ${bytes.byteLength} bytes`,
      });
      output.say({ zh: `  SHA-256  ${digest}`, en: `  SHA-256  ${digest}` });
      output.result({ ok: true, file: options.output, sizeBytes: bytes.byteLength, sha256: digest });
      context.end(EXIT.ok);
    });
}

/** What goes into the folder: an edition with its report, or a withdrawal, whose evidence is without the text. */
function packed(files: FoundEvidence['files']): EvidenceFolder['files'] {
  if (isDefect(readWithheld(files.evidence))) return { ...files, report: files.report ?? contentOf(files.evidence) };
  return { withdrawal: files.evidence };
}

function contentOf(evidence: Uint8Array): Uint8Array {
  const bundle = readBundle(evidence);
  const content = isDefect(bundle) ? undefined : fromBase64(bundle.content);
  if (content === undefined) throw new Error('a verified bundle has readable content');
  return content;
}

async function writeOut(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = { zh: `无法写入 ${file}：${reason}`, en: `cannot write ${file}: ${reason}` };
    throw new CommandFailure(EXIT.unreachable, 'file_unwritable', sentence, { path: file }, error);
  }
}
