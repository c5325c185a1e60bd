import { randomUUID } from 'node:crypto';
import type { RefusalCode } from '#contracts/refusals';
import { isRefusal, type Refusal } from '#domain/decision';
import { ACCEPTED, type LedgerPorts, NO_REPORT, recordEntry } from '#ledger/record-entry';
import { runInTransaction, type Tx } from '#persistence/transaction';
import type { ServicePorts } from '#service-runtime/ports';
import { RefusalError } from '#service-runtime/refusal-error';

type SessionPorts = Pick<ServicePorts, 'db'> & LedgerPorts;

/** What is asked about a session, and by whom; null for somebody who has not proved who he is. */
interface Asked {
  readonly action:
    'gateway.sign-in' | 'gateway.step-up' | 'gateway.sign-out' | 'gateway.end-session' | 'gateway.change-password';
  readonly person: string | null;
}

/**
 * Does to a session what a proved person asked, with its ledger entry in the same transaction. A refusal is written down too, under the
 * gateway's own name where nobody proved who he is, and thrown.
 */
export async function recordedSession<T>(
  ports: SessionPorts,
  { action, person }: Asked,
  proved: string | Refusal<RefusalCode>,
  act: (tx: Tx, person: string) => Promise<T | Refusal<RefusalCode>>,
): Promise<T> {
  const done = await runInTransaction(ports.db, async (tx) => {
    // The chain of what belongs to no report is locked last and briefly: everybody who signs in waits for it.
    const result = isRefusal(proved) ? proved : await act(tx, proved);
    const outcome = isRefusal(result) ? result.refused : ACCEPTED;
    const actor = (isRefusal(proved) ? person : proved) ?? `service:${ports.service}`;
    await recordEntry(tx, ports, { report: NO_REPORT, case: null, actor, action, outcome, requestId: randomUUID() });
    return result;
  });
  if (isRefusal(done)) throw new RefusalError(done.refused, done.data, true);
  return done;
}
