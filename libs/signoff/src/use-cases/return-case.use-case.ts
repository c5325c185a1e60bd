import { randomUUID } from 'node:crypto';
import type { Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { actOnLeg } from '../act-on-leg.js';
import { decisionRecord } from '../decision-record.js';
import type { EnteredLeg } from '../enter-leg.js';
import { insertDecision } from '../leg-decision.repository.js';
import type { LegPorts, ProvenPerson } from '../leg-ports.js';
import type { StoredLeg } from '../stored-leg.js';

/**
 * Returns the case from a seat that is open to the person: to the drafter, or to the earlier stage `to` of this leg or of
 * the one before; `place` names a cell or sentence.
 */
interface ReturnCaseCommand {
  readonly case: string;
  readonly seat: string;
  readonly onBehalfOf: string | null;
  readonly content: string;
  readonly reason: string;
  readonly place: string | null;
  readonly to: string | null;
}

/** The decision is kept like a signature, with the reason's digest in its statement. Refusals: as `decide`, and `not_found`. */
export async function returnCase(
  tx: Tx,
  { case: caseId, ...command }: ReturnCaseCommand,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const reason = ports.crypto.sha256(Buffer.from(command.reason, 'utf8'));
  return actOnLeg(
    tx,
    {
      case: caseId,
      action: 'return',
      onBehalfOf: command.onBehalfOf,
      digests: { reason },
      command: ({ leg }) => ({
        ...command,
        type: 'return',
        actor: by.person,
        content: digest(command.content),
        seatIds: leg.legCase.seats.map(() => randomUUID()),
      }),
      keep: (entered) => keepReturn(tx, entered, command, by, ports),
    },
    by,
    ports,
  );
}

async function keepReturn(
  tx: Tx,
  { leg }: EnteredLeg,
  { seat: seatId, onBehalfOf, reason, place, to }: Omit<ReturnCaseCommand, 'case'>,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<void> {
  const seat = leg.legCase.seats.find(({ id }) => id === seatId);
  if (seat === undefined) throw new Error(`seat ${seatId} was open a moment ago`);
  const digestOfReason = ports.crypto.sha256(Buffer.from(reason, 'utf8'));
  const decidedBy = { kind: 'return', actor: by.person, onBehalfOf, reason: digestOfReason, place } as const;
  const record = decisionRecord(leg.legCase, seat, decidedBy, leg.at, by, ports);
  await insertDecision(tx, randomUUID(), leg.id, { ...record, reason, toStage: to });
}
