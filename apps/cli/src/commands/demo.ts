import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { Accounts } from '#contracts/http/district.api';
import { isRefusal } from '#domain/decision';
import { decodeText } from '#report/readers/decode';
import { readPlainText } from '#report/readers/plain-text';
import type { CommandContext } from '../command-context.js';
import { type Account, runChain } from '../demo-chain.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { readJsonFile, readLocalFile } from '../local-file.js';
import type { Output } from '../output.js';
import { evidenceAt } from '../evidence-source.js';
import { judge, showVerdict } from './verify.js';

interface DemoOptions {
  readonly accounts: string;
  readonly server: string;
  readonly file: string;
  readonly organ?: string;
  readonly trust?: string;
}

/** `demo`: takes a sample report from import to its public page over HTTP only, and proves it. */
export function addDemo(program: Command, context: CommandContext): void {
  const { server, varDir } = context.environment;
  program
    .command('demo')
    .description('演示：样本报告从导入到公开 take a sample report from import to live')
    .option('--accounts <file>', '账户文件 accounts file', path.join(varDir, 'accounts.json'))
    .option('--server <url>', '网关地址 gateway address (env SUNWARD_SERVER)', server ?? 'http://localhost:3000')
    .option('--file <file>', '报告文件 report file', 'samples/xiangyang-2020.txt')
    .option('--organ <code>', '机关代码 organ (default: the first with a drafter)')
    .option('--trust <file>', '信任文件 trust file (default: trust.json beside the accounts)')
    .action(async (options: DemoOptions, command: Command) => {
      const output = context.output(command);
      context.end(await demo(options, output));
    });
}

async function demo(options: DemoOptions, output: Output): Promise<0 | 1> {
  const accounts = await readAccounts(options.accounts);
  const file = { name: path.basename(options.file), bytes: await readLocalFile(options.file) };
  const organ = options.organ ?? drafterOrgan(accounts, options.accounts);
  const steps: { step: string; milliseconds: number }[] = [];
  const start = performance.now();
  const { line, already } = await runChain({
    server: options.server,
    accounts,
    organ,
    year: yearOf(file.bytes, options.file),
    file,
    step: (done, milliseconds) => {
      steps.push({ step: done.en, milliseconds });
      const time = `${String(milliseconds).padStart(6)} ms`;
      output.say({ zh: `${time}  ${done.zh}`, en: `${time}  ${done.en}` });
    },
  });
  const totalMs = Math.round(performance.now() - start);
  output.say(
    already
      ? { zh: '报告已经公开，无需再办。', en: 'The report is public already; nothing to do.' }
      : { zh: `共 ${totalMs} ms`, en: `${totalMs} ms in all` },
  );
  output.say({ zh: `公开地址  ${line.url}`, en: `public address  ${line.url}` });
  const evidence = new URL('evidence.json', line.url).href;
  output.say({ zh: `证据包    ${evidence}`, en: `evidence  ${evidence}` });
  const beside = path.join(path.dirname(options.accounts), 'trust.json');
  const trust = options.trust ?? (existsSync(beside) ? beside : undefined);
  const verdict = judge(await evidenceAt(line.url, trust === undefined ? {} : { trust }, output));
  showVerdict(verdict, output);
  output.result({ ok: verdict.ok, already, url: line.url, evidence, case: line.case, totalMs, steps, verdict });
  return verdict.ok ? EXIT.ok : EXIT.finding;
}

async function readAccounts(file: string): Promise<readonly Account[]> {
  const accounts = Accounts.safeParse(await readJsonFile(file));
  if (accounts.success) return accounts.data.accounts;
  const sentence = { zh: `${file} 不是账户文件。`, en: `${file} is no accounts file.` };
  throw new CommandFailure(EXIT.usage, 'bad_accounts', sentence, { issues: accounts.error.issues });
}

function drafterOrgan(accounts: readonly Account[], file: string): string {
  const organ = accounts.flatMap(({ grants }) => grants).find(({ role }) => role === 'drafter')?.organ;
  if (organ !== undefined) return organ;
  const sentence = { zh: `${file} 中没有起草人（drafter）。`, en: `Nobody in ${file} is a drafter.` };
  throw new CommandFailure(EXIT.usage, 'no_drafter', sentence);
}

function yearOf(bytes: Uint8Array, file: string): number {
  const decoded = decodeText(bytes);
  const reading = isRefusal(decoded) ? decoded : readPlainText(decoded.text);
  if (!isRefusal(reading)) return reading.report.year;
  const sentence = {
    zh: `${file} 不能作为年度报告读取（${reading.refused}）。`,
    en: `${file} cannot be read as a report (${reading.refused}).`,
  };
  throw new CommandFailure(EXIT.finding, reading.refused, sentence, reading.data);
}
