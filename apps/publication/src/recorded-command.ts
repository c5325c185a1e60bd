import { isRefusal, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { ACCEPTED, type LedgerPorts, NO_REPORT, recordEntry } from '#ledger/record-entry';
import type { Answer } from '#persistence/command.repository';
import type { Tx } from '#persistence/transaction';
import type { Caller } from '#service-runtime/caller.guard';
import { runCommand } from '#service-runtime/command';
import type { ServicePorts } from '#service-runtime/ports';

/** A person's command on the deliveries of a document, as the ledger names it. */
export interface DeliveryCommand {
  readonly action: `publication.${string}`;
  readonly document: string;
  readonly case: string;
  /** What it is about, e.g. `{ channel, round }`. */
  readonly about: Readonly<Record<string, string | number | null>>;
  readonly digests?: Readonly<Record<string, Digest>>;
}

/** As `runCommand`; the command's ledger entry stands in the same transaction, whether it was accepted or refused. */
export function runDeliveryCommand(
  ports: Pick<ServicePorts, 'db'> & LedgerPorts,
  caller: Caller,
  { action, document, case: caseId, about, digests = {} }: DeliveryCommand,
  act: (tx: Tx) => Promise<object | Refusal>,
): Promise<Answer> {
  return runCommand(ports, caller, async (tx) => {
    const outcome = await act(tx);
    const isRefused = isRefusal(outcome);
    // What was not found is nothing known: whoever guesses ids starts no chains.
    const isKnown = !isRefused || outcome.refused !== 'not_found';
    await recordEntry(tx, ports, {
      actor: caller.person,
      action,
      requestId: caller.correlationId,
      report: isKnown ? document : NO_REPORT,
      case: isKnown ? caseId : null,
      outcome: isRefused ? outcome.refused : ACCEPTED,
      digests: isRefused ? {} : digests,
      body: { events: [{ type: action.slice('publication.'.length), ...about }] },
    });
    return outcome;
  });
}
