import { isRefusal, type Refusal } from '#domain/decision';
import { digest } from '#domain/identifiers';
import type { Tx } from '#persistence/transaction';
import { enterLeg } from '../enter-leg.js';
import { announceLeg } from '../leg-announcement.js';
import { decide } from '../leg-case.js';
import { saveLegEvents } from '../leg-case.repository.js';
import type { StoredLeg } from '../stored-leg.js';
import type { LegPorts, ProvenPerson } from '../leg-ports.js';

/** Takes the case back: `withdraw` while it is under sign-off, `recall` while it is approved and not released. */
interface EndCaseCommand {
  readonly type: 'withdraw' | 'recall';
  readonly case: string;
  readonly content: string;
  readonly reason: string;
}

/** Ends the round by its submitter (or, for a recall, a signer). Recall and release meet on the locked row: one wins. */
export async function endCase(
  tx: Tx,
  command: EndCaseCommand,
  by: ProvenPerson,
  ports: LegPorts,
): Promise<StoredLeg | Refusal> {
  const entered = await enterLeg(tx, command.case, by.person, ports.crypto);
  if (isRefusal(entered)) return entered;
  const { leg, context } = entered;
  const { type, reason } = command;
  const decision = decide(leg.legCase, { type, actor: by.person, content: digest(command.content), reason }, context);
  if (isRefusal(decision)) return decision;
  const saved = await saveLegEvents(tx, leg, decision.events);
  await announceLeg(tx, saved, decision.events, by.correlationId);
  return saved;
}
