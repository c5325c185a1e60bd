#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import type { CommandContext } from './command-context.js';
import { addAudit } from './commands/audit.js';
import { addLedger } from './commands/ledger.js';
import { addChannels } from './commands/channels.js';
import { addBundle } from './commands/bundle.js';
import { addCaseCommands } from './commands/case-commands.js';
import { addCheck } from './commands/check.js';
import { addConvert, addTemplate } from './commands/convert.js';
import { addDemo } from './commands/demo.js';
import { addDeputy } from './commands/deputy.js';
import { addDirectory } from './commands/directory.js';
import { addDoctor } from './commands/doctor.js';
import { addFormats, installFormatsOf } from './commands/formats.js';
import { addLists } from './commands/lists.js';
import { addNoteCommands } from './commands/note-commands.js';
import { addPublicActs } from './commands/public-acts.js';
import { addSearch } from './commands/search.js';
import { addSeatCommands } from './commands/seat-commands.js';
import { addSubmit } from './commands/submit.js';
import { addVerify } from './commands/verify.js';
import { CommandFailure, EXIT, type ExitCode } from './exit-code.js';
import { type Output, outputTo } from './output.js';

const EXIT_CODES = `
退出码 exit codes
  0  完成 done
  1  有问题或被拒绝 a finding or a refusal
  2  用法不对 wrong usage
  3  服务器或本机环境不可用 the server or something local is out of reach`;

const { env } = process;
const { stdout, stderr } = process;
// Whoever reads the output may have seen enough (`sunward verify … | head`): the rest is not written, and the exit code stays what it is.
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

let current = outputOf({ json: process.argv.includes('--json'), lang: process.argv.includes('en') ? 'en' : 'zh' });

const context: CommandContext = {
  environment: {
    server: env['SUNWARD_SERVER'],
    password: env['SUNWARD_PASSWORD'],
    varDir: env['SUNWARD_VAR'] ?? 'var',
    database: env['DATABASE_URL'],
  },
  output: (command) => {
    current = outputOf(command.optsWithGlobals<{ json: boolean; lang: 'zh' | 'en' }>());
    return current;
  },
  write: (text) => stdout.write(`${text}\n`),
  end: (code) => {
    process.exitCode = code;
  },
};

function outputOf({ json, lang }: { readonly json: boolean; readonly lang: 'zh' | 'en' }): Output {
  const write = (line: string): boolean => stdout.write(`${line}\n`);
  const writeError = (line: string): boolean => stderr.write(`${line}\n`);
  return outputTo(write, writeError, { json, language: lang });
}

function programOf(): Command {
  const program = new Command('sunward')
    .description('向阳：政府信息公开工作年度报告 annual reports on government information disclosure')
    .option('--json', '只输出一个 JSON 值 print one JSON value only', false)
    .addOption(new Option('--lang <language>', '语言 language').choices(['zh', 'en']).default('zh'))
    .option(
      '--formats <file>',
      '另加的报告格式定义 JSON formats of later notices, JSON (env SUNWARD_FORMATS_FILE)',
      env['SUNWARD_FORMATS_FILE'],
    )
    .hook('preAction', async (main) => installFormatsOf(main.opts<{ formats?: string }>().formats))
    .exitOverride()
    .addHelpText('after', EXIT_CODES);
  for (const add of [
    addCheck,
    addConvert,
    addTemplate,
    addFormats,
    addVerify,
    addBundle,
    addSubmit,
    addPublicActs,
    addCaseCommands,
    addSeatCommands,
    addNoteCommands,
    addLists,
    addDirectory,
    addDeputy,
    addDemo,
    addAudit,
    addLedger,
    addChannels,
    addSearch,
    addDoctor,
  ]) {
    add(program, context);
  }
  for (const command of program.commands) command.addHelpText('after', EXIT_CODES);
  return program;
}

/** The exit code of whatever ended a command; anything unforeseen is a fault of this machine or program. */
function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof CommandFailure) {
    current.fail(error);
    return error.exit;
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  current.fail(new CommandFailure(EXIT.unreachable, 'fault', { zh: `程序出错：${reason}`, en: `fault: ${reason}` }));
  return EXIT.unreachable;
}

try {
  await programOf().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
