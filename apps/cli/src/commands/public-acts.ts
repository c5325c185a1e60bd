import type { Command } from 'commander';
import { NextEditionOpened } from '#contracts/http/drafting.api';
import type { ApiClient } from '../api-client.js';
import { asPerson, type CommandContext, type ServerOptions, withServer } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { findReport, withdrawPublic } from '../report-acts.js';
import { readYear } from './submit.js';

interface ReportOptions extends ServerOptions {
  readonly organ: string;
  readonly year: string;
}

/** `correct` and `withdraw-public`: what is done to a report that is public already. */
export function addPublicActs(program: Command, context: CommandContext): void {
  const ofReport = (command: Command): Command =>
    withServer(command, context)
      .requiredOption('--organ <code>', '机关代码 code of the organ')
      .requiredOption('--year <year>', '报告年度 year of the report');
  ofReport(program.command('correct'))
    .description('开启更正：编写下一版，已公开的版本保留 open the next edition; what is public stays')
    .option(
      '--place <place...>',
      '更正处：单元格编号、chapter-2.0（章.段，段从 0 起）、chapter-2、title、preface、scope；其余锁定 where the mistake is: a cell id or one of these; all else is locked',
    )
    .action(async (options: ReportOptions & { readonly place?: readonly string[] }, command: Command) => {
      const output = context.output(command);
      const opened = await asPerson(options, context.environment, async (client) => {
        const body = { places: options.place ?? [] };
        return client.command(`/reports/${await documentOf(client, options)}/corrections`, body, NextEditionOpened);
      });
      output.say({
        zh: `✓ 第 ${opened.edition} 版可以编写。改好后：sunward submit <文件> --kind correct --reason <理由>`,
        en: `✓ Edition ${opened.edition} is open. Then: sunward submit <file> --kind correct --reason <text>`,
      });
      output.result({ ok: true, ...opened });
      context.end(EXIT.ok);
    });
  ofReport(program.command('withdraw-public'))
    .description('撤回公开：经签批撤下已公开的版本 have what is public taken back, by sign-off')
    .requiredOption('--reason <text>', '向公众说明的理由 public reason')
    .action(async (options: ReportOptions & { readonly reason: string }, command: Command) => {
      const output = context.output(command);
      const submitted = await asPerson(options, context.environment, async (client) =>
        withdrawPublic(client, await documentOf(client, options), options.reason),
      );
      output.say({
        zh: `✓ 撤回已送审：案件 ${submitted.case}，第 ${submitted.edition} 版`,
        en: `✓ Withdrawal submitted: case ${submitted.case}, edition ${submitted.edition}`,
      });
      output.result({ ok: true, ...submitted });
      context.end(EXIT.ok);
    });
}

async function documentOf(client: ApiClient, { organ, year }: ReportOptions): Promise<string> {
  const line = await findReport(client, organ, readYear(year));
  if (line !== undefined) return line.document;
  throw new CommandFailure(EXIT.finding, 'not_found', {
    zh: `没有 ${organ} ${year} 年度的报告，或无权查看。`,
    en: `There is no report of ${organ} for ${year}, or you may not see it.`,
  });
}
