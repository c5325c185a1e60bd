import type { InboundMessage } from '#contracts/routing';
import type { Tx } from '#persistence/transaction';
import { stateAfterEnd } from '../domain/report-life.js';
import { lockReport } from '../persistence/report.repository.js';
import { saveAndTell } from '../report-news.js';

/** A leg ended the round without publication: the report is the drafter's again. News of another round changes nothing. */
export async function markReturned(
  tx: Tx,
  { body, correlationId }: InboundMessage<'review.ended'> | InboundMessage<'approval.ended'>,
): Promise<void> {
  const report = await lockReport(tx, body.document);
  const state = report === undefined ? null : stateAfterEnd(report, body);
  if (report === undefined || state === null) return;
  await saveAndTell(tx, { ...report, state }, correlationId);
}
