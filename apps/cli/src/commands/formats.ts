import type { Command } from 'commander';
import { isRefusal } from '#domain/decision';
import { allFormats, cellsOf, installFormats } from '#report/format';
import { parseFormats } from '#report/parse-formats';
import { refusalMessage } from '../check/checked-file.js';
import type { CommandContext } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { readJsonFile } from '../local-file.js';

/** Makes the formats of a file known to whatever runs next; nothing without one. CommandFailure `unusable_file` saying what is wrong with it. */
export async function installFormatsOf(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const formats = parseFormats(await readJsonFile(file));
  if (!isRefusal(formats)) return installFormats(formats);
  const { zh, en } = refusalMessage(formats);
  throw new CommandFailure(EXIT.usage, 'unusable_file', { zh: `${file}：${zh}`, en: `${file}: ${en}` }, formats.data);
}

/** `formats`: the statutory formats known here; with --json as data, which is what a further format is written like. */
export function addFormats(program: Command, context: CommandContext): void {
  program
    .command('formats')
    .description('列出已知的报告格式；--json 输出其定义 list the statutory formats; --json prints their definitions')
    .action((_options: unknown, command: Command) => {
      const output = context.output(command);
      for (const { id, issued, years, tables } of allFormats()) {
        const cells = tables.flatMap(cellsOf).length;
        output.say({
          zh: `${id}  ${issued}  ${years.from} 年度${years.to === null ? '起' : `至 ${years.to} 年度`}  ${tables.length} 张表 ${cells} 格`,
          en: `${id}  ${issued}  report years ${years.from}${years.to === null ? ' on' : `–${years.to}`}  ${tables.length} tables, ${cells} cells`,
        });
      }
      output.result(allFormats());
    });
}
