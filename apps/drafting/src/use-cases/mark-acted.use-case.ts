import type { InboundMessage } from '#contracts/routing';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { type ActState, actAfterEffect, actAfterWithdrawal } from '../domain/public-act.js';
import { afterWithdrawal } from '../domain/report-life.js';
import { actOfCase, openActs, saveAct, type StoredAct } from '../persistence/public-act.repository.js';
import { lockReport, type StoredReport } from '../persistence/report.repository.js';
import { saveAndTell } from '../report-news.js';
import { tellRatification } from './ratification.use-case.js';

/** The edition was taken back: other acts on it are needless, and a text in hand will be a new publication. */
export async function markWithdrawn(
  tx: Tx,
  { body, correlationId }: InboundMessage<'publication.withdrawn'>,
): Promise<void> {
  const report = await lockReport(tx, body.document);
  const act = await actOfCase(tx, body.case);
  const state = act === undefined ? null : actAfterEffect(act, body);
  if (report === undefined || act === undefined || act.kind !== 'withdraw') return expectKnown(tx, body, act);
  if (state === null) return;
  await saveAct(tx, { ...act, state });
  const withdrawn = afterWithdrawal(report, body.edition);
  await saveAndTell(tx, withdrawn ?? report, correlationId);
  for (const other of await openActs(tx, body.document)) {
    const moot = actAfterWithdrawal(other, body.edition);
    if (moot !== null) await endOther(tx, report, { ...other, state: moot }, correlationId);
  }
}

/** The emergency is confirmed; a withdrawal drafted for want of that is needless. */
export async function markRatified(
  tx: Tx,
  { body, correlationId }: InboundMessage<'publication.ratified'>,
): Promise<void> {
  const report = await lockReport(tx, body.document);
  const act = await actOfCase(tx, body.case);
  const state = act === undefined ? null : actAfterEffect(act, body);
  if (report === undefined || act === undefined || act.kind !== 'ratify') return expectKnown(tx, body, act);
  if (state === null) return;
  await endOther(tx, report, { ...act, state }, correlationId);
  for (const other of await openActs(tx, body.document))
    if (other.state === 'prepared' && other.edition === body.edition) await saveAct(tx, { ...other, state: 'moot' });
  await saveAndTell(tx, report, correlationId);
}

/** An act came too late: another edition is public, or nothing is. */
export async function markSuperseded(
  tx: Tx,
  { body, correlationId }: InboundMessage<'publication.superseded'>,
): Promise<void> {
  const report = await lockReport(tx, body.document);
  const act = await actOfCase(tx, body.case);
  if (report === undefined || act === undefined) return expectKnown(tx, body, act);
  if (actAfterEffect(act, body) === null) return;
  await endOther(tx, report, { ...act, state: 'moot' }, correlationId);
  await saveAndTell(tx, report, correlationId);
}

async function endOther(
  tx: Tx,
  report: StoredReport,
  act: StoredAct & { state: ActState },
  correlationId: string,
): Promise<void> {
  await saveAct(tx, act);
  if (act.kind === 'ratify') await tellRatification(tx, report, act, correlationId);
}

async function expectKnown(
  tx: Tx,
  {
    document,
    case: caseId,
    round,
    content,
  }: Pick<InboundMessage<'publication.withdrawn'>['body'], 'document' | 'case' | 'round' | 'content'>,
  act: StoredAct | undefined,
): Promise<void> {
  if (act === undefined) await raiseAlarm(tx, 'act_unexpected', { document, case: caseId, round, content });
}
