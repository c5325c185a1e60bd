import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { enterLeg } from '../enter-leg.js';
import { announceLeg } from '../leg-announcement.js';
import { decide } from '../leg-case.js';
import { saveLegEvents } from '../leg-case.repository.js';
import type { LegPorts, ProvenPerson } from '../leg-ports.js';
import type { StoredLeg } from '../stored-leg.js';

/** Takes the person's own signature back (拿回). */
interface TakeBackCommand {
  readonly case: string;
  readonly seat: string;
  readonly content: string;
}

/** The seat opens anew under a fresh id; the decision stays as it was and counts no more. Refusals: as `decide`, and `not_found`. */
export async function takeBack(
  tx: Tx,
  command: TakeBackCommand,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const entered = await enterLeg(tx, command.case, by.person, ports.crypto);
  if (isRefusal(entered)) return entered;
  const { leg, context } = entered;
  const { seat } = command;
  const decision = decide(
    leg.legCase,
    { type: 'take-back', seat, actor: by.person, content: digest(command.content), seatIds: [randomUUID()] },
    context,
  );
  if (isRefusal(decision)) return decision;
  const saved = await saveLegEvents(tx, leg, decision.events);
  await announceLeg(tx, saved, decision.events, by.correlationId);
  return saved;
}
