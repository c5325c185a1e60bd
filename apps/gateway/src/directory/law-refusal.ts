import { refuse, type Refusal } from '#domain/decision';
import type { Instant } from '#domain/instant';
import type { DirectoryDocument } from '#evidence/statements';
import { KIND_NAMES, routeProblem } from './defect-sentence.js';
import { directoryDefect, type RouteBook } from './directory-law.js';

/**
 * Null when the directory is lawful and every report can be signed off under it, else the refusal that names where not:
 * route_unlawful, two_routes, already_in_office, directory_unfillable (organ, kind, route, stage, seats, at).
 */
export function lawRefusal(document: DirectoryDocument, routes: RouteBook, at: Instant): Refusal | null {
  const found = directoryDefect(document, routes, at);
  if (found === null) return null;
  switch (found.defect) {
    case 'route_unknown':
      throw new Error(`the directory lists route ${found.route}, whose content is not known`);
    case 'route_unlawful':
      return refuse('route_unlawful', {
        route: found.route,
        problem: routeProblem(found.problem),
        problemEn: found.problem,
      });
    case 'grants_overlap':
      return refuse('already_in_office', { office: found.office });
    case 'two_routes':
      return refuse('two_routes', { organ: found.organ, kind: found.kind, kindName: KIND_NAMES[found.kind] });
    default: {
      const { defect: _defect, ...gap } = found;
      return refuse('directory_unfillable', { ...gap, kindName: KIND_NAMES[gap.kind] });
    }
  }
}
