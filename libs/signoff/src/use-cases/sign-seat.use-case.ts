import { randomUUID } from 'node:crypto';
import type { Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { actOnLeg } from '../act-on-leg.js';
import { decisionRecord } from '../decision-record.js';
import { deputyEvidence } from '../deputy-evidence.js';
import type { EnteredLeg } from '../enter-leg.js';
import type { LegEvent } from '../leg.js';
import { insertDecision } from '../leg-decision.repository.js';
import type { CompleteLeg, LegPorts, ProvenPerson } from '../leg-ports.js';
import { signatureBy } from '../statement.js';
import type { StoredLeg } from '../stored-leg.js';

/**
 * Signs one seat over the statement the person was shown (its digest), for oneself or as a principal's deputy, having
 * gone through the items of the stage's checklist.
 */
interface SignSeatCommand {
  readonly case: string;
  readonly seat: string;
  readonly statement: string;
  readonly onBehalfOf: string | null;
  readonly checked: readonly string[];
}

/**
 * A person's signature: lock, decide, keep the decision with its proof, and when it is the last of the leg make what
 * the leg hands on, all in one transaction. Refusals: as `decide`, and `not_found`.
 */
export async function signSeat(
  tx: Tx,
  command: SignSeatCommand,
  by: ProvenPerson,
  ports: LegPorts,
  complete: CompleteLeg,
): Promise<StoredLeg | Refusal> {
  const { seat, onBehalfOf, checked } = command;
  const { person: actor, stepUpAt } = by;
  const statement = digest(command.statement);
  return actOnLeg(
    tx,
    {
      case: command.case,
      action: 'sign',
      onBehalfOf,
      digests: { statement },
      complete,
      command: () => ({ type: 'sign', seat, actor, onBehalfOf, grade: 'attested', stepUpAt, statement, checked }),
      keep: (entered, events) => keepSignature(tx, entered, events, by, ports),
    },
    by,
    ports,
  );
}

async function keepSignature(
  tx: Tx,
  { leg }: EnteredLeg,
  events: readonly LegEvent[],
  by: ProvenPerson,
  ports: LegPorts,
): Promise<void> {
  const signed = events.find((event) => event.type === 'seat-signed');
  const seat = leg.legCase.seats.find(({ id }) => id === signed?.seat);
  if (signed?.type !== 'seat-signed' || seat === undefined) throw new Error('an accepted signature signs a seat');
  const { onBehalfOf, at, as } = signed;
  const record = decisionRecord(leg.legCase, seat, signatureBy(by.person, onBehalfOf), at, by, ports);
  const office = as ?? { role: seat.role, organ: seat.organ };
  const deputy =
    onBehalfOf === null ? null : await deputyEvidence(tx, { agent: by.person, principal: onBehalfOf }, office, at);
  await insertDecision(tx, randomUUID(), leg.id, { ...record, deputy });
}
