import cliProgress from 'cli-progress';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CheckContext } from '#report/rules/check-context';
import { ReportFileReader } from '#report-files/report-file-reader';
import { checkContextOf } from '../check/check-options.js';
import { type CheckedFile, checkedFile } from '../check/checked-file.js';
import { fileLines } from '../check/file-lines.js';
import { reportPaths } from '../check/report-paths.js';
import { sarifOf } from '../check/sarif.js';
import { summaryLines, summaryOf } from '../check/summary.js';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-code.js';
import { readLocalFile } from '../local-file.js';

/** Two read while one is judged; each holds up to 256 MB. */
const THREADS = 2;

interface CheckOptions {
  readonly all: boolean;
  readonly year?: number;
  readonly sarif: boolean;
  readonly changes: 'refuse' | 'accept' | 'reject';
  readonly lastYear?: string;
  readonly profile?: string;
  readonly settings?: string;
}

/** `check FILE...`: reads report files here, without a server, and applies every rule. */
export function addCheck(program: Command, context: CommandContext): void {
  program
    .command('check <files...>')
    .description('读取并校验年度报告文件或文件夹 read and check report files or folders, offline')
    .option('--all', '也列出通过的和无法核对的 list what passed and what could not be checked, too', false)
    .option('--year <year>', '应为哪一年度的报告 report year it must be for', yearOf)
    .option('--sarif', '输出 SARIF 2.1.0 print SARIF 2.1.0', false)
    .option('--last-year <file>', "上一年度的报告文件 the same organ's report of the year before")
    .option('--profile <file>', '机关情况 JSON what is known of the organ, JSON')
    .option('--settings <file>', '本级规则设置 JSON own thresholds and word lists, JSON')
    .addOption(changesOption())
    .action(async (named: string[], options: CheckOptions, command: Command) => {
      const output = context.output(command);
      const paths = await reportPaths(named);
      const reader = new ReportFileReader({ threads: Math.min(THREADS, paths.length) });
      try {
        const knowledge = await checkContextOf(options, reader);
        const quiet = output.json || options.sarif || paths.length === 1;
        const checked = await checkAll(paths, { reader, options, knowledge, bar: progressBar(paths.length, quiet) });
        if (options.sarif) context.write(JSON.stringify(sarifOf(checked, output.language), null, 2));
        else {
          for (const line of checked.flatMap((one) => fileLines(one, output.language, options.all)))
            output.say({ zh: line, en: line });
          if (checked.length > 1)
            for (const line of summaryLines(summaryOf(checked), output.language)) output.say({ zh: line, en: line });
          output.result({ files: checked, summary: summaryOf(checked) });
        }
        context.end(checked.some(({ blocked }) => blocked) ? EXIT.finding : EXIT.ok);
      } finally {
        await reader.close();
      }
    });
}

/** What to do with tracked changes of a Word file, for every command that reads files. */
export function changesOption(): Option {
  return new Option('--changes <what>', 'Word 修订痕迹：拒收、接受或拒绝修订 tracked changes of a Word file')
    .choices(['refuse', 'accept', 'reject'])
    .default('refuse');
}

function yearOf(text: string): number {
  if (/^\d{4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('年度应为四位数字 a year has four digits');
}

function progressBar(total: number, quiet: boolean): cliProgress.SingleBar | null {
  if (quiet || !process.stderr.isTTY) return null;
  const bar = new cliProgress.SingleBar(
    { format: '{bar} {value}/{total} {file}', stream: process.stderr, clearOnComplete: true, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0, { file: '' });
  return bar;
}

interface Checking {
  readonly reader: ReportFileReader;
  readonly options: CheckOptions;
  readonly knowledge: CheckContext;
  readonly bar: cliProgress.SingleBar | null;
}

/** All files in the order named; as many are read at once as there are threads. */
async function checkAll(paths: readonly string[], checking: Checking): Promise<readonly CheckedFile[]> {
  const { reader, options, knowledge, bar } = checking;
  const checked: CheckedFile[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < paths.length) {
      const index = next++;
      const file = paths[index] ?? '';
      const reading = await reader.read(await readLocalFile(file), { changes: options.changes });
      checked[index] = checkedFile(file, reading, knowledge, options.year ?? null);
      bar?.increment(1, { file });
    }
  };
  try {
    await Promise.all(Array.from({ length: THREADS }, work));
  } finally {
    bar?.stop();
  }
  return checked;
}
