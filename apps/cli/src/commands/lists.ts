import type { Command } from 'commander';
import { CaseLine, Inbox } from '#contracts/http/gateway.api';
import { NoticeLines } from '#contracts/http/notices.api';
import { asPerson, type CommandContext, type ServerOptions, withServer } from '../command-context.js';
import { EXIT } from '../exit-code.js';
import { columns } from '../output.js';

/** `inbox` and `status CASE`: what waits for me and what I was told, and how a case stands. */
export function addLists(program: Command, context: CommandContext): void {
  withServer(program.command('inbox'), context)
    .description('轮到我与未读通知 the seats that wait for me, and unread notices')
    .action(async (options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const { items, ratifications, notices } = await asPerson(options, context.environment, async (client) => ({
        ...(await client.get('/inbox', Inbox)),
        notices: (await client.get('/notices?unread=true&limit=200', NoticeLines)).items,
      }));
      const rows = items.map((one) => [one.case, String(one.year), one.organName, one.stage, one.since]);
      for (const row of columns(rows)) output.say({ zh: row, en: row });
      if (items.length === 0) output.say({ zh: '没有轮到您的事项。', en: 'Nothing waits for you.' });
      for (const { text } of notices) output.say(text);
      const { open, overdue } = ratifications;
      if (open > 0)
        output.say({
          zh: `应急公开待追认 ${open} 件，其中逾期 ${overdue} 件。`,
          en: `${open} emergency publications wait for ratification, ${overdue} of them overdue.`,
        });
      output.result({ items, ratifications, notices });
      context.end(EXIT.ok);
    });
  withServer(program.command('status <case>'), context)
    .description('案件状态 how a case stands')
    .action(async (caseId: string, options: ServerOptions, command: Command) => {
      const output = context.output(command);
      const line = await asPerson(options, context.environment, async (client) =>
        client.get(`/cases/${encodeURIComponent(caseId)}`, CaseLine),
      );
      const rows = Object.entries(line).map(([field, value]) => [field, String(value ?? '—')]);
      for (const row of columns(rows)) output.say({ zh: row, en: row });
      output.result(line);
      context.end(EXIT.ok);
    });
}
