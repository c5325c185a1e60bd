import type { Command } from 'commander';
import type { ChannelCount } from '../channel-rows.js';
import type { CommandContext } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { type DatabaseOption, ownersAddress, withDatabase } from '../owner-database.js';

/** `channels`: where the channels beside the own site stand, and what an operator may do about one; asks the database as its owner. */
export function addChannels(program: Command, context: CommandContext): void {
  const channels = program.command('channels').description('发布渠道 the channels beside the own site');
  const add = (name: string, description: string): Command =>
    withDatabase(channels.command(name).description(description));
  const addressOf = (options: DatabaseOption): Promise<string> => ownersAddress(context.environment, options);

  add('list', '每个渠道的进度：待送、送达、送不出去的 how each channel stands').action(
    async (options: DatabaseOption, command: Command) => {
      const output = context.output(command);
      const { countChannels } = await import('../channel-rows.js');
      const found = await countChannels(await addressOf(options));
      for (const one of found) output.say(lineOf(one));
      if (found.length === 0) output.say({ zh: '还没有向任何渠道送过。', en: 'Nothing has gone to any channel yet.' });
      output.result({ ok: true, channels: found });
      context.end(found.some(({ failing }) => failing > 0) ? EXIT.finding : EXIT.ok);
    },
  );

  add('retry', '让一个渠道等待的全部马上再试 have everything that waits for a channel tried at once')
    .argument('<channel>', '渠道名 name of the channel')
    .action(async (channel: string, options: DatabaseOption, command: Command) => {
      const output = context.output(command);
      const { retryChannel } = await import('../channel-rows.js');
      const { operatorHere } = await import('../publication-database.js');
      const retried = await retryChannel(await addressOf(options), channel, operatorHere());
      if (retried === null) throw unknown(channel);
      output.say({
        zh: `✓ ${channel}：${retried} 项马上再试，一秒内开始。`,
        en: `✓ ${channel}: ${retried} tried at once, within a second.`,
      });
      output.result({ ok: true, channel, retried });
      context.end(EXIT.ok);
    });

  add('backfill', '向一个渠道补送设置以前公开的报告 send a channel what was live before there was this channel')
    .argument('<channel>', '渠道名 name of the channel')
    .action(async (channel: string, options: DatabaseOption, command: Command) => {
      const output = context.output(command);
      const { wishBackfill } = await import('../channel-rows.js');
      const { operatorHere } = await import('../publication-database.js');
      await wishBackfill(await addressOf(options), channel, operatorHere());
      output.say({
        zh: `✓ ${channel}：发布服务将按公开先后补送，同时最多 20 项；进度见 sunward channels list。渠道文件里没有这个名称时报警 channel_unknown。`,
        en: `✓ ${channel}: publication sends it what is live, the earliest first, at most 20 at a time; see sunward channels list. A name that is not in the channels file is the alarm channel_unknown.`,
      });
      output.result({ ok: true, channel });
      context.end(EXIT.ok);
    });
}

function lineOf({ channel, waiting, prepared, delivered, failing, oldestSeconds, code, wished }: ChannelCount): {
  readonly zh: string;
  readonly en: string;
} {
  const age =
    waiting === 0
      ? { zh: '', en: '' }
      : { zh: `（最早的等了 ${oldestSeconds} 秒）`, en: ` (the oldest for ${oldestSeconds} s)` };
  const fails =
    failing === 0
      ? { zh: '', en: '' }
      : { zh: `，送不出去 ${failing}（${code}）`, en: `, ${failing} do not arrive (${code})` };
  const asked = wished ? { zh: '，正在补送', en: ', being backfilled' } : { zh: '', en: '' };
  const mark = failing === 0 ? '✓' : '✗';
  return {
    zh: `${mark} ${channel}：送达 ${delivered}，待送 ${waiting}${age.zh}，待人工发布 ${prepared}${fails.zh}${asked.zh}`,
    en: `${mark} ${channel}: ${delivered} delivered, ${waiting} waiting${age.en}, ${prepared} to be posted by hand${fails.en}${asked.en}`,
  };
}

function unknown(channel: string): CommandFailure {
  return new CommandFailure(EXIT.finding, 'not_found', {
    zh: `没有向渠道 ${channel} 送过任何报告；渠道名见 sunward channels list。`,
    en: `Nothing ever went to the channel ${channel}; see sunward channels list for names.`,
  });
}
