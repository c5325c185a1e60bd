import type { Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { Tx } from '#persistence/transaction';
import { actOnLeg } from '../act-on-leg.js';
import type { LegPorts, ProvenPerson } from '../leg-ports.js';
import type { StoredLeg } from '../stored-leg.js';

/** Sets a later release; `until` is a time in UTC. */
interface PostponeReleaseCommand {
  readonly case: string;
  readonly content: string;
  readonly until: string;
}

/** Postponing and the release meet on the locked row: one comes first. Refusals: as `decide`, and `not_found`. */
export async function postponeRelease(
  tx: Tx,
  { case: caseId, content, until }: PostponeReleaseCommand,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const command = { type: 'postpone', actor: by.person, content: digest(content), until: instant(until) } as const;
  return actOnLeg(tx, { case: caseId, action: 'postpone', command: () => command }, by, ports);
}
