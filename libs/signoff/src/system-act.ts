import { isRefusal, type Refusal } from '#domain/decision';
import type { Tx } from '#persistence/transaction';
import { requireDirectory } from './directory-copy.repository.js';
import { legContext } from './enter-leg.js';
import { decide } from './leg-case.js';
import type { SystemCommand } from './leg-command.js';
import type { LegPorts } from './leg-ports.js';
import { serviceCause, settleLeg } from './settle-leg.js';
import type { LockedLeg, StoredLeg } from './stored-leg.js';

/**
 * What the service itself does to a locked round, on a message or by a sweep: decide and settle. The leg unchanged when
 * it is already so; the refusal when the law says no, for the caller to judge.
 */
export async function actBySystem(
  tx: Tx,
  leg: LockedLeg,
  command: SystemCommand,
  correlationId: string,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const context = legContext(leg, await requireDirectory(tx), ports);
  const decision = decide(leg.legCase, command, context);
  if (isRefusal(decision)) return decision;
  return settleLeg(tx, leg, decision.events, {
    context,
    ports,
    cause: serviceCause(ports, command.type, correlationId),
  });
}
