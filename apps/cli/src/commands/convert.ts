import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isRefusal } from '#domain/decision';
import { formatFor } from '#report/format';
import type { AnnualReport } from '#report/model';
import { reportCsv } from '#report/writers/report-csv';
import { reportHtml } from '#report/writers/report-html';
import { reportJson } from '#report/writers/report-json';
import { reportText } from '#report/writers/report-text';
import { ReportFileReader } from '#report-files/report-file-reader';
import { refusalMessage } from '../check/checked-file.js';
import type { CommandContext } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { readLocalFile } from '../local-file.js';
import type { Output } from '../output.js';
import { changesOption } from './check.js';

const encoder = new TextEncoder();
const asBytes = (text: string): Uint8Array => encoder.encode(text);

/** What a report can be written as. Libraries for office files are loaded when one is asked for. */
const WRITERS = {
  text: (report: AnnualReport) => asBytes(reportText(report)),
  html: (report: AnnualReport) => asBytes(reportHtml(report)),
  csv: (report: AnnualReport) => asBytes(reportCsv(report)),
  json: (report: AnnualReport) => asBytes(reportJson(report)),
  docx: async (report: AnnualReport) => (await import('#report-files/writers/docx-writer')).reportDocx(report),
  xlsx: async (report: AnnualReport) => (await import('#report-files/writers/xlsx-template')).reportXlsx(report),
} as const;
type Target = keyof typeof WRITERS;
const ENDINGS: Readonly<Record<Target, string>> = {
  text: '.txt',
  html: '.html',
  csv: '.csv',
  json: '.json',
  docx: '.docx',
  xlsx: '.xlsx',
};

interface ConvertOptions {
  readonly to: Target;
  readonly out?: string;
  readonly changes: 'refuse' | 'accept' | 'reject';
}

/** `convert FILE --to KIND`: reads a report and writes it in another form; what the reader noticed goes to stderr. */
export function addConvert(program: Command, context: CommandContext): void {
  program
    .command('convert <file>')
    .description('转换年度报告文件 write a report file in another form')
    .addOption(new Option('--to <kind>', '目标格式 what to write').choices(Object.keys(WRITERS)).makeOptionMandatory())
    .option('-o, --out <file>', '写到此文件，- 为标准输出 file to write, - for stdout (default: beside the source)')
    .addOption(changesOption())
    .action(async (file: string, options: ConvertOptions, command: Command) => {
      const output = context.output(command);
      const report = await readReport(file, options, output);
      const bytes = await WRITERS[options.to](report);
      const out = options.out ?? beside(file, ENDINGS[options.to]);
      await writeOut(out, bytes, output);
      context.end(EXIT.ok);
    });
}

interface TemplateOptions {
  readonly year: number;
  readonly organ: string;
  readonly out: string;
}

/** `template`: an empty fillable workbook of the format in force for a year. */
export function addTemplate(program: Command, context: CommandContext): void {
  program
    .command('template')
    .description('生成可填写的 xlsx 模板 write a fillable xlsx template')
    .requiredOption('--year <year>', '报告年度 report year', (text: string) => {
      if (/^\d{4}$/.test(text)) return Number(text);
      throw new InvalidArgumentError('年度应为四位数字 a year has four digits');
    })
    .requiredOption('--organ <name>', '机关全称 full name of the organ')
    .requiredOption('-o, --out <file>', '写到此文件 file to write')
    .action(async ({ year, organ, out }: TemplateOptions, command: Command) => {
      const output = context.output(command);
      const format = formatFor(year);
      if (format === null) {
        const sentence = { zh: `${year} 年度没有可用的法定格式。`, en: `There is no statutory format for ${year}.` };
        throw new CommandFailure(EXIT.usage, 'unknown_format', sentence, { year });
      }
      const { xlsxTemplate } = await import('#report-files/writers/xlsx-template');
      await writeOut(out, await xlsxTemplate(format, { organName: organ, year }), output);
      context.end(EXIT.ok);
    });
}

async function readReport(file: string, { changes }: ConvertOptions, output: Output): Promise<AnnualReport> {
  const reader = new ReportFileReader({ threads: 1 });
  try {
    const reading = await reader.read(await readLocalFile(file), { changes });
    if (isRefusal(reading)) {
      const { zh, en } = refusalMessage(reading);
      throw new CommandFailure(
        EXIT.finding,
        reading.refused,
        { zh: `${file}：${zh}`, en: `${file}: ${en}` },
        reading.data,
      );
    }
    for (const { message, severity } of reading.findings)
      if (severity !== 'I') output.warn({ zh: `! ${message.zh}`, en: `! ${message.en}` });
    return reading.report;
  } finally {
    await reader.close();
  }
}

function beside(file: string, ending: string): string {
  const { dir, name, ext } = path.parse(file);
  // Never onto the source itself.
  return path.join(dir, ext.toLowerCase() === ending ? `${name}.converted${ending}` : name + ending);
}

async function writeOut(out: string, bytes: Uint8Array, output: Output): Promise<void> {
  if (out === '-') {
    process.stdout.write(bytes);
    return;
  }
  try {
    await writeFile(out, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = { zh: `无法写入 ${out}：${reason}`, en: `cannot write ${out}: ${reason}` };
    throw new CommandFailure(EXIT.unreachable, 'file_unwritable', sentence, { path: out }, error);
  }
  output.say({ zh: `✓ 已写入 ${out}（${bytes.length} 字节）`, en: `✓ ${out} written (${bytes.length} bytes)` });
  output.result({ ok: true, file: out, bytes: bytes.length });
}
