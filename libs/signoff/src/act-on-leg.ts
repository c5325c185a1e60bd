import { isRefusal, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { NO_REPORT, recordEntry } from '#ledger/record-entry';
import type { Tx } from '#persistence/transaction';
import { type EnteredLeg, enterLeg, isCaseId } from './enter-leg.js';
import { judgeLeg } from './judge-leg.js';
import { decide } from './leg-case.js';
import type { PersonCommand } from './leg-command.js';
import type { LegEvent } from './leg.js';
import type { CompleteLeg, LegPorts, ProvenPerson } from './leg-ports.js';
import { enterInLedger, settleLeg } from './settle-leg.js';
import type { StoredLeg } from './stored-leg.js';

/** A person's act on a case. `keep` stores what proves it, once it is accepted and before anything else is written. */
export interface LegAct {
  readonly case: string;
  readonly action: string;
  readonly onBehalfOf?: string | null;
  readonly digests?: Readonly<Record<string, Digest>>;
  readonly complete?: CompleteLeg;
  command(entered: EnteredLeg): PersonCommand | Promise<PersonCommand>;
  keep?(entered: EnteredLeg, events: readonly LegEvent[]): Promise<void>;
  /** What a refusal tells besides the person and the ledger. */
  refused?(refusal: Refusal): Promise<void>;
}

/**
 * The one way a person's command changes a case: lock, decide, keep the proof, settle. Accepted or refused, it leaves one
 * entry in the ledger. Refusals: as `decide`, and `not_found`.
 */
export async function actOnLeg(tx: Tx, act: LegAct, by: ProvenPerson, ports: LegPorts): Promise<StoredLeg | Refusal> {
  const { action, onBehalfOf = null, digests = {} } = act;
  const cause = { action, actor: by.person, onBehalfOf, requestId: by.correlationId, digests };
  const entered = await enterJudged(tx, act, by, ports);
  if (isRefusal(entered)) {
    await denyUnseen(tx, act, by, ports, entered.refused);
    return entered;
  }
  const { leg, context } = entered;
  const decision = decide(leg.legCase, await act.command(entered), context);
  if (isRefusal(decision)) {
    await act.refused?.(decision);
    await enterInLedger(tx, leg, ports, { ...cause, outcome: decision.refused, events: [] });
    return decision;
  }
  await act.keep?.(entered, decision.events);
  const { complete } = act;
  return settleLeg(tx, leg, decision.events, { context, ports, cause, ...(complete && { complete }) });
}

/**
 * A signature is given on the strength of those before it: the case is held against a directory it was not judged by yet
 * before anybody acts on it, not only when the sweep comes by.
 */
async function enterJudged(
  tx: Tx,
  { case: caseId, onBehalfOf = null }: LegAct,
  { person, correlationId }: ProvenPerson,
  ports: LegPorts,
): Promise<EnteredLeg | Refusal> {
  const entered = await enterLeg(tx, caseId, { person, onBehalfOf }, ports);
  if (isRefusal(entered)) return entered;
  const { leg, directory } = entered;
  if (leg.legCase.state !== 'in-review' || leg.judgedBy >= directory.document.version) return entered;
  await judgeLeg(tx, leg, directory, correlationId, ports);
  return enterLeg(tx, caseId, { person, onBehalfOf }, ports);
}

/** Whoever may not see a case learns nothing of it, and its report's chain says nothing of him: the entry stands under no report. */
export async function denyUnseen(
  tx: Tx,
  { case: caseId, action, onBehalfOf }: Pick<LegAct, 'case' | 'action' | 'onBehalfOf'>,
  by: ProvenPerson,
  ports: LegPorts,
  outcome: string,
): Promise<void> {
  await recordEntry(tx, ports, {
    report: NO_REPORT,
    case: isCaseId(caseId) ? caseId : null,
    actor: by.person,
    onBehalfOf: onBehalfOf ?? undefined,
    action: `${ports.service}.${action}`,
    outcome,
    requestId: by.correlationId,
  });
}
