import { digest } from '#domain/identifiers';
import type { LedgerPorts } from '#ledger/record-entry';
import { afterCommit, type Tx } from '#persistence/transaction';
import { raiseAlarm } from '#outbox/alarm';
import { announce } from '#outbox/announce';
import { afterMessage, type JobMessage, type PublicationJob, type Round } from '../domain/publication-job.js';
import { recordDeed } from '../recorded-deed.js';
import { signalSubmitted } from '../publish/due-signal.js';
import { withdrawPointer } from '../persistence/live-pointer.repository.js';
import { dropEarlierRounds, findJob, lockDocument, saveJob } from '../persistence/publication-job.repository.js';

/**
 * Takes one message about a round into its job. A contradiction between messages gives the job up for good, takes back what it
 * may have pointed at, raises an alarm and is announced; a release of what was given up is answered so again;
 * a release wakes the publisher when the transaction commits.
 */
export async function noteMessage(
  tx: Tx,
  { body, correlationId }: { readonly body: Round; readonly correlationId: string },
  message: JobMessage,
  ports: LedgerPorts,
): Promise<void> {
  await lockDocument(tx, body.document);
  const before = await findJob(tx, body.case, body.round);
  const after = afterMessage(before, body, message);
  await saveJob(tx, after, correlationId);
  if (message.kind === 'submitted') {
    await dropEarlierRounds(tx, after);
    afterCommit(tx, () => signalSubmitted(body.content));
  }
  if (after.state !== 'held') return;
  if (before?.state !== 'held') await withdrawPointer(tx, after);
  // Whoever releases what was given up has not heard of it, or was approved after it: he is told (again).
  if (before?.state !== 'held' || message.kind === 'released') await announceHeld(tx, after, correlationId, ports);
}

/** Writes down that a round is held, tells approval and the lists, and raises the alarm; `job.defect` is the code. */
export async function announceHeld(
  tx: Tx,
  job: PublicationJob,
  correlationId: string,
  ports: LedgerPorts,
): Promise<void> {
  const { case: caseId, round, document, edition, content } = job;
  const code = job.defect ?? 'unknown';
  const digests = { content: digest(content) };
  await recordDeed(tx, ports, {
    job,
    action: 'publication.hold',
    digests,
    event: { type: 'held', code },
    correlationId,
  });
  await raiseAlarm(tx, 'publication_held', { case: caseId, round, document, edition, code });
  await announce(tx, [
    {
      type: 'publication.held',
      stream: document,
      body: { case: caseId, round, document, edition, content, code },
      correlationId,
    },
  ]);
}
