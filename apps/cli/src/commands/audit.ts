import path from 'node:path';
import type { Command } from 'commander';
import { FAULTS } from '#ledger/audit/fault';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-code.js';
import { readTrust } from '../publication-files.js';

interface AuditOptions {
  readonly database?: string;
  readonly checkpoints?: string;
  readonly trust?: string;
}

/** `audit`: reads the whole ledger and log as the database's owner, changes nothing, and names every fault on a line of its own. */
export function addAudit(program: Command, context: CommandContext): void {
  const { varDir, database } = context.environment;
  program
    .command('audit')
    .description('审计台账与日志 audit the ledger, its log and the copies outside the database')
    .option('--database <url>', '数据库所有者地址 owner’s address (env DATABASE_URL; default: the embedded one)')
    .option('--checkpoints <folder>', '库外检查点文件夹 copies of the checkpoints (default: var/checkpoints)')
    .option('--trust <file>', '信任文件 trust file (default: var/trust.json)')
    .action(async (options: AuditOptions, command: Command) => {
      const output = context.output(command);
      const { auditInstallation, embeddedDatabase } = await import('../audit/ledger-source.js');
      const trust = await readTrust(options.trust ?? path.join(varDir, 'trust.json'));
      const url = options.database ?? database ?? (await embeddedDatabase(varDir));
      const result = await auditInstallation(url, options.checkpoints ?? path.join(varDir, 'checkpoints'), trust);
      for (const { code, in: place, where } of result.faults) {
        const { zh, en } = FAULTS[code];
        output.say({ zh: `✗ ${place} ${where}：${zh}（${code}）`, en: `✗ ${place} ${where}: ${en} (${code})` });
      }
      const { entries, leaves, copies, faults } = result;
      output.say({
        zh: `台账 ${entries} 条，日志 ${leaves} 条，库外检查点 ${copies} 个：${faults.length === 0 ? '✓ 完好' : `${faults.length} 处问题`}`,
        en: `${entries} entries, ${leaves} in the log, ${copies} checkpoints outside: ${faults.length === 0 ? '✓ sound' : `${faults.length} faults`}`,
      });
      output.result({ ok: faults.length === 0, ...result });
      context.end(faults.length === 0 ? EXIT.ok : EXIT.finding);
    });
}
