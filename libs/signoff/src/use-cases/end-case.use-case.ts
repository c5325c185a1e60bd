import type { Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { actOnLeg } from '../act-on-leg.js';
import type { LegPorts, ProvenPerson } from '../leg-ports.js';
import type { StoredLeg } from '../stored-leg.js';

/**
 * Takes the case back: `withdraw` while it is under sign-off, `recall` while it is approved and not released; or gives it
 * up for good: `cancel`.
 */
interface EndCaseCommand {
  readonly type: 'withdraw' | 'recall' | 'cancel';
  readonly case: string;
  readonly content: string;
  readonly reason: string;
}

/** Ends the round. Recall and release meet on the locked row: one wins. Refusals: as `decide`, and `not_found`. */
export async function endCase(
  tx: Tx,
  { type, case: caseId, content, reason }: EndCaseCommand,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const digests = { reason: ports.crypto.sha256(Buffer.from(reason, 'utf8')) };
  const command = { type, actor: by.person, content: digest(content), reason };
  return actOnLeg(tx, { case: caseId, action: type, digests, command: () => command }, by, ports);
}
