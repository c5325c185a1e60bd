import { isRefusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import { dayAt } from '#domain/work-day';
import { dueAt } from '#domain/work-calendar';
import { ACCEPTED, recordEntry } from '#ledger/record-entry';
import { raiseAlarm } from '#outbox/alarm';
import type { Tx } from '#persistence/transaction';
import { warnIfBlocked } from './blocked-alarm.js';
import { blockedStage } from './fillability.js';
import { announceLeg } from './leg-announcement.js';
import type { LegCase, LegEvent } from './leg.js';
import { evolve } from './leg-case.js';
import { insertLeg, saveLegEvents } from './leg-case.repository.js';
import type { LegContext } from './leg-context.js';
import type { CompleteLeg, LegPorts } from './leg-ports.js';
import type { LockedLeg, StoredLeg } from './stored-leg.js';

/** Who caused what is settled, for the ledger. `action` is the command's name, e.g. `sign`. */
export interface Cause {
  readonly action: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly requestId: string;
  readonly digests?: Readonly<Record<string, Digest>>;
}

/** The cause of what a service does by itself, on a message or by a sweep. */
export function serviceCause(ports: LegPorts, action: string, requestId: string): Cause {
  return { action, actor: `service:${ports.service}`, onBehalfOf: null, requestId };
}

/**
 * Everything that follows from an accepted decision on a locked leg, in its transaction: what a complete leg hands on, the
 * rows, the messages, whether the rest can still be filled, and the ledger's entry. Nothing changes a leg but through here.
 */
export async function settleLeg(
  tx: Tx,
  leg: LockedLeg,
  events: readonly LegEvent[],
  { context, ports, cause, complete }: Settling,
): Promise<StoredLeg> {
  if (events.length === 0) return leg;
  const after = events.reduce<LegCase>(evolve, leg.legCase);
  const products = await completed(tx, { ...leg, legCase: after }, events, ports, complete);
  const blocked = blockedStage(after, context.offices, context.at);
  const saved = await saveLegEvents(tx, leg, events, { ...products, blocked });
  await tell(tx, saved, events, { ports, cause: { ...cause, digests: { ...cause.digests, ...products } } });
  return saved;
}

/** As settleLeg, for a round that opens: `before` is the case's earlier round, ended by now. */
export async function settleOpening(
  tx: Tx,
  leg: Pick<StoredLeg, 'id' | 'routeStages' | 'routeEnvelope' | 'dossier' | 'judgedBy'>,
  events: readonly LegEvent[],
  { context, ports, cause }: Settling,
  before: StoredLeg | undefined,
): Promise<StoredLeg> {
  const legCase = events.reduce<LegCase | null>(evolve, null);
  if (legCase === null) throw new Error('an opened round is there');
  const blocked = blockedStage(legCase, context.offices, context.at);
  const saved = await insertLeg(tx, { ...leg, blocked }, legCase, before);
  await tell(tx, saved, events, { ports, cause });
  return saved;
}

/** Messages, alarms and the ledger: whoever has to know of what was just written. */
async function tell(
  tx: Tx,
  saved: StoredLeg,
  events: readonly LegEvent[],
  { ports, cause }: Pick<Settling, 'ports' | 'cause'>,
): Promise<void> {
  await announceLeg(tx, saved, events, cause.requestId);
  await warnIfBlocked(tx, saved);
  await warnIfUncovered(tx, saved, events, ports);
  await enterInLedger(tx, saved, ports, { ...cause, outcome: ACCEPTED, events });
}

/** What settling needs beside the events. `complete` may be left out where no signature can be the last. */
export interface Settling {
  readonly context: LegContext;
  readonly ports: LegPorts;
  readonly cause: Cause;
  readonly complete?: CompleteLeg;
}

async function completed(
  tx: Tx,
  leg: LockedLeg,
  events: readonly LegEvent[],
  ports: LegPorts,
  complete: CompleteLeg | undefined,
): Promise<{ readonly dossier?: Digest; readonly bundle?: Digest }> {
  const product = events.some(({ type }) => type === 'cleared')
    ? 'dossier'
    : events.some(({ type }) => type === 'approved')
      ? 'bundle'
      : null;
  if (product === null) return {};
  if (complete === undefined)
    throw new Error(`case ${leg.legCase.round.case} is complete and nobody makes its ${product}`);
  return { [product]: await complete(tx, leg, ports) };
}

/** A due time nobody can count is no reason to stop, but somebody has to load that year's calendar. */
async function warnIfUncovered(
  tx: Tx,
  { legCase }: StoredLeg,
  events: readonly LegEvent[],
  { calendar }: LegPorts,
): Promise<void> {
  for (const event of events) {
    if (event.type !== 'stage-opened' || event.dueAt !== null) continue;
    const days = legCase.round.stages.find(({ id }) => id === event.stage)?.dueWorkingDays ?? 0;
    const due = days === 0 ? null : dueAt(calendar, event.at, days);
    if (isRefusal(due))
      await raiseAlarm(tx, 'calendar_uncovered', { ...due.data, case: legCase.round.case, opened: dayAt(event.at) });
  }
}

/** A command on a case and what became of it. */
export interface EnteredAct extends Cause {
  readonly outcome: string;
  readonly events: readonly LegEvent[];
}

/** Writes the ledger's entry of a command on a leg; the events are its body, kept beside it by digest. */
export async function enterInLedger(
  tx: Tx,
  { legCase: { round } }: Pick<StoredLeg, 'legCase'>,
  ports: LegPorts,
  { action, actor, onBehalfOf, requestId, outcome, digests = {}, events }: EnteredAct,
): Promise<void> {
  await recordEntry(tx, ports, {
    report: round.document,
    case: round.case,
    actor,
    onBehalfOf: onBehalfOf ?? undefined,
    action: `${round.leg}.${action}`,
    outcome,
    digests: { content: round.content, ...digests },
    body: events.length === 0 ? null : { events },
    requestId,
  });
}
