import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import type { RouteDocument } from '#evidence/statements';
import type { Handle } from '#persistence/sql';
import type { DraftingPorts } from './drafting-ports.js';
import { routeDocument } from './drafting-rights.js';
import { openAct } from './persistence/public-act.repository.js';
import { type RouteSought, solvableRoute } from './solvable-route.js';
import { endOfWorkingDays } from './working-time.js';

/** What the ratification of an emergency has: working days, and when they are over; null where the calendar ends before. */
interface RatificationTerms {
  readonly workingDays: number;
  readonly dueAt: Instant | null;
}

/** The days the stages of a ratification have, one after the other, from an instant on. */
export function ratificationTerms({ stages }: RouteDocument, from: Instant): RatificationTerms {
  const workingDays = stages.reduce((days, stage) => days + stage.dueWorkingDays, 0);
  return { workingDays, dueAt: endOfWorkingDays(from, workingDays) };
}

/**
 * One emergency at a time, and only where its ratification can be completed afterwards: what that has, if the emergency were public at
 * once. Refuses ratification_open (edition), no_route (organ, kind), route_unsolvable (stage, seats).
 */
export async function emergencyTerms(
  handle: Handle,
  document: string,
  sought: Omit<RouteSought, 'kind'>,
  ports: Pick<DraftingPorts, 'trust' | 'crypto'>,
): Promise<RatificationTerms | Refusal<'ratification_open' | 'no_route' | 'route_unsolvable'>> {
  const open = await openAct(handle, document, 'ratify');
  if (open !== undefined) return refuse('ratification_open', { edition: open.edition });
  const route = await solvableRoute(handle, { ...sought, kind: 'ratify' }, ports);
  return isRefusal(route) ? route : ratificationTerms(await routeDocument(handle, route), sought.at);
}
