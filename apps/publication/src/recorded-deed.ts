import type { Digest } from '#domain/identifiers';
import { ACCEPTED, type LedgerPorts, NO_REPORT, recordEntry } from '#ledger/record-entry';
import type { Tx } from '#persistence/transaction';

/** What publication did of itself, by whose message or sweep: nobody's hand is in it. */
interface Deed {
  /** The round it was about; undefined for files nobody signed for. */
  readonly job: { readonly document: string; readonly case: string; readonly round: number } | undefined;
  readonly action: `publication.${string}`;
  readonly digests: Readonly<Record<string, Digest>>;
  readonly event: Readonly<{ type: string } & Record<string, unknown>>;
  readonly correlationId: string;
}

/** Writes the ledger entry of a deed, in the transaction that does or decides it. */
export async function recordDeed(tx: Tx, ports: LedgerPorts, deed: Deed): Promise<void> {
  const { job, action, digests, event, correlationId } = deed;
  await recordEntry(tx, ports, {
    report: job?.document ?? NO_REPORT,
    case: job?.case ?? null,
    actor: `service:${ports.service}`,
    action,
    outcome: ACCEPTED,
    digests,
    body: { events: [job === undefined ? event : { ...event, round: job.round }] },
    requestId: correlationId,
  });
}
