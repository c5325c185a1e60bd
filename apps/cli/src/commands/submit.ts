import path from 'node:path';
import { type Command, Option } from 'commander';
import { asPerson, type CommandContext, type ServerOptions, withServer } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { readLocalFile } from '../local-file.js';
import { importFile, openEdition, openReport, submitRevision } from '../report-acts.js';

interface SubmitOptions extends ServerOptions {
  readonly organ: string;
  readonly year: string;
  readonly notBefore?: string;
  readonly explain: readonly string[];
  readonly kind: 'publish' | 'correct' | 'emergency';
  readonly reason?: string;
}

/** `submit FILE`: imports a file as the next revision of an organ's report and submits exactly that revision. */
export function addSubmit(program: Command, context: CommandContext): void {
  withServer(program.command('submit <file>'), context)
    .description('导入并送审 import a report file and submit it')
    .requiredOption('--organ <code>', '机关代码 code of the organ')
    .requiredOption('--year <year>', '报告年度 year of the report')
    .option('--not-before <instant>', '不早于此时公开 not public before, ISO 8601')
    .addOption(
      new Option('--kind <kind>', '事由：公开、更正、应急 what for')
        .choices(['publish', 'correct', 'emergency'])
        .default('publish'),
    )
    .option('--reason <text>', '向公众说明的理由（更正、应急必填） public reason of a correction or emergency')
    .option(
      '--explain <rule=sentence>',
      '对提醒的说明，可多次 a sentence for the warnings of a rule, repeatable',
      collect,
      [],
    )
    .action(async (file: string, options: SubmitOptions, command: Command) => {
      const output = context.output(command);
      const source = { name: path.basename(file), bytes: await readLocalFile(file) };
      const notBefore = readInstant(options.notBefore);
      const sentences = readSentences(options.explain);
      const submitted = await asPerson(options, context.environment, async (client) => {
        const document = await openReport(client, options.organ, readYear(options.year));
        if (options.kind !== 'publish') await openEdition(client, document);
        return submitRevision(client, await importFile(client, document, source), {
          notBefore,
          kind: options.kind,
          reason: options.reason ?? null,
          sentenceFor: ({ rule }) => sentences.get(rule),
        });
      });
      output.say({
        zh: `✓ 已送审：案件 ${submitted.case}，第 ${submitted.round} 轮，内容 ${submitted.content}`,
        en: `✓ Submitted: case ${submitted.case}, round ${submitted.round}, content ${submitted.content}`,
      });
      output.result({ ok: true, ...submitted });
      context.end(EXIT.ok);
    });
}

/** A year of four digits. CommandFailure `bad_year` otherwise. */
export function readYear(text: string): number {
  if (/^\d{4}$/.test(text)) return Number(text);
  throw new CommandFailure(EXIT.usage, 'bad_year', {
    zh: `年度应为四位数字，不是 ${text}。`,
    en: `A year has four digits; ${text} is none.`,
  });
}

function readInstant(text: string | undefined): string | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (!Number.isNaN(date.getTime()) && /(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return date.toISOString();
  throw new CommandFailure(EXIT.usage, 'bad_instant', {
    zh: `时间须带时区，如 2026-01-31T09:00:00+08:00，不是 ${text}。`,
    en: `A time needs its zone, e.g. 2026-01-31T09:00:00+08:00; ${text} has none.`,
  });
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Sentences by rule. CommandFailure `bad_explanation` when one names no rule or says nothing. */
function readSentences(given: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    given.map((text) => {
      const { rule, sentence } = /^(?<rule>[A-Z]\w?-?\d{2})=(?<sentence>.{4,500})$/su.exec(text)?.groups ?? {};
      if (rule !== undefined && sentence !== undefined) return [rule, sentence] as const;
      throw new CommandFailure(EXIT.usage, 'bad_explanation', {
        zh: `说明应写作“规则号=一句话（4 至 500 字）”，如 S02=按上级通知使用旧标题，不是 ${text}。`,
        en: `A sentence is given as RULE=sentence (4 to 500 characters), e.g. S02=title as the notice asks; not ${text}.`,
      });
    }),
  );
}
