import { type Command, InvalidArgumentError } from 'commander';
import { BesideOutcome, Consulted, LegCaseOutcome } from '#contracts/http/leg.api';
import type { ApiClient } from '../api-client.js';
import { asPerson, type CommandContext, withServer } from '../command-context.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { type LegDetail, pathOf, readCurrentLeg, signableOf } from '../leg-acts.js';
import { addAct, type CaseOptions } from './case-commands.js';

interface SeatOptions extends CaseOptions {
  readonly person: string;
  readonly office: Office;
  readonly question: string;
  readonly days: string;
  readonly opinion: string;
  readonly consultation: string;
}

interface Office {
  readonly role: string;
  readonly organ: string;
}

const SEAT = ['--seat <id>', '席位（缺省为轮到您的第一个） seat (default: the first that waits for you)'] as const;

/** `hand-over`, `add-signer`, `remove-signer`, `urge`, `copy`, `consult`, `opinion`: who signs, and who is asked beside. */
export function addSeatCommands(program: Command, context: CommandContext): void {
  addSeatChanges(program, context);
  addBesideActs(program, context);
}

function addSeatChanges(program: Command, context: CommandContext): void {
  const handing = withServer(program.command('hand-over <case>'), context)
    .description('转办给同职务的另一人 give your seat to another holder of its office')
    .requiredOption('--person <id>', '承办人编号 who takes it')
    .option(...SEAT);
  addAct<SeatOptions>(handing, context, async (client, leg, { seat, person: to }) => {
    const body = { seat: signableOf(leg, seat).seat, content: leg.content, to };
    return client.command(`${pathOf(leg)}/hand-overs`, body, LegCaseOutcome);
  });
  const adding = withServer(program.command('add-signer <case>'), context)
    .description('加签 ask one more person to sign the open stage')
    .requiredOption('--person <id>', '加签人编号 who is asked')
    .requiredOption('--office <role@organ>', '所任职务，如 lawyer@xiangyang-justice the office he signs by', officeOf)
    .option(...SEAT);
  addAct<SeatOptions>(adding, context, async (client, leg, { seat, person, office }) => {
    const body = { seat: signableOf(leg, seat).seat, content: leg.content, person, ...office };
    return client.command(`${pathOf(leg)}/added-signers`, body, LegCaseOutcome);
  });
  const removing = withServer(program.command('remove-signer <case>'), context)
    .description('减签（本人所加、尚未签批） take back a seat you added')
    .option(...SEAT);
  addAct<SeatOptions>(removing, context, async (client, leg, { seat: named }) => {
    const seat = leg.removable.find((one) => named === undefined || one === named);
    if (seat === undefined)
      throw nothing('nothing_to_remove', leg, '没有您可以减去的加签席位', 'no added seat of yours');
    return client.command(`${pathOf(leg)}/removed-signers`, { seat, content: leg.content }, LegCaseOutcome);
  });
}

function addBesideActs(program: Command, context: CommandContext): void {
  const urging = withServer(program.command('urge <case>'), context)
    .description('催办当前席位 ask whoever may take the open seat to act')
    .option(...SEAT);
  addBeside(urging, context, async (client, leg, { seat: named }) => {
    const open = leg.seats.find(({ seat, state }) => state === 'open' && (named === undefined || seat === named));
    if (open === undefined) throw nothing('no_open_seat', leg, '没有可催办的席位', 'no seat to urge');
    return client.command(`${pathOf(leg)}/urges`, { seat: open.seat }, BesideOutcome);
  });
  const copying = withServer(program.command('copy <case>'), context)
    .description('抄送 let a person read the case')
    .requiredOption('--person <id>', '抄送给谁 who');
  addBeside(copying, context, async (client, leg, { person }) =>
    client.command(`${pathOf(leg)}/copies`, { person }, BesideOutcome),
  );
  const consulting = withServer(program.command('consult <case>'), context)
    .description('征求意见；不指定人员则给出链接 ask for an opinion; without a person, by a link')
    .requiredOption('--question <text>', '征求什么 what is asked')
    .option('--person <id>', '征求谁 of whom')
    .option('--days <n>', '期限（天） days until it closes', '7');
  addBeside(consulting, context, async (client, leg, { person, question, days }) => {
    const body = { person: person ?? null, question, days: Number(days) };
    return client.command(`${pathOf(leg)}/consultations`, body, Consulted);
  });
  const answering = withServer(program.command('opinion <case>'), context)
    .description('答复征求的意见 give the opinion you were asked for')
    .requiredOption('--opinion <text>', '意见 what you think')
    .option('--consultation <id>', '哪一次征求（缺省为唯一未答的） which request (default: the open one)');
  addBeside(answering, context, async (client, leg, { opinion, consultation: named }) => {
    const open = leg.consultations.find(({ id, answeredAt }) => answeredAt === null && (named ?? id) === id);
    if (open === undefined) throw nothing('nothing_asked', leg, '没有待答复的征求', 'no open request for an opinion');
    return client.command(`${pathOf(leg)}/opinions`, { consultation: open.id, opinion }, BesideOutcome);
  });
}

type Beside = (client: ApiClient, leg: LegDetail, options: SeatOptions) => Promise<object>;

/** What leaves the case as it is: says that it was done, and the link where there is one. */
function addBeside(command: Command, context: CommandContext, act: Beside): void {
  command.action(async (caseId: string, options: SeatOptions, self: Command) => {
    const output = context.output(self);
    const done = await asPerson(options, context.environment, async (client) => {
      const leg = await readCurrentLeg(client, caseId);
      return { leg: leg.leg, ...(await act(client, leg, options)) };
    });
    output.say({ zh: `✓ 案件 ${caseId}：已办`, en: `✓ case ${caseId}: done` });
    if ('link' in done && typeof done.link === 'string')
      output.say({
        zh: `  链接密钥（只出现这一次）：${done.leg} ${done.link}`,
        en: `  link (said once): ${done.leg} ${done.link}`,
      });
    output.result({ ok: true, ...done });
    context.end(EXIT.ok);
  });
}

function officeOf(text: string): Office {
  const [role, organ, more] = text.split('@');
  if (!role || !organ || more !== undefined)
    throw new InvalidArgumentError('职务应写作 角色@机关，如 lawyer@xiangyang-justice role@organ');
  return { role, organ };
}

function nothing(code: string, { case: caseId, leg, state }: LegDetail, zh: string, en: string): CommandFailure {
  const sentence = {
    zh: `案件 ${caseId}：${zh}（${leg} 段，${state}）。`,
    en: `Case ${caseId}: ${en} (${leg} leg, ${state}).`,
  };
  return new CommandFailure(EXIT.finding, code, sentence, { case: caseId, leg, state });
}
