import type { InboundMessage } from '#contracts/routing';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { afterLive } from '../domain/report-life.js';
import type { DraftingPorts } from '../drafting-ports.js';
import { openAct, saveAct } from '../persistence/public-act.repository.js';
import { lockReport } from '../persistence/report.repository.js';
import { findSubmission } from '../persistence/submission.repository.js';
import { saveAndTell } from '../report-news.js';
import { oweRatification } from './ratification.use-case.js';

/**
 * The edition is public. What this service never handed to sign-off, or handed over with other bytes, changes nothing here
 * and raises the alarm live_unexpected. An emergency opens its ratification by itself.
 */
export async function markLive(
  tx: Tx,
  { body, correlationId }: InboundMessage<'publication.live'>,
  ports: DraftingPorts,
): Promise<void> {
  const { document, case: caseId, round, content } = body;
  const report = await lockReport(tx, document);
  const submission = await findSubmission(tx, body);
  const live = report === undefined ? 'unexpected' : afterLive(report, body);
  if (live === 'old') return;
  if (live === 'unexpected' || submission?.content !== content) {
    await raiseAlarm(tx, 'live_unexpected', { document, case: caseId, round, content });
    return;
  }
  const known = { liveRevision: submission.revision, livePath: body.path, publicCase: caseId, publicRound: round };
  const saved = { ...live, ...known };
  await saveAndTell(tx, saved, correlationId);
  // A withdrawal nobody has submitted yet was of the edition before.
  const withdrawal = await openAct(tx, document, 'withdraw');
  if (withdrawal !== undefined && withdrawal.state !== 'submitted') await saveAct(tx, { ...withdrawal, state: 'moot' });
  if (submission.kind === 'emergency') await oweRatification(tx, saved, correlationId, ports);
}
