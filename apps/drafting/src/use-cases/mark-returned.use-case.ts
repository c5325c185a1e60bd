import { randomUUID } from 'node:crypto';
import type { InboundMessage } from '#contracts/routing';
import type { Tx } from '#persistence/transaction';
import { actAfterEnd } from '../domain/public-act.js';
import { afterEnd } from '../domain/report-life.js';
import { actOfCase, addAct, openAct, saveAct, type StoredAct } from '../persistence/public-act.repository.js';
import { lockReport, type StoredReport } from '../persistence/report.repository.js';
import { saveAndTell } from '../report-news.js';
import { tellRatification } from './ratification.use-case.js';

type Ended = InboundMessage<'review.ended'> | InboundMessage<'approval.ended'>;

/** A leg ended the round without effect: the text, or the act, is the drafter's again. News of another round changes nothing. */
export async function markReturned(tx: Tx, { body, correlationId }: Ended): Promise<void> {
  const report = await lockReport(tx, body.document);
  if (report === undefined) return;
  const act = await actOfCase(tx, body.case);
  if (act !== undefined) return endAct(tx, report, act, { body, correlationId });
  const ended = afterEnd(report, body);
  if (ended !== null) await saveAndTell(tx, ended, correlationId);
}

async function endAct(
  tx: Tx,
  report: StoredReport,
  act: StoredAct,
  { body, correlationId }: Pick<Ended, 'body' | 'correlationId'>,
): Promise<void> {
  const state = actAfterEnd(act, body);
  if (state === null) return;
  const ended = { ...act, state };
  await saveAct(tx, ended);
  if (act.kind !== 'ratify') return saveAndTell(tx, report, correlationId);
  await tellRatification(tx, report, ended, correlationId);
  await prepareWithdrawal(tx, report, act.edition);
  await saveAndTell(tx, report, correlationId);
}

/** An emergency nobody confirmed should not stay: its withdrawal is drafted, for the drafter or the office to confirm. */
async function prepareWithdrawal(
  tx: Tx,
  { document, publicState, publicEdition }: StoredReport,
  edition: number,
): Promise<void> {
  const isPublic = publicState === 'live' && publicEdition === edition;
  if (!isPublic || (await openAct(tx, document, 'withdraw')) !== undefined) return;
  const prepared = { kind: 'withdraw', state: 'prepared', edition, case: null, round: 0, dueAt: null } as const;
  await addAct(tx, { ...prepared, id: randomUUID(), document });
}
