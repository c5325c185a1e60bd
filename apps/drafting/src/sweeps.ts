import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction } from '#persistence/transaction';
import type { ServicePorts, Sweep } from '#service-runtime/ports';
import { documentsOwingRatification } from './persistence/public-act.repository.js';
import { submitOwedRatification } from './use-cases/ratification.use-case.js';

const MOST_AT_ONCE = 50;

/** The sweeps of the drafting service. */
export function sweeps(ports: ServicePorts): Sweep[] {
  return [{ name: 'owed-ratifications', everyMs: ports.environment.sweepMs, run: () => submitOwed(ports) }];
}

/** Ratifications that could not be put to signature when their emergency went live: a route or a signer was missing. */
export async function submitOwed(ports: Pick<ServicePorts, 'db' | 'signer' | 'trust' | 'crypto'>): Promise<void> {
  for (const document of await documentsOwingRatification(ports.db, MOST_AT_ONCE)) {
    const submitted = await runInTransaction(ports.db, (tx) => submitOwedRatification(tx, document, ports));
    if (!submitted) await raiseAlarm(ports.db, 'ratification_blocked', { document });
  }
}
