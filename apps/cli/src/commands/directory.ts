import type { Command } from 'commander';
import type { z } from 'zod';
import { OrganCode, RoleName } from '#contracts/fields';
import { type HandOver, ProposeChange } from '#contracts/http/directory.api';
import { Login } from '#contracts/http/district.api';
import { asPerson, type CommandContext, type ServerOptions, withServer } from '../command-context.js';
import {
  listProposals,
  type Outcome,
  previewHandOver,
  proposeChange,
  proposeHandOver,
  readDirectoryView,
  readPasswordHalves,
  readProposal,
  rejectProposal,
  signProposal,
  withdrawProposal,
} from '../directory-acts.js';
import { directoryRows, previewLines, proposalLines } from '../directory-lines.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { instantOption } from '../instant-option.js';
import { readJsonFile } from '../local-file.js';
import { columns, type Output } from '../output.js';
import { addDirectoryTemplate } from './directory-template.js';

interface HandOverOptions extends ServerOptions {
  readonly at: string;
  readonly reason?: string;
  readonly successor: readonly z.infer<typeof HandOver>['successors'][number][];
}

/** `directory …`: what the two administrators do to organs, people, offices and routes. */
export function addDirectory(program: Command, context: CommandContext): void {
  const directory = program
    .command('directory')
    .description('目录：机关、人员、授权、路线 the directory, by its administrators');
  addReads(directory, context);
  addProposing(directory, context);
  addDeciding(directory, context);
  addHandOver(directory, context);
  addDirectoryTemplate(directory, context);
}

function addReads(directory: Command, context: CommandContext): void {
  withServer(directory.command('show'), context)
    .description('现行目录 the directory as it is')
    .action(async (options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const view = await asPerson(options, context.environment, readDirectoryView);
      for (const row of columns(directoryRows(view))) output.say({ zh: row, en: row });
      finish(context, output, view);
    });
  withServer(directory.command('proposals'), context)
    .description('变更提案，待签署的在前 proposals, open ones first')
    .action(async (options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const items = await asPerson(options, context.environment, listProposals);
      for (const item of items) for (const line of proposalLines(item)) output.say(line);
      if (items.length === 0) output.say({ zh: '没有提案。', en: 'There is no proposal.' });
      finish(context, output, { items });
    });
  withServer(directory.command('password-halves'), context)
    .description('由您转交的半个一次性口令 your halves of one-time passwords')
    .action(async (options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const items = await asPerson(options, context.environment, readPasswordHalves);
      const rows = items.map(({ login, part, half, until }) => [
        login,
        part === 'first' ? '前半 first' : '后半 second',
        half,
        until,
      ]);
      for (const row of columns(rows)) output.say({ zh: row, en: row });
      if (items.length === 0) output.say({ zh: '没有待转交的口令。', en: 'There is no password to hand over.' });
      finish(context, output, { items });
    });
}

function addProposing(directory: Command, context: CommandContext): void {
  withServer(directory.command('propose <file>'), context)
    .description('提出变更（JSON 文件） propose a change written as JSON')
    .action(async (file: string, options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const change = ProposeChange.safeParse(await readJsonFile(file));
      if (!change.success) throw badFile(file, change.error);
      const outcome = await asPerson(options, context.environment, async (client) =>
        proposeChange(client, change.data),
      );
      sayOutcome(context, output, outcome);
    });
}

function addDeciding(directory: Command, context: CommandContext): void {
  withServer(directory.command('agree <proposal>'), context)
    .description('查看并签署提案 show a proposal and sign it')
    .action(async (id: string, options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const outcome = await asPerson(options, context.environment, async (client) => {
        const proposal = await readProposal(client, id);
        for (const line of proposalLines(proposal)) output.say(line);
        return signProposal(client, proposal);
      });
      sayOutcome(context, output, outcome);
    });
  withServer(directory.command('reject <proposal>'), context)
    .description('否决另一名管理员的提案 reject the other administrator’s proposal')
    .requiredOption('--reason <text>', '理由 reason')
    .action(async (id: string, options: ServerOptions & { readonly reason: string }, command: Command) => {
      const output = context.output(command);
      const { reason } = options;
      sayOutcome(
        context,
        output,
        await asPerson(options, context.environment, async (client) => rejectProposal(client, id, reason)),
      );
    });
  withServer(directory.command('withdraw <proposal>'), context)
    .description('撤回自己的提案 withdraw your own proposal')
    .action(async (id: string, options: ServerOptions, command: Command) => {
      const output = context.output(command);
      sayOutcome(
        context,
        output,
        await asPerson(options, context.environment, async (client) => withdrawProposal(client, id)),
      );
    });
}

function addHandOver(directory: Command, context: CommandContext): void {
  withServer(directory.command('hand-over <person>'), context)
    .description('离职转办：预览；写明理由即提出 preview what a leaver leaves behind; with --reason propose it')
    .requiredOption('--at <time>', '离任时间 when he leaves, with offset', instantOption)
    .option(
      '--successor <role@organ=login>',
      '接任人，可多次 who follows in an office, repeatable',
      successorOption,
      [],
    )
    .option('--reason <text>', '提出转办的理由 propose the hand-over for this reason')
    .action(async (login: string, { at, successor, reason, ...options }: HandOverOptions, command: Command) => {
      const output = context.output(command);
      await asPerson(options, context.environment, async (client) => {
        const preview = await previewHandOver(client, login, at);
        for (const line of previewLines(preview)) output.say(line);
        if (reason === undefined) return finish(context, output, preview);
        const wanted = { login, at, successors: successor, reason };
        return sayOutcome(context, output, await proposeHandOver(client, wanted));
      });
    });
}

function successorOption(text: string, before: HandOverOptions['successor']): HandOverOptions['successor'] {
  const [, role, organ, login] = /^([^@]+)@([^=]+)=(.+)$/.exec(text) ?? [];
  const found = { role: RoleName.safeParse(role), organ: OrganCode.safeParse(organ), login: Login.safeParse(login) };
  if (found.role.success && found.organ.success && found.login.success)
    return [...before, { role: found.role.data, organ: found.organ.data, login: found.login.data }];
  throw new CommandFailure(EXIT.usage, 'bad_successor', {
    zh: `接任人应写作 职务@机关=登录名，不是 ${text}。`,
    en: `A successor is written role@organ=login; ${text} is not.`,
  });
}

function badFile(file: string, { issues }: z.ZodError): CommandFailure {
  const fields = issues.map(({ path, message }) => `\n  ${path.join('.')}: ${message}`).join('');
  const sentence = { zh: `${file} 不是目录变更：${fields}`, en: `${file} is no change of the directory:${fields}` };
  return new CommandFailure(EXIT.usage, 'bad_change', sentence, { file });
}

function sayOutcome(context: CommandContext, output: Output, outcome: Outcome): void {
  const { proposal, state, published } = outcome;
  if (published !== null)
    output.say({
      zh: `✓ 提案 ${proposal} 已生效：目录第 ${published} 版`,
      en: `✓ proposal ${proposal} is directory version ${published}`,
    });
  else if (state === 'open')
    output.say({
      zh: `✓ 提案 ${proposal}：待另一名管理员签署`,
      en: `✓ proposal ${proposal}: waits for the other administrator’s signature`,
    });
  else
    output.say({
      zh: `✓ 提案 ${proposal}：${state === 'rejected' ? '已否决' : '已撤回'}`,
      en: `✓ proposal ${proposal}: ${state}`,
    });
  finish(context, output, { ok: true, ...outcome });
}

function finish(context: CommandContext, output: Output, result: unknown): void {
  output.result(result);
  context.end(EXIT.ok);
}
