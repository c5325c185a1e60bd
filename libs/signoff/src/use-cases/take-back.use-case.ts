import { randomUUID } from 'node:crypto';
import type { Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { actOnLeg } from '../act-on-leg.js';
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
  { case: caseId, seat, content }: TakeBackCommand,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const command = { type: 'take-back', seat, actor: by.person, content: digest(content) } as const;
  const act = { case: caseId, action: 'take-back', command: () => ({ ...command, seatIds: [randomUUID()] }) };
  return actOnLeg(tx, act, by, ports);
}
