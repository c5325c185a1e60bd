import { announce } from '#outbox/announce';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { takeUnpublishedCase } from '#signoff/due-cases.queries';
import { releaseNews } from '#signoff/leg-announcement';
import { findLegCase } from '#signoff/leg-case.repository';

/**
 * Says the release of one case again when it is not live a minute after it, and raises `approved_not_live`.
 * False when no such case is left.
 */
export async function remindNextUnpublished(tx: Tx): Promise<boolean> {
  const due = await takeUnpublishedCase(tx);
  const leg = due === undefined ? undefined : await findLegCase(tx, due.caseId);
  if (due === undefined || leg === undefined) return false;
  const { case: caseId, document, releasedAt } = { ...leg.legCase.round, releasedAt: leg.legCase.releasedAt };
  await raiseAlarm(tx, 'approved_not_live', { case: caseId, document, releasedAt });
  await announce(tx, [{ ...releaseNews(leg), stream: document, correlationId: due.correlationId }]);
  return true;
}
