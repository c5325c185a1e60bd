import type { InboundMessage } from '#contracts/routing';
import { isRefusal, type Refusal } from '#domain/decision';
import { type Digest, digest } from '#domain/identifiers';
import { ACCEPTED, type LedgerPorts, NO_REPORT, type RecordedAct, recordEntry } from '#ledger/record-entry';
import type { Answer } from '#persistence/command.repository';
import type { Tx } from '#persistence/transaction';
import type { Caller } from '#service-runtime/caller.guard';
import { runCommand } from '#service-runtime/command';
import type { ServicePorts } from '#service-runtime/ports';
import { type ChangedRow, changedRows } from './persistence/changed-rows.queries.js';

/** As `runCommand`; the command's one ledger entry stands in the same transaction, whether it was accepted or refused. */
export function runDraftingCommand(
  ports: Pick<ServicePorts, 'db'> & LedgerPorts,
  caller: Caller,
  { action, document }: { readonly action: `drafting.${string}`; readonly document: string | null },
  act: (tx: Tx) => Promise<({ readonly document: string } & object) | Refusal>,
): Promise<Answer> {
  return runCommand(ports, caller, async (tx) => {
    const outcome = await act(tx);
    const by = { actor: caller.person, action, requestId: caller.correlationId };
    if (!isRefusal(outcome))
      await recordChange(tx, ports, outcome.document, by, await changedRows(tx, outcome.document));
    else {
      const { refused, data } = outcome;
      // What was not found is nothing known: whoever guesses ids starts no chains.
      const report = refused === 'not_found' ? NO_REPORT : (document ?? NO_REPORT);
      await recordEntry(tx, ports, { ...by, report, case: null, outcome: refused, body: { refused, data } });
    }
    return outcome;
  });
}

type By = Pick<RecordedAct, 'actor' | 'action' | 'requestId'>;

/** What changed goes into the body, whole, so that the report's rows can be made again from its chain. */
async function recordChange(tx: Tx, ports: LedgerPorts, report: string, by: By, changes: ChangedRow[]): Promise<void> {
  const written = (table: ChangedRow['table']): ChangedRow['row'] =>
    changes.find((one) => one.table === table)?.row ?? {};
  const { case_id: caseId = null, content, route } = written('submission');
  const digests = {
    ...named('revision', written('revision')['digest']),
    ...named('content', content),
    ...named('route', route),
  };
  await recordEntry(tx, ports, {
    ...by,
    report,
    case: (caseId ?? written('report')['case_id'] ?? null) as string | null,
    outcome: ACCEPTED,
    digests,
    body: { changes },
  });
}

const named = (kind: string, text: unknown): Record<string, Digest> =>
  typeof text === 'string' ? { [kind]: digest(text) } : {};

/** A handler of news about a report, whose effect is an entry in the report's chain; news that change nothing are none. */
export function heard<
  M extends InboundMessage<`${'review' | 'approval'}.${NewsOfLeg}` | `publication.${NewsOfReport}`>,
>(
  ports: LedgerPorts,
  action: `drafting.${string}`,
  handler: (tx: Tx, message: M) => Promise<void>,
): (tx: Tx, message: M) => Promise<void> {
  return async (tx, message) => {
    await handler(tx, message);
    await recordOwnChange(tx, ports, { action, document: message.body.document, requestId: message.correlationId });
  };
}

type NewsOfLeg = 'ended' | 'suggestion-made' | 'suggestion-closed';
type NewsOfReport = 'live' | 'withdrawn' | 'ratified' | 'superseded';

/** The entry of what the service did without being asked, when it changed anything. */
export async function recordOwnChange(
  tx: Tx,
  ports: LedgerPorts,
  {
    action,
    document,
    requestId,
  }: { readonly action: `drafting.${string}`; readonly document: string; readonly requestId: string },
): Promise<void> {
  const changes = await changedRows(tx, document);
  const by = { actor: `service:${ports.service}`, action, requestId };
  if (changes.length > 0) await recordChange(tx, ports, document, by, changes);
}
