import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { SERVICES, type ServiceName } from '#contracts/services';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-code.js';
import { readTrust } from '../publication-files.js';
import { ownersAddress, withDatabase } from '../owner-database.js';

interface EraseOptions {
  readonly reason?: string;
  readonly ground?: string;
  readonly database?: string;
  readonly trust?: string;
  readonly keys?: string;
}

type Keeper = Exclude<ServiceName, 'ledger'>;

/** `ledger erase`: personal data out of the ledger, as an act of its own that leaves an entry and breaks no hash. */
export function addLedger(program: Command, context: CommandContext): void {
  const { varDir } = context.environment;
  const ledger = program.command('ledger').description('台账 the ledger');
  withDatabase(ledger.command('erase'))
    .description(
      '删除条目旁的内容（两名管理员签名；不给理由和依据时只显示） erase what stands beside an entry, signed by both administrators; without reason and ground only shows it',
    )
    .argument('<service>', '服务 gateway, drafting, review, approval or publication', keeperOf)
    .argument('<entry>', '报告编号/序号，如 audit 所示 report/number, as audit names it', placeOf)
    .option('--reason <text>', '理由 why')
    .option('--ground <text>', '法律依据 the law or decision that demands it')
    .option('--trust <file>', '信任文件 trust file (default: var/trust.json)')
    .option('--keys <folder>', '两名管理员的签名钥 both administrators’ keys (default: var/keys/administrators)')
    .action(async (service: Keeper, entry: Place, options: EraseOptions, command: Command) => {
      const output = context.output(command);
      const { administratorsIn, eraseEntry, lookAtEntry } = await import('../audit/erasure.js');
      const place = { url: await ownersAddress(context.environment, options), service };
      const { reason, ground } = options;
      if (reason === undefined || ground === undefined) {
        const { entry: found, body } = await lookAtEntry(place, entry);
        const said = new TextDecoder().decode(body);
        output.say({ zh: `${found.action} ${found.at}：${said}`, en: `${found.action} ${found.at}: ${said}` });
        output.say({
          zh: '要删除，请另给 --reason 和 --ground。',
          en: 'To erase it, give --reason and --ground as well.',
        });
        output.result({ ok: true, entry: found, body: JSON.parse(said) as unknown });
        return context.end(EXIT.ok);
      }
      const trust = await readTrust(options.trust ?? path.join(varDir, 'trust.json'));
      const administrators = await administratorsIn(options.keys ?? path.join(varDir, 'keys/administrators'), trust);
      const erased = await eraseEntry(place, { ...entry, reason, ground }, administrators);
      output.say({
        zh: `✓ 已删除 ${service} ${entry.report}/${entry.seq} 的内容（摘要 ${erased.erased}），台账已记。数据表和备份中的副本不在此列。`,
        en: `✓ Erased what stood beside ${service} ${entry.report}/${entry.seq} (digest ${erased.erased}); the ledger says so. Tables and backups may hold it still.`,
      });
      output.result({ ok: true, ...erased });
      context.end(EXIT.ok);
    });
}

interface Place {
  readonly report: string;
  readonly seq: number;
}

function keeperOf(text: string): Keeper {
  const found = SERVICES.find((one) => one === text);
  if (found !== undefined && found !== 'ledger') return found;
  throw new InvalidArgumentError('应为有台账内容的服务 gateway, drafting, review, approval or publication');
}

function placeOf(text: string): Place {
  const [, report, seq] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([1-9]\d{0,8})$/.exec(text) ?? [];
  if (report !== undefined && seq !== undefined) return { report, seq: Number(seq) };
  throw new InvalidArgumentError('应为 报告编号/序号 report/number, as sunward audit names entries');
}
