import { randomUUID } from 'node:crypto';
import { invariant, isRefusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import { routeDefect, routesFor, stagesOf } from '#evidence/route-law';
import type { RouteDocument, SubmissionStatement } from '#evidence/statements';
import { databaseNow } from '#persistence/sql';
import type { Tx } from '#persistence/transaction';
import { type AdoptedDirectory, requireDirectory } from '../directory-copy.repository.js';
import { legContext } from '../enter-leg.js';
import type { Round } from '../leg.js';
import { decide } from '../leg-case.js';
import { latest } from '../leg-context.js';
import { lockLegCase } from '../leg-case.repository.js';
import type { LegPorts } from '../leg-ports.js';
import { mayFollow } from '../opening-leg.js';
import { serviceCause, settleOpening } from '../settle-leg.js';
import { agreed, BadEvidence } from '../stored-evidence.js';
import type { LockedLeg, StoredLeg } from '../stored-leg.js';
import { actBySystem } from '../system-act.js';

/** A round to open, verified by the caller except for its route, which is fetched here by digest. */
interface Opening {
  readonly round: Omit<Round, 'stages' | 'stagesBefore' | 'undoSeconds'>;
  /** When drafting submitted it: the route had to be in force then. */
  readonly submittedAt: Instant;
  /** When the leg before this one was complete: nobody signs here earlier, whatever the clock of the database says. */
  readonly reviewedAt: Instant | null;
  readonly dossier: Digest | null;
  readonly correlationId: string;
}

/**
 * Opens a leg of a case with fresh seats and announces it. A lower or equal round (or pass of it) than the known one is old
 * news, as is whatever follows a cancelled one; a higher one supersedes it. Throws, so that the message is retried, while the
 * directory that lists the route has not come.
 */
export async function openLeg(tx: Tx, opening: Opening, ports: LegPorts): Promise<void> {
  const { dossier, reviewedAt, correlationId } = opening;
  const before = await lockLegCase(tx, opening.round.case);
  if (before !== undefined && !mayFollow(opening.round, before.legCase)) return;
  const directory = await requireDirectory(tx);
  const at = latest(before?.at ?? (await databaseNow(tx)), reviewedAt);
  const context = legContext({ at }, directory, ports);
  const { route, routeEnvelope } = await listedRoute(
    tx,
    directory,
    { ...opening.round, at: opening.submittedAt },
    ports,
  );
  const { leg } = opening.round;
  const stagesBefore = leg === 'review' ? [] : stagesOf(route, 'review').map(({ id }) => id);
  const round = { ...opening.round, undoSeconds: route.undoSeconds, stages: stagesOf(route, leg), stagesBefore };
  const earlier = before === undefined ? undefined : await supersede(tx, before, correlationId, ports);
  const decision = decide(null, { type: 'open', round, seatIds: freshIds(round) }, context);
  invariant(!isRefusal(decision), 'opening is never refused');
  const judgedBy = directory.document.version;
  const stored = { id: randomUUID(), routeStages: route.stages, routeEnvelope, dossier, judgedBy };
  const settling = { context, ports, cause: serviceCause(ports, 'open', correlationId) };
  await settleOpening(tx, stored, decision.events, settling, earlier);
}

function freshIds(round: Pick<Round, 'stages'>): string[] {
  return round.stages.flatMap(({ slots }) => slots.map(() => randomUUID()));
}

async function supersede(tx: Tx, before: LockedLeg, correlationId: string, ports: LegPorts): Promise<StoredLeg> {
  const superseded = await actBySystem(tx, before, { type: 'supersede' }, correlationId, ports);
  if (!isRefusal(superseded)) return superseded;
  const { case: caseId, round } = before.legCase.round;
  throw new Error(
    `round ${round} of case ${caseId} is ${before.legCase.state}: a later round cannot open (${superseded.refused})`,
  );
}

/**
 * The route of a case, when the directory lists it for the organ: fetched by digest, agreed by two administrators and
 * lawful. Throws when it is not listed (a newer directory may list it), and BadEvidence when it is not good.
 */
export async function listedRoute(
  tx: Tx,
  directory: AdoptedDirectory,
  { route, organ, kind, at }: Pick<SubmissionStatement, 'route' | 'organ' | 'kind' | 'at'>,
  { trust, crypto }: LegPorts,
): Promise<{ route: RouteDocument; routeEnvelope: Digest }> {
  const { version } = directory.document;
  const listed = routesFor(directory.document, organ, kind, at).find(({ digest }) => digest === route);
  if (listed === undefined)
    throw new Error(`directory version ${version} lists no route ${route} to ${kind} for ${organ}; a newer one may`);
  const { statement, bytes } = await agreed(tx, 'route', listed.envelope, trust, crypto);
  if (crypto.sha256(bytes) !== route)
    throw new BadEvidence('route_digest', 'route', 'the envelope holds another route');
  const unlawful = statement.kind === kind ? routeDefect(statement) : `a route to ${statement.kind}`;
  if (unlawful !== null) throw new BadEvidence('route_unlawful', 'route', unlawful);
  return { route: statement, routeEnvelope: listed.envelope };
}
