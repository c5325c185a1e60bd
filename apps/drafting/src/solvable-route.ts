import type { CaseKind } from '#domain/case-kind';
import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { RouteDocument } from '#evidence/statements';
import type { Handle } from '#persistence/sql';
import { routeFor } from '#signoff/directory';
import type { AdoptedDirectory } from '#signoff/directory-copy.repository';
import { routeFillability } from '#signoff/fillability';
import { agreed, BadEvidence } from '#signoff/stored-evidence';
import type { DraftingPorts } from './drafting-ports.js';

/** What a route is sought for; `excluded` may sign nothing of it. */
export interface RouteSought {
  readonly directory: AdoptedDirectory;
  readonly organ: string;
  readonly kind: CaseKind;
  readonly excluded: readonly string[];
  readonly at: Instant;
}

/**
 * The route a report of the organ takes, agreed by two administrators, with its digest. Refuses no_route (organ, kind).
 * Throws BadEvidence when the route is not the agreed one.
 */
export async function agreedRoute(
  handle: Handle,
  { directory, organ, kind, at }: Omit<RouteSought, 'excluded'>,
  { trust, crypto }: Pick<DraftingPorts, 'trust' | 'crypto'>,
): Promise<{ readonly statement: RouteDocument; readonly digest: Digest } | Refusal<'no_route'>> {
  const entry = routeFor(directory.document, organ, kind, at);
  if (entry === undefined) return refuse('no_route', { organ, kind });
  const { statement, bytes } = await agreed(handle, 'route', entry.envelope, trust, crypto);
  const found = crypto.sha256(bytes);
  if (found !== entry.digest)
    throw new BadEvidence('route_digest', 'route', `directory names ${entry.digest}, envelope holds ${found}`);
  return { statement, digest: entry.digest };
}

/**
 * The digest of the route a report of the organ takes, agreed by two administrators and completable by distinct people.
 * Refuses no_route (organ, kind), route_unsolvable (stage, seats). Throws BadEvidence when the route is not the agreed one.
 */
export async function solvableRoute(
  handle: Handle,
  sought: RouteSought,
  ports: Pick<DraftingPorts, 'trust' | 'crypto'>,
): Promise<Digest | Refusal<'no_route' | 'route_unsolvable'>> {
  const route = await agreedRoute(handle, sought, ports);
  if (isRefusal(route)) return route;
  const { directory, organ, excluded, at } = sought;
  const unfillable = routeFillability(route.statement, organ, directory, excluded, at);
  return unfillable === null ? route.digest : refuse('route_unsolvable', { ...unfillable });
}
