import type { Command } from 'commander';
import { asPerson, type CommandContext, type ServerOptions, withServer } from '../command-context.js';
import { type DeputyOfOne, grantDeputy, listDeputies, revokeDeputy } from '../directory-acts.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { instantOption } from '../instant-option.js';
import type { Message } from '#report/place';

interface GrantOptions extends ServerOptions {
  readonly to: string;
  readonly office: string;
  readonly from?: string;
  readonly until: string;
}

const STATES = { coming: '未开始', 'in-force': '有效', over: '已结束', revoked: '已撤销' } as const;

/** `deputy …`: have somebody act for you in one office for a time. */
export function addDeputy(program: Command, context: CommandContext): void {
  const deputy = program.command('deputy').description('代理：委托他人在一段时间内代行职务 have another act for you');
  addList(deputy, context);
  addGrant(deputy, context);
  addRevoke(deputy, context);
}

function addList(deputy: Command, context: CommandContext): void {
  withServer(deputy.command('list'), context)
    .description('我委托的与委托我的 what I entrusted and what was entrusted to me')
    .action(async (options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const { given, received } = await asPerson(options, context.environment, listDeputies);
      for (const one of [...given, ...received]) output.say(deputyText(one));
      if (given.length + received.length === 0) output.say({ zh: '没有代理。', en: 'There are no deputies.' });
      output.result({ given, received });
      context.end(EXIT.ok);
    });
}

function addGrant(deputy: Command, context: CommandContext): void {
  withServer(deputy.command('grant'), context)
    .description('委托代理 entrust an office')
    .requiredOption('--to <login>', '代理人的登录名 sign-in name of the deputy')
    .requiredOption('--office <role@organ>', '职务@机关 the office')
    .option('--from <time>', '自何时（缺省为现在） from when, with offset (default: now)', instantOption)
    .requiredOption('--until <time>', '至何时 until when, with offset', instantOption)
    .action(async (options: GrantOptions, command: Command) => {
      const output = context.output(command);
      const { role, organ } = officeOf(options.office);
      const { to, until, from = new Date().toISOString() } = options;
      const granted = await asPerson(options, context.environment, async (client) =>
        grantDeputy(client, { to, role, organ, from, until }),
      );
      output.say(deputyText(granted));
      output.result({ ok: true, ...granted });
      context.end(EXIT.ok);
    });
}

function addRevoke(deputy: Command, context: CommandContext): void {
  withServer(deputy.command('revoke <deputy>'), context)
    .description('撤销委托，立即生效 revoke a grant at once')
    .action(async (id: string, options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const revoked = await asPerson(options, context.environment, async (client) => revokeDeputy(client, id));
      output.say({ zh: `✓ 委托 ${revoked.deputy} 已撤销`, en: `✓ grant ${revoked.deputy} is revoked` });
      output.result({ ok: true, ...revoked });
      context.end(EXIT.ok);
    });
}

function officeOf(text: string): { readonly role: string; readonly organ: string } {
  const [, role, organ] = /^([^@]+)@([^@]+)$/.exec(text) ?? [];
  if (role !== undefined && organ !== undefined) return { role, organ };
  const sentence = {
    zh: `职务应写作 职务@机关，不是 ${text}。`,
    en: `An office is written role@organ; ${text} is not.`,
  };
  throw new CommandFailure(EXIT.usage, 'bad_office', sentence);
}

function deputyText({ deputy, principalName, agentName, role, organ, from, until, state }: DeputyOfOne): Message {
  return {
    zh: `${deputy}  ${agentName} 代 ${principalName}（${role}@${organ}） ${from} 至 ${until}  ${STATES[state]}`,
    en: `${deputy}  ${agentName} for ${principalName} (${role}@${organ}) ${from} until ${until}  ${state}`,
  };
}
