import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { decisionRecord } from '../decision-record.js';
import { enterLeg } from '../enter-leg.js';
import { announceLeg } from '../leg-announcement.js';
import { decide } from '../leg-case.js';
import { saveLegEvents } from '../leg-case.repository.js';
import type { StoredLeg } from '../stored-leg.js';
import { insertDecision } from '../leg-decision.repository.js';
import type { LegPorts, ProvenPerson } from '../leg-ports.js';

/** Returns the case from a seat that is open to the person, to the drafter or to the earlier stage `to`; `place` names a cell or sentence. */
interface ReturnCaseCommand {
  readonly case: string;
  readonly seat: string;
  readonly content: string;
  readonly reason: string;
  readonly place: string | null;
  readonly to: string | null;
}

/** Ends the round, or has the leg signed again from an earlier stage on, with a reason. The decision is kept like a signature, with the reason's digest in its statement. */
export async function returnCase(
  tx: Tx,
  command: ReturnCaseCommand,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const entered = await enterLeg(tx, command.case, by.person, ports.crypto);
  if (isRefusal(entered)) return entered;
  const { leg, context } = entered;
  const { seat: seatId, reason, place, to } = command;
  const seatIds = leg.legCase.seats.map(() => randomUUID());
  const decision = decide(
    leg.legCase,
    { type: 'return', seat: seatId, actor: by.person, content: digest(command.content), reason, place, to, seatIds },
    context,
  );
  if (isRefusal(decision)) return decision;
  const seat = leg.legCase.seats.find(({ id }) => id === seatId);
  if (seat === undefined) throw new Error(`seat ${seatId} was open a moment ago`);
  const reasonDigest = ports.crypto.sha256(Buffer.from(reason, 'utf8'));
  const decidedBy = { kind: 'return', actor: by.person, onBehalfOf: null, reason: reasonDigest, place } as const;
  const record = decisionRecord(leg.legCase, seat, decidedBy, leg.at, by, ports);
  await insertDecision(tx, randomUUID(), leg.id, { ...record, reason, toStage: to });
  const saved = await saveLegEvents(tx, leg, decision.events);
  await announceLeg(tx, saved, decision.events, by.correlationId);
  return saved;
}
