import type { InboundMessage } from '#contracts/routing';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { lastSubmission, lockReport } from '../persistence/report.repository.js';
import { saveAndTell } from '../report-news.js';

/**
 * The edition is public. What this service never handed to sign-off, or handed over with other bytes, changes nothing
 * here and raises the alarm live_unexpected.
 */
export async function markLive(tx: Tx, { body, correlationId }: InboundMessage<'publication.live'>): Promise<void> {
  const report = await lockReport(tx, body.document);
  if (report?.state === 'live' && report.case === body.case && report.round === body.round) return;
  const submission = await lastSubmission(tx, body.document);
  const expected =
    report?.state === 'submitted' &&
    report.case === body.case &&
    report.round === body.round &&
    submission?.content === body.content;
  if (report === undefined || submission === undefined || !expected) {
    const { document, case: caseId, round, content } = body;
    await raiseAlarm(tx, 'live_unexpected', { document, case: caseId, round, content });
    return;
  }
  const live = { ...report, state: 'live' as const, liveRevision: submission.revision, livePath: body.path };
  await saveAndTell(tx, live, correlationId);
}
