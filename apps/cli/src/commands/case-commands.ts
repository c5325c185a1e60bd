import type { Command } from 'commander';
import type { ApiClient } from '../api-client.js';
import { asPerson, type CommandContext, type ServerOptions, withServer } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import {
  cancelCase,
  type LegDetail,
  type LegOutcome,
  readCurrentLeg,
  endCase,
  postpone,
  returnSeat,
  signableOf,
  signSeat,
  takeBack,
} from '../leg-acts.js';
import { instantOption } from '../instant-option.js';
import type { Output } from '../output.js';

export interface CaseOptions extends ServerOptions {
  readonly seat?: string;
  readonly content?: string;
  readonly reason: string;
  readonly place?: string;
  readonly to?: string;
  readonly until?: string;
  readonly for?: string;
}

export type CaseAct<Options extends CaseOptions = CaseOptions> = (
  client: ApiClient,
  leg: LegDetail,
  options: Options,
  output: Output,
) => Promise<LegOutcome>;

/** `sign CASE`, `return CASE`, `take-back CASE`, `withdraw CASE`: what a person does to the leg a case stands in. */
export function addCaseCommands(program: Command, context: CommandContext): void {
  const reason = ['--reason <text>', '理由 reason'] as const;
  const seat = ['--seat <id>', '席位（缺省为轮到您的第一个） seat (default: the first that waits for you)'] as const;
  const signing = withServer(program.command('sign <case>'), context)
    .description('签批 sign the seat that waits for you')
    .option(...seat)
    .option('--for <person>', '代理：委托人编号 sign as deputy of this person');
  addAct(signing, context, sign);
  const returning = withServer(program.command('return <case>'), context)
    .description('退回起草人或更早的环节 return to the drafter or to an earlier stage')
    .requiredOption(...reason)
    .option(...seat)
    .option('--place <cell>', '位置，如 t2.20-5.permit.total a cell or chapter')
    .option(
      '--to <stage>',
      '退回到此环节，签发段可退到审核段（缺省为起草人） an earlier stage, also of the review leg (default: the drafter)',
    );
  addAct(returning, context, async (client, leg, options) =>
    returnSeat(client, leg, {
      seat: signableOf(leg, options.seat).seat,
      reason: options.reason,
      place: options.place ?? null,
      to: options.to ?? null,
    }),
  );
  const withdrawing = withServer(program.command('withdraw <case>'), context)
    .description('撤回（审签中）或收回（已签发未放行） withdraw, or recall when approved')
    .requiredOption(...reason);
  addAct(withdrawing, context, async (client, leg, options) => endCase(client, leg, options.reason));
  const cancelling = withServer(program.command('cancel <case>'), context)
    .description('作废案件（审签中或已退回） give a case up for good')
    .requiredOption(...reason);
  addAct(cancelling, context, async (client, leg, options) => cancelCase(client, leg, options.reason));
  const postponing = withServer(program.command('postpone <case>'), context)
    .description('推迟放行（已签发未放行） release an approved case later')
    .requiredOption('--until <time>', '放行时间，如 2026-01-29T09:00+08:00 when it may go out', instantOption);
  addAct(postponing, context, async (client, leg, options) => postpone(client, leg, options.until ?? ''));
  const takingBack = withServer(program.command('take-back <case>'), context)
    .description('拿回自己的签批（此后尚无他人签批） take your own signature back')
    .option(...seat);
  addAct(takingBack, context, async (client, leg, options) => takeBack(client, leg, options.seat));
}

/** Gives a command what all acts on a case have: `--content`, the leg the case stands in, what it answers. */
export function addAct<Options extends CaseOptions>(
  command: Command,
  context: CommandContext,
  act: CaseAct<Options>,
): void {
  command
    .option('--content <digest>', '只对此内容办理 act only if the case is about this content (SHA-256)')
    .action(async (caseId: string, options: Options, self: Command) => {
      const output = context.output(self);
      const outcome = await asPerson(options, context.environment, async (client) => {
        const leg = await readCurrentLeg(client, caseId);
        if (options.content !== undefined && options.content !== leg.content) throw otherContent(leg, options.content);
        return act(client, leg, options, output);
      });
      output.say({
        zh: `✓ 案件 ${outcome.case}：${outcome.leg === 'review' ? '审核段' : '签发段'} ${outcome.state}`,
        en: `✓ case ${outcome.case}: ${outcome.leg} leg ${outcome.state}`,
      });
      output.result({ ok: true, ...outcome });
      context.end(EXIT.ok);
    });
}

/** Shows what is signed before signing it, with the password entered anew. */
async function sign(client: ApiClient, leg: LegDetail, options: CaseOptions, output: Output): Promise<LegOutcome> {
  const signable = signableOf(leg, options.seat, options.for ?? null);
  const { statement } = signable;
  const meaning = String(statement['meaning']);
  output.say({ zh: `  ${meaning}`, en: `  ${meaning}` });
  output.say({ zh: `  内容 ${leg.content}`, en: `  content ${leg.content}` });
  for (const { text } of signable.checklist) output.say({ zh: `  核对 ${text}`, en: `  checked: ${text}` });
  output.say({ zh: `  陈述 ${signable.digest}`, en: `  statement ${signable.digest}` });
  await client.stepUp();
  return signSeat(client, leg, signable);
}

function otherContent({ case: caseId, content }: LegDetail, wanted: string): CommandFailure {
  const sentence = { zh: `案件的内容是 ${content}，未办理。`, en: `The case is about ${content}; nothing was done.` };
  return new CommandFailure(EXIT.finding, 'other_content', sentence, { case: caseId, content, wanted });
}
