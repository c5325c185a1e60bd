import { randomUUID } from 'node:crypto';
import { raiseAlarm } from '#outbox/alarm';
import { runInTransaction } from '#persistence/transaction';
import type { ServicePorts, Sweep } from '#service-runtime/ports';
import type { DraftingPorts } from './drafting-ports.js';
import { recordOwnChange } from './recorded.js';
import { documentsOwingRatification } from './persistence/public-act.repository.js';
import { submitOwedRatification } from './use-cases/ratification.use-case.js';

const MOST_AT_ONCE = 50;

/** The sweeps of the drafting service. */
export function sweeps(ports: ServicePorts): Sweep[] {
  return [{ name: 'owed-ratifications', everyMs: ports.environment.sweepMs, run: () => submitOwed(ports) }];
}

/** Ratifications that could not be put to signature when their emergency went live: a route or a signer was missing. */
export async function submitOwed(ports: Pick<ServicePorts, 'db'> & DraftingPorts): Promise<void> {
  for (const document of await documentsOwingRatification(ports.db, MOST_AT_ONCE)) {
    const submitted = await runInTransaction(ports.db, async (tx) => {
      const done = await submitOwedRatification(tx, document, ports);
      await recordOwnChange(tx, ports, { action: 'drafting.ratify', document, requestId: randomUUID() });
      return done;
    });
    if (!submitted) await raiseAlarm(ports.db, 'ratification_blocked', { document });
  }
}
