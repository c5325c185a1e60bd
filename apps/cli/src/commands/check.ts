import type { Command } from 'commander';
import { isRefusalCode, refusalSentence } from '#contracts/refusals';
import { isRefusal, type Refusal } from '#domain/decision';
import { blocksSubmission, type CheckResult, checkReport } from '#report/check-report';
import type { Finding } from '#report/finding';
import { cellName, cellsOf, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';
import type { Message, Place } from '#report/place';
import { decodeText } from '#report/readers/decode';
import { readPlainText } from '#report/readers/plain-text';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-code.js';
import { readLocalFile } from '../local-file.js';
import { columns, type Language, type Output } from '../output.js';

/** What checking one file found. `blocked`: it could not be submitted. */
interface CheckedFile {
  readonly file: string;
  readonly blocked: boolean;
  readonly refusal?: { readonly code: string; readonly message: Message; readonly data: Refusal['data'] };
  readonly title?: string;
  readonly findings?: readonly Finding[];
  readonly checks?: readonly CheckResult[];
}

/** `check FILE...`: reads report files here, without a server, and applies every rule. */
export function addCheck(program: Command, context: CommandContext): void {
  program
    .command('check <files...>')
    .description('读取并校验年度报告文件 read and check report files, offline')
    .option('--all', '也列出通过的规则 list rules that passed, too', false)
    .action(async (files: string[], options: { all: boolean }, command: Command) => {
      const output = context.output(command);
      const checked: CheckedFile[] = [];
      for (const file of files) checked.push(checkFile(file, await readLocalFile(file), options.all, output));
      output.result({ files: checked });
      context.end(checked.some(({ blocked }) => blocked) ? EXIT.finding : EXIT.ok);
    });
}

function checkFile(file: string, bytes: Uint8Array, all: boolean, output: Output): CheckedFile {
  const decoded = decodeText(bytes);
  const reading = isRefusal(decoded) ? decoded : readPlainText(decoded.text);
  if (isRefusal(reading)) {
    const message = sentenceOf(reading);
    output.say({ zh: `✗ ${file}：${message.zh}`, en: `✗ ${file}: ${message.en}` });
    return { file, blocked: true, refusal: { code: reading.refused, message, data: reading.data } };
  }
  const { report, findings } = reading;
  const checks = checkReport(report);
  const blocked = blocksSubmission(checks);
  output.say({ zh: `${file}：${report.title}`, en: `${file}: ${report.title}` });
  const shown = checks.filter(({ status }) => all || status !== 'pass');
  const rows = [
    ...findings.map((one) => findingRow(one, report, output.language)),
    ...shown.map((one) => checkRow(one, report, output.language)),
  ];
  for (const line of columns(rows)) output.say({ zh: line, en: line });
  const failed = checks.filter(({ status, severity }) => status === 'fail' && severity === 'E').length;
  const passed = checks.filter(({ status }) => status === 'pass').length;
  output.say(
    blocked
      ? { zh: `✗ 有 ${failed} 处必须改正，不能送审。`, en: `✗ ${failed} errors forbid submission.` }
      : { zh: `✓ 可以送审（${passed} 项通过）。`, en: `✓ May be submitted (${passed} checks passed).` },
  );
  return { file, blocked, title: report.title, findings, checks };
}

function findingRow(finding: Finding, report: AnnualReport, language: Language): string[] {
  const { severity, rule, place, line, message } = finding;
  const at = line === null ? '' : language === 'zh' ? `第 ${line} 行 ` : `line ${line} `;
  return [mark(severity, 'fail'), rule, at + placeText(place, report, language), message[language]];
}

function checkRow(check: CheckResult, report: AnnualReport, language: Language): string[] {
  const { severity, status, rule, place, message, formula, fix } = check;
  const rest = [
    message[language],
    formula,
    fix === undefined ? undefined : `${language === 'zh' ? '可改为' : 'mend it by'} ${fix}`,
  ];
  return [
    mark(severity, status),
    rule,
    placeText(place, report, language),
    rest.filter((part) => part !== undefined).join(' · '),
  ];
}

function mark(severity: string, status: CheckResult['status']): string {
  if (status === 'pass') return '✓  ';
  return status === 'not-assessable' ? '?  ' : `${severity === 'E' ? '✗' : '!'} ${severity}`;
}

const PARTS: Readonly<Record<'report' | 'title' | 'preface' | 'period', Message>> = {
  report: { zh: '全文', en: 'report' },
  title: { zh: '标题', en: 'title' },
  preface: { zh: '前言', en: 'preface' },
  period: { zh: '统计期限', en: 'period' },
};

/** Paragraphs are counted from 1 for people. */
function chapterText(chapter: number, paragraph: number | undefined, language: Language): string {
  const at =
    paragraph === undefined ? [] : [language === 'zh' ? `第 ${paragraph + 1} 段` : `paragraph ${paragraph + 1}`];
  return [language === 'zh' ? `第 ${chapter} 章` : `chapter ${chapter}`, ...at].join(' ');
}

function placeText(place: Place, report: AnnualReport, language: Language): string {
  if ('part' in place) return PARTS[place.part][language];
  if ('chapter' in place) return chapterText(place.chapter, place.paragraph, language);
  const table = formatById(report.format)?.tables.find(({ id }) => id === place.table);
  const cell = table && cellsOf(table).find(({ id }) => id === place.cell);
  if (cell) return cellName(cell);
  return [table?.name ?? place.table, place.block, place.row, place.column].filter(Boolean).join(' ');
}

function sentenceOf({ refused, data }: Refusal): Message {
  if (!isRefusalCode(refused))
    return { zh: `${refused} ${JSON.stringify(data)}`, en: `${refused} ${JSON.stringify(data)}` };
  return { zh: refusalSentence(refused, 'zh', data), en: refusalSentence(refused, 'en', data) };
}
