import { randomUUID } from 'node:crypto';
import { canonicalBytes } from '#evidence/canonical';
import type { Envelope } from '#evidence/dsse';
import { isRecorded } from '#ledger/ledger.repository';
import { ACCEPTED, NO_REPORT, recordEntry } from '#ledger/record-entry';
import { runInTransaction } from '#persistence/transaction';
import type { ServicePorts } from '#service-runtime/ports';

/**
 * Puts every signed change of keys the trust file tells of into the ledger, once each: a key that came or fell unseen would
 * be a way around the log. Repeated at each start and after; what is recorded stays so.
 */
export async function recordKeyChanges(ports: ServicePorts): Promise<void> {
  const { trust } = ports;
  if (trust.schema !== 'sunward.trust/2') return;
  for (const envelope of trust.changes) await recordChange(ports, envelope);
}

async function recordChange(ports: ServicePorts, envelope: Envelope): Promise<void> {
  const body = { keyChange: envelope };
  const digest = ports.crypto.sha256(canonicalBytes(body));
  await runInTransaction(ports.db, async (tx) => {
    if (await isRecorded(tx, NO_REPORT, digest)) return;
    await recordEntry(tx, ports, {
      report: NO_REPORT,
      case: null,
      actor: 'service:gateway',
      action: 'gateway.change-key',
      outcome: ACCEPTED,
      digests: { statement: ports.crypto.sha256(canonicalBytes(envelope)) },
      body,
      requestId: randomUUID(),
    });
  });
}
