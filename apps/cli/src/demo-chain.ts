import { CaseLine, type ReportLines } from '#contracts/http/gateway.api';
import type { Accounts } from '#contracts/http/district.api';
import type { z } from 'zod';
import { ApiClient } from './api-client.js';
import { eventually } from './eventually.js';
import { CommandFailure, EXIT } from './exit-code.js';
import { type LegDetail, readLeg, signableOf, signSeat } from './leg-acts.js';
import {
  findReport,
  importFile,
  openReport,
  type ReportInList,
  type SourceFile,
  contentOf,
  saveRevision,
  submitRevision,
} from './report-acts.js';
import { applyFixes } from '#report/apply-fixes';
import type { CheckResult } from '#report/check-report';
import type { Message } from '#report/place';

export type Account = z.infer<typeof Accounts>['accounts'][number];

/** What is taken from import to live, and how progress is told: each step with its milliseconds. */
export interface Chain {
  readonly server: string;
  readonly accounts: readonly Account[];
  readonly organ: string;
  readonly year: number;
  readonly file: SourceFile;
  readonly step: (done: Message, milliseconds: number) => void;
}

/** The public line of the report. `already`: it was live before, nothing was done. */
export interface LiveReport {
  readonly already: boolean;
  readonly line: ReportInList & { readonly url: string };
}

/** One submission of a case; the legs may still show an earlier, ended one. */
interface CaseRound {
  readonly case: string;
  readonly round: number;
}

type Saved = Awaited<ReturnType<typeof importFile>>;

/** Said about every warning of the demonstration's report. */
const EXPLANATION = '演示：已与原件核对，按原文保留。';

type Clients = (account: Account) => Promise<ApiClient>;

/**
 * Takes a report from a file to its public address over HTTP only, each act by somebody who holds the office. Goes on
 * where an earlier run stopped; a report that is live is left alone. CommandFailure when an office has nobody, or in time nothing comes.
 */
export async function runChain(chain: Chain): Promise<LiveReport> {
  const sessions = new Map<string, ApiClient>();
  const clientOf: Clients = async (account) => {
    const known = sessions.get(account.login);
    if (known) return known;
    const client = new ApiClient(chain.server, account);
    await client.signIn();
    sessions.set(account.login, client);
    return client;
  };
  try {
    const drafter = await clientOf(holderOf(chain.accounts, 'drafter', chain.organ));
    const line = await findReport(drafter, chain.organ, chain.year);
    if (isLive(line)) return { already: true, line };
    const open = line?.state === 'submitted' && line.case !== null;
    const round = open ? await drafter.get(`/cases/${line.case}`, CaseLine) : await submit(chain, drafter);
    await signEverySeat(chain, drafter, round, clientOf);
    return { already: false, line: await awaitLive(chain, drafter) };
  } finally {
    await Promise.all([...sessions.values()].map(async (client) => client.signOut()));
  }
}

/** An account that holds the office. CommandFailure `nobody_holds`. */
function holderOf(accounts: readonly Account[], role: string, organ: string, except?: ReadonlySet<string>): Account {
  const found = accounts.find(
    ({ login, grants }) =>
      except?.has(login) !== true && grants.some((grant) => grant.role === role && grant.organ === organ),
  );
  if (found) return found;
  const sentence = {
    zh: `账户文件中没有人任 ${role}@${organ}。`,
    en: `Nobody in the accounts file is ${role}@${organ}.`,
  };
  throw new CommandFailure(EXIT.finding, 'nobody_holds', sentence, { role, organ });
}

async function submit(chain: Chain, drafter: ApiClient): Promise<CaseRound> {
  const document = await timed(chain, { zh: '建立年度报告', en: 'report started' }, async () =>
    openReport(drafter, chain.organ, chain.year),
  );
  const saved = await timed(chain, { zh: `导入 ${chain.file.name}`, en: `${chain.file.name} imported` }, async () =>
    importFile(drafter, document, chain.file),
  );
  const mended = saved.blocked ? await mend(chain, drafter, saved) : saved;
  const explained = { zh: '校验通过，提醒逐处说明，送审并固定版本', en: 'checked, explained, submitted and frozen' };
  return timed(chain, explained, async () => submitRevision(drafter, mended, { sentenceFor: () => EXPLANATION }));
}

/** What the drafter of the demonstration writes instead, where a check names the fault and cannot know the right words. */
const CORRECTIONS: ReadonlyMap<string, string> = new Map([['全市', '全区']]);

/** Writes in the corrections the checks offer, and says each: a real report comes with real mistakes. */
async function mend(chain: Chain, drafter: ApiClient, saved: Saved): Promise<Saved> {
  const content = await contentOf(drafter, saved.document);
  const errors = saved.checks.filter(({ severity, status }) => severity === 'E' && status === 'fail');
  const fixes = errors.map((check) => ({ fix: CORRECTIONS.get(check.found ?? ''), ...check }) as CheckResult);
  const { report, applied } = applyFixes(content, fixes);
  const list = (language: 'zh' | 'en'): string => applied.map(({ message }) => message[language]).join('；');
  const done = {
    zh: `按校验意见改正 ${applied.length} 处：${list('zh')}`,
    en: `${applied.length} errors corrected as the checks propose: ${list('en')}`,
  };
  return timed(chain, done, async () => saveRevision(drafter, saved, report));
}

/** Signs open seats one after another until the case leaves the signers' hands. */
async function signEverySeat(chain: Chain, drafter: ApiClient, round: CaseRound, clientOf: Clients): Promise<void> {
  const signed = new Set<string>();
  for (const leg of ['review', 'approval'] as const) {
    for (;;) {
      const detail = await awaitTurn(drafter, leg, round);
      const seat = detail.seats.find(({ state }) => state === 'open');
      if (!seat) break;
      if (seat.role === null || seat.organ === null) throw new Error(`seat ${seat.seat} names no office`);
      const account = holderOf(chain.accounts, seat.role, seat.organ, signed);
      const done = {
        zh: `${account.name}（${seat.role}@${seat.organ}）签批 ${seat.stage}`,
        en: `${account.login} (${seat.role}@${seat.organ}) signed ${seat.stage}`,
      };
      await timed(chain, done, async () => {
        const client = await clientOf(account);
        await client.stepUp();
        const own = await readLeg(client, leg, round.case);
        await signSeat(client, own, signableOf(own, seat.seat));
      });
      signed.add(account.login);
    }
  }
}

/** The leg once it can be acted on or is over; the approval leg appears when the review leg's message has arrived. */
async function awaitTurn(
  drafter: ApiClient,
  leg: LegDetail['leg'],
  { case: caseId, round }: CaseRound,
): Promise<LegDetail> {
  const awaited = { zh: `案件 ${caseId} 的 ${leg} 段轮到签批`, en: `the ${leg} leg of case ${caseId} opens` };
  return eventually(awaited, async () => {
    const detail = await readLeg(drafter, leg, caseId).catch((error: unknown) => {
      if (error instanceof CommandFailure && error.code === 'not_found') return undefined;
      throw error;
    });
    if (!detail || detail.round < round) return undefined;
    if (detail.ended) throw endedEarly(detail);
    return detail.state !== 'in-review' || detail.seats.some(({ state }) => state === 'open') ? detail : undefined;
  });
}

function endedEarly({ case: caseId, state, ended }: LegDetail): CommandFailure {
  const sentence = {
    zh: `案件 ${caseId} 已结束：${state} ${ended?.because?.zh ?? ended?.reason ?? ''}`,
    en: `Case ${caseId} has ended: ${state} ${ended?.because?.en ?? ''}`.trimEnd(),
  };
  return new CommandFailure(EXIT.finding, 'case_ended', sentence, { case: caseId, state });
}

async function awaitLive(chain: Chain, drafter: ApiClient): Promise<LiveReport['line']> {
  return timed(chain, { zh: '自动公开，并逐字节回读核对', en: 'published by itself and read back' }, async () =>
    eventually({ zh: '报告公开', en: 'the report goes live' }, async () => {
      const line = await findReport(drafter, chain.organ, chain.year);
      if (isLive(line)) return line;
      if (line?.case !== null && line?.case !== undefined) await refuseHeld(drafter, line.case);
      return undefined;
    }),
  );
}

async function refuseHeld(drafter: ApiClient, caseId: string): Promise<void> {
  const { state } = await drafter.get(`/cases/${caseId}`, CaseLine);
  if (state !== 'held') return;
  const sentence = { zh: `案件 ${caseId} 被暂停公开，请看告警。`, en: `Case ${caseId} is held; see the alarms.` };
  throw new CommandFailure(EXIT.finding, 'case_held', sentence, { case: caseId });
}

function isLive(line: z.infer<typeof ReportLines>['items'][number] | undefined): line is LiveReport['line'] {
  return line?.state === 'live' && line.url !== null;
}

async function timed<T>({ step }: Chain, done: Message, act: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await act();
  step(done, Math.round(performance.now() - start));
  return result;
}
