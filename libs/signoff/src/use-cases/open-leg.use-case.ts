import { randomUUID } from 'node:crypto';
import { invariant, isRefusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { RouteDocument } from '#evidence/statements';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { routeDefect, routesFor, stagesOf } from '#evidence/route-law';
import { type AdoptedDirectory, requireDirectory } from '../directory-copy.repository.js';
import type { LegCase, Round } from '../leg.js';
import { announceLeg } from '../leg-announcement.js';
import { warnIfBlocked } from '../blocked-alarm.js';
import { legContext } from '../enter-leg.js';
import { decide, evolve, type LegContext } from '../leg-case.js';
import { insertLeg, lockLegCase, saveLegEvents } from '../leg-case.repository.js';
import type { LockedLeg } from '../stored-leg.js';
import type { LegPorts } from '../leg-ports.js';
import { agreed, BadEvidence } from '../stored-evidence.js';

/** A round to open, verified by the caller except for its route, which is fetched here by digest. */
interface Opening {
  readonly round: Omit<Round, 'stages' | 'undoSeconds'>;
  readonly dossier: Digest | null;
  readonly correlationId: string;
}

/**
 * Opens a leg of a case with fresh seats and announces it. A lower or equal round than the known one is old news; a
 * higher one supersedes it. Throws, so that the message is retried, while the directory that lists the route has not come.
 */
export async function openLeg(tx: Tx, opening: Opening, ports: LegPorts): Promise<void> {
  const { dossier, correlationId } = opening;
  const before = await lockLegCase(tx, opening.round.case);
  if (before !== undefined && before.legCase.round.round >= opening.round.round) return;
  const directory = await requireDirectory(tx);
  const at = before?.at ?? (await databaseNow(tx));
  const context = legContext({ at }, directory, ports.crypto);
  const { route, routeEnvelope } = await listedRoute(tx, directory, opening.round, ports);
  const round = { ...opening.round, undoSeconds: route.undoSeconds, stages: stagesOf(route, opening.round.leg) };
  const earlier = before === undefined ? undefined : await supersede(tx, before, context, correlationId);
  const decision = decide(null, { type: 'open', round, seatIds: freshIds(round) }, context);
  invariant(!isRefusal(decision), 'opening is never refused');
  const legCase = decision.events.reduce<LegCase | null>(evolve, null);
  invariant(legCase !== null, 'an opened round is there');
  const leg = { id: randomUUID(), routeStages: route.stages, routeEnvelope, dossier };
  const stored = await insertLeg(tx, leg, legCase, earlier);
  await announceLeg(tx, stored, decision.events, correlationId);
  await warnIfBlocked(tx, stored, context);
}

function freshIds(round: Pick<Round, 'stages'>): string[] {
  return round.stages.flatMap(({ slots }) => slots.map(() => randomUUID()));
}

async function supersede(tx: Tx, before: LockedLeg, context: LegContext, correlationId: string): Promise<LockedLeg> {
  const decision = decide(before.legCase, { type: 'supersede' }, context);
  if (isRefusal(decision)) {
    const { case: caseId, round } = before.legCase.round;
    throw new Error(
      `round ${round} of case ${caseId} is ${before.legCase.state}: a later round cannot open (${decision.refused})`,
    );
  }
  if (decision.events.length === 0) return before;
  const saved = await saveLegEvents(tx, before, decision.events);
  await announceLeg(tx, saved, decision.events, correlationId);
  return saved;
}

/**
 * The route of a case, when the directory lists it for the organ: fetched by digest, agreed by two administrators and
 * lawful. Throws when it is not listed (a newer directory may list it), and BadEvidence when it is not good.
 */
export async function listedRoute(
  tx: Tx,
  directory: AdoptedDirectory,
  { route, organ, kind }: Pick<Round, 'route' | 'organ' | 'kind'>,
  { trust, crypto }: LegPorts,
): Promise<{ route: RouteDocument; routeEnvelope: Digest }> {
  const { version } = directory.document;
  const listed = routesFor(directory.document, organ, kind).find(({ digest }) => digest === route);
  if (listed === undefined)
    throw new Error(`directory version ${version} lists no route ${route} to ${kind} for ${organ}; a newer one may`);
  const { statement, bytes } = await agreed(tx, 'route', listed.envelope, trust, crypto);
  if (crypto.sha256(bytes) !== route)
    throw new BadEvidence('route_digest', 'route', 'the envelope holds another route');
  const unlawful = statement.kind === kind ? routeDefect(statement) : `a route to ${statement.kind}`;
  if (unlawful !== null) throw new BadEvidence('route_unlawful', 'route', unlawful);
  return { route: statement, routeEnvelope: listed.envelope };
}
