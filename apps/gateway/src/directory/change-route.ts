import type { RouteDefinition } from '#contracts/http/district.api';
import type { DirectoryChange } from '#contracts/http/directory.api';
import { isRefusal, refuse } from '#domain/decision';
import type { DirectoryDocument } from '#evidence/statements';
import { type Changing, type ChangeRefusal, timeOf } from './changing.js';
import { UNSIGNED } from './directory-draft.js';
import { named, organsNamed, personsNamed, routeDocument } from './route-document.js';

type RouteChange = Extract<DirectoryChange, { type: 'add-route' | 'replace-route' | 'retire-route' | 'apply-route' }>;
type Listed = DirectoryDocument['routes'][number];
type Scope = Pick<RouteDefinition, 'appliesTo' | 'levels'>;

/**
 * New, replaced, retired routes, and routes for other organs; all at the proposal's `effectiveAt`. A route is never
 * removed: what was in force stays listed with its end. Refusals: unknown_route, unknown_organ, unknown_person,
 * route_scope, back_dated.
 */
export function changeRoute(draft: Changing, change: RouteChange): ChangeRefusal | null {
  const from = timeOf(draft, undefined, draft.effectiveAt);
  if (isRefusal(from)) return from;
  if (change.type === 'add-route') return add(draft, change.route);
  const listed = draft.routes.filter(
    ({ digest, until }) => digest === change.digest && (until === null || until === undefined || until > from),
  );
  const [first] = listed;
  if (first === undefined) return refuse('unknown_route', { route: change.digest });
  if (change.type === 'replace-route' && change.route.kind !== first.kind)
    return refuse('unknown_route', { route: change.digest });
  retire(draft, new Set(listed));
  if (change.type === 'replace-route') return add(draft, change.route);
  return change.type === 'apply-route' ? list(draft, first, change) : null;
}

function retire(draft: Changing, listed: ReadonlySet<Listed>): void {
  const until = draft.effectiveAt;
  draft.routes = draft.routes.flatMap((route) => {
    if (!listed.has(route)) return [route];
    return route.from !== undefined && route.from >= until ? [] : [{ ...route, until }];
  });
  draft.ends.push(until);
}

function add(draft: Changing, definition: RouteDefinition): ChangeRefusal | null {
  const people = personsNamed(definition).map((login) => draft.people.get(login));
  if (people.includes(undefined)) return refuse('unknown_person');
  if (people.some((person) => person?.administrator)) return refuse('administrator_apart');
  const organ = organsNamed(definition).find((code) => !draft.organs.some((known) => known.code === code));
  if (organ !== undefined) return refuse('unknown_organ', { organ });
  const route = named(
    routeDocument(definition, (login) => draft.people.get(login)?.id ?? ''),
    draft.crypto,
  );
  const known = draft.routes.find(({ digest }) => digest === route.digest);
  if (known === undefined) draft.newRoutes.push(route);
  const { digest, document } = route;
  return list(draft, { digest, envelope: known?.envelope ?? UNSIGNED, kind: document.kind }, definition);
}

function list(
  draft: Changing,
  { digest, envelope, kind }: Pick<Listed, 'digest' | 'envelope' | 'kind'>,
  { appliesTo, levels }: Scope,
): ChangeRefusal | null {
  if (appliesTo !== '*' && levels !== '*') return refuse('route_scope');
  const unknown =
    appliesTo === '*' ? undefined : appliesTo.find((code) => !draft.organs.some((organ) => organ.code === code));
  if (unknown !== undefined) return refuse('unknown_organ', { organ: unknown });
  draft.routes = [...draft.routes, { digest, envelope, kind, appliesTo, levels, from: draft.effectiveAt, until: null }];
  draft.ends.push(draft.effectiveAt);
  return null;
}
