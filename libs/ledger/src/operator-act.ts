import { randomUUID } from 'node:crypto';
import type { Tx } from '#persistence/transaction';
import { ACCEPTED, type LedgerPorts, NO_REPORT, recordEntry } from './record-entry.js';

/** What an operator has a service do from the machine it runs on, past the API, as the ledger names it. */
export const OPERATOR_ACTS = [
  'publication.retry-channel',
  'publication.wish-backfill',
  'publication.rebuild-search',
] as const;
export type OperatorAct = (typeof OPERATOR_ACTS)[number];

/** `operator`: his name on that machine; he has no account here. `about`: what it was done to, and how much. */
export interface Operated {
  readonly action: OperatorAct;
  readonly operator: string;
  readonly about: Readonly<Record<string, string | number>>;
  /** The code of why nothing was done; accepted when left out. */
  readonly outcome?: string;
}

/** Writes the ledger entry of what an operator does, in the transaction that does it. Run as the owner of the tables, with the service's search path. */
export async function recordOperated(
  tx: Tx,
  ports: LedgerPorts,
  { action, operator, about, outcome = ACCEPTED }: Operated,
): Promise<void> {
  await recordEntry(tx, ports, {
    report: NO_REPORT,
    case: null,
    actor: `service:${ports.service}`,
    action,
    outcome,
    body: { operator, events: [{ type: 'operated', ...about }] },
    requestId: randomUUID(),
  });
}
