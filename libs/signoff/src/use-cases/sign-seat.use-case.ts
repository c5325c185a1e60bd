import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { announceLeg } from '../leg-announcement.js';
import { type LegCase, type LegEvent, signedSeats } from '../leg.js';
import { decide, evolve } from '../leg-case.js';
import { saveLegEvents } from '../leg-case.repository.js';
import type { LockedLeg, StoredLeg } from '../stored-leg.js';
import { insertDecision } from '../leg-decision.repository.js';
import type { CompleteLeg, LegPorts, ProvenPerson } from '../leg-ports.js';
import { signatureBy } from '../statement.js';
import { decisionRecord } from '../decision-record.js';
import { warnIfBlocked } from '../blocked-alarm.js';
import { enterLeg } from '../enter-leg.js';

/** Signs one seat over the statement the person was shown (its digest), for oneself. */
interface SignSeatCommand {
  readonly case: string;
  readonly seat: string;
  readonly statement: string;
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
  const entered = await enterLeg(tx, command.case, by.person, ports.crypto);
  if (isRefusal(entered)) return entered;
  const { leg, context } = entered;
  const { seat, statement } = command;
  const { person: actor, stepUpAt } = by;
  const decision = decide(
    leg.legCase,
    { type: 'sign', seat, actor, onBehalfOf: null, grade: 'attested', stepUpAt, statement: digest(statement) },
    context,
  );
  if (isRefusal(decision)) return decision;
  const signed = decision.events.reduce<LegCase>(evolve, leg.legCase);
  await keepSignature(tx, leg, signed, seat, by, ports);
  const products = await completed(tx, { ...leg, legCase: signed }, decision.events, ports, complete);
  const saved = await saveLegEvents(tx, leg, decision.events, products);
  await announceLeg(tx, saved, decision.events, by.correlationId);
  await warnIfBlocked(tx, saved, context);
  return saved;
}

async function keepSignature(
  tx: Tx,
  leg: LockedLeg,
  signed: LegCase,
  seatId: string,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<void> {
  const seat = signedSeats(signed).find(({ id }) => id === seatId);
  if (seat === undefined) throw new Error(`seat ${seatId} carries the signature just decided`);
  const record = decisionRecord(leg.legCase, seat, signatureBy(by.person), seat.signature.at, by, ports);
  await insertDecision(tx, randomUUID(), leg.id, record);
}

async function completed(
  tx: Tx,
  leg: LockedLeg,
  events: readonly LegEvent[],
  ports: LegPorts,
  complete: CompleteLeg,
): Promise<Parameters<typeof saveLegEvents>[3]> {
  const types = events.map(({ type }) => type);
  if (types.includes('cleared')) return { dossier: await complete(tx, leg, ports) };
  if (types.includes('approved')) return { bundle: await complete(tx, leg, ports) };
  return {};
}
