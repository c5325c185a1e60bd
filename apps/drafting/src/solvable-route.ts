import type { CaseKind } from '#domain/case-kind';
import { refuse, type Refusal } from '#domain/decision';
import type { Digest } from '#domain/identifiers';
import type { Instant } from '#domain/instant';
import type { Tx } from '#persistence/transaction';
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
 * The digest of the route a report of the organ takes, agreed by two administrators and completable by distinct people.
 * Refuses no_route (organ, kind), route_unsolvable (stage, seats). Throws BadEvidence when the route is not the agreed one.
 */
export async function solvableRoute(
  tx: Tx,
  { directory, organ, kind, excluded, at }: RouteSought,
  { trust, crypto }: DraftingPorts,
): Promise<Digest | Refusal<'no_route' | 'route_unsolvable'>> {
  const entry = routeFor(directory.document, organ, kind, at);
  if (entry === undefined) return refuse('no_route', { organ, kind });
  const { statement, bytes } = await agreed(tx, 'route', entry.envelope, trust, crypto);
  const found = crypto.sha256(bytes);
  if (found !== entry.digest)
    throw new BadEvidence('route_digest', 'route', `directory names ${entry.digest}, envelope holds ${found}`);
  const unfillable = routeFillability(statement, organ, directory, excluded, at);
  return unfillable === null ? entry.digest : refuse('route_unsolvable', { ...unfillable });
}
