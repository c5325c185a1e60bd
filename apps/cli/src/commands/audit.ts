import path from 'node:path';
import type { Command } from 'commander';
import { FAULTS } from '#ledger/audit/fault';
import { ACCEPTED } from '#ledger/record-entry';
import type { Message } from '#report/place';
import type { AuditResult } from '../audit/ledger-source.js';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-code.js';
import { readTrust } from '../publication-files.js';
import { ownersAddress, withDatabase } from '../owner-database.js';

interface AuditOptions {
  readonly database?: string;
  readonly checkpoints?: string;
  readonly trust?: string;
}

function erasedLine({ in: place, where, by, reason, ground, at }: AuditResult['erased'][number]): Message {
  const who = by.map((one) => one.replace('administrator:', '')).join(', ');
  return {
    zh: `· ${place} ${where}：内容已依决定删除（${at}；${who}；理由：${reason}；依据：${ground}）`,
    en: `· ${place} ${where}: erased by decision (${at}; ${who}; reason: ${reason}; ground: ${ground})`,
  };
}

function untoldLine({ in: place, case: caseId, place: why }: AuditResult['untold'][number]): Message {
  return {
    zh: `· ${place} ${caseId}：不能由台账完整重演（${why}）`,
    en: `· ${place} ${caseId}: cannot be told again from the ledger (${why})`,
  };
}

const OPERATED: Readonly<Record<AuditResult['operated'][number]['action'], Message>> = {
  'publication.retry-channel': { zh: '让渠道马上再试', en: 'had a channel tried at once' },
  'publication.wish-backfill': { zh: '要求向渠道补送', en: 'asked for a channel to be backfilled' },
  'publication.rebuild-search': { zh: '要求重做搜索条目', en: 'had the search made anew' },
};

function operatedLine({ where, action, outcome, at, operator, about }: AuditResult['operated'][number]): Message {
  const { zh, en } = OPERATED[action];
  const what = Object.values(about ?? {}).join(' ');
  const refused = outcome === ACCEPTED ? '' : ` ${outcome}`;
  return {
    zh: `· ${where}：运维人员 ${operator ?? '—'} ${zh} ${what}${refused}（${at}）`,
    en: `· ${where}: operator ${operator ?? '—'} ${en} ${what}${refused} (${at})`,
  };
}

/** `audit`: reads the whole ledger and log as the database's owner, changes nothing, and names every fault on a line of its own. */
export function addAudit(program: Command, context: CommandContext): void {
  const { varDir } = context.environment;
  withDatabase(program.command('audit'))
    .description('审计台账与日志 audit the ledger, its log and the copies outside the database')
    .option('--checkpoints <folder>', '库外检查点文件夹 copies of the checkpoints (default: var/checkpoints)')
    .option('--trust <file>', '信任文件 trust file (default: var/trust.json)')
    .action(async (options: AuditOptions, command: Command) => {
      const output = context.output(command);
      const { auditInstallation } = await import('../audit/ledger-source.js');
      const trust = await readTrust(options.trust ?? path.join(varDir, 'trust.json'));
      const url = await ownersAddress(context.environment, options);
      const result = await auditInstallation(url, options.checkpoints ?? path.join(varDir, 'checkpoints'), trust);
      for (const { code, in: place, where } of result.faults) {
        const { zh, en } = FAULTS[code];
        output.say({ zh: `✗ ${place} ${where}：${zh}（${code}）`, en: `✗ ${place} ${where}: ${en} (${code})` });
      }
      const said = [
        ...result.erased.map(erasedLine),
        ...result.operated.map(operatedLine),
        ...result.untold.map(untoldLine),
      ];
      for (const line of said) output.say(line);
      const { entries, leaves, copies, cases, found, faults } = result;
      if (found > faults.length)
        output.say({
          zh: `…… 另有 ${found - faults.length} 处未逐一列出`,
          en: `… and ${found - faults.length} more, not listed`,
        });
      output.say({
        zh: `台账 ${entries} 条，日志 ${leaves} 条，库外检查点 ${copies} 个，重演案件 ${cases} 个：${found === 0 ? '✓ 完好' : `${found} 处问题`}`,
        en: `${entries} entries, ${leaves} in the log, ${copies} checkpoints outside, ${cases} cases told again: ${found === 0 ? '✓ sound' : `${found} faults`}`,
      });
      output.result({ ok: found === 0, ...result });
      context.end(found === 0 ? EXIT.ok : EXIT.finding);
    });
}
