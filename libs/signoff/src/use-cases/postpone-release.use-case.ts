import { isRefusal, type Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import { instant } from '#domain/instant';
import type { Tx } from '#persistence/transaction';
import { enterLeg } from '../enter-leg.js';
import { announceLeg } from '../leg-announcement.js';
import { decide } from '../leg-case.js';
import { saveLegEvents } from '../leg-case.repository.js';
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
  command: PostponeReleaseCommand,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const entered = await enterLeg(tx, command.case, by.person, ports.crypto);
  if (isRefusal(entered)) return entered;
  const { leg, context } = entered;
  const decision = decide(
    leg.legCase,
    { type: 'postpone', actor: by.person, content: digest(command.content), until: instant(command.until) },
    context,
  );
  if (isRefusal(decision)) return decision;
  const saved = await saveLegEvents(tx, leg, decision.events);
  await announceLeg(tx, saved, decision.events, by.correlationId);
  return saved;
}
