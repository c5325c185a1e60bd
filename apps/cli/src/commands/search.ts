import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-code.js';
import { type DatabaseOption, ownersAddress, withDatabase } from '../owner-database.js';

/** `search`: how far the full-text search is, and having its entries made anew; asks the database as its owner. */
export function addSearch(program: Command, context: CommandContext): void {
  const search = program.command('search').description('全文搜索 the full-text search');
  const add = (name: string, description: string): Command =>
    withDatabase(search.command(name).description(description));
  const addressOf = (options: DatabaseOption): Promise<string> => ownersAddress(context.environment, options);

  add('status', '搜得到多少已公开的报告 how many of the live reports it finds').action(
    async (options: DatabaseOption, command: Command) => {
      const output = context.output(command);
      const { countSearch } = await import('../search-rows.js');
      const found = await countSearch(await addressOf(options));
      output.say({
        zh: `已公开 ${found.live} 份，搜索已收录 ${found.entered} 份，待收录或重做 ${found.behind} 份。`,
        en: `${found.live} reports live, ${found.entered} in the search, ${found.behind} to be entered or made anew.`,
      });
      output.result({ ok: found.behind === 0, ...found });
      context.end(found.behind === 0 ? EXIT.ok : EXIT.finding);
    },
  );

  add('rebuild', '让全部搜索条目由签批的字节重做 have every entry made anew from the signed bytes').action(
    async (options: DatabaseOption, command: Command) => {
      const output = context.output(command);
      const { rebuildSearch } = await import('../search-rows.js');
      const { operatorHere } = await import('../publication-database.js');
      const found = await rebuildSearch(await addressOf(options), operatorHere());
      output.say({
        zh: `✓ ${found.behind} 份由发布服务陆续重做，其间照常可搜；进度见 sunward search status。`,
        en: `✓ publication makes ${found.behind} anew, which are found meanwhile; see sunward search status.`,
      });
      output.result({ ok: true, ...found });
      context.end(EXIT.ok);
    },
  );
}
