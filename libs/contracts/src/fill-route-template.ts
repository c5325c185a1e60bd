import { refuse, type Refusal } from '#domain/decision';
import type { ProposeChange } from './http/directory.api.js';
import type { RouteDefinition, RouteTemplate } from './http/district.api.js';

/** What the placeholders of a template become, and which organs its routes are for ("*": all of its levels). */
export interface TemplateFilling {
  readonly values: ReadonlyMap<string, string>;
  readonly appliesTo: RouteDefinition['appliesTo'];
}

/**
 * The routes of a template as a change to propose. Refusals: placeholders_open (those without a value), placeholder_unknown.
 */
export function fillTemplate(
  { title, organs, people, routes }: RouteTemplate,
  { values, appliesTo }: TemplateFilling,
): ProposeChange | Refusal<'placeholders_open' | 'placeholder_unknown'> {
  const known = [...Object.keys(organs), ...Object.keys(people)];
  const open = known.filter((name) => !values.has(name));
  if (open.length > 0) return refuse('placeholders_open', { open });
  const unknown = [...values.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) return refuse('placeholder_unknown', { unknown });
  const valueOf = (name: string): string => values.get(name) ?? name;
  return {
    reason: `采用默认审签路线（${title}）`,
    changes: routes.map((route) => ({ type: 'add-route' as const, route: filled(route, appliesTo, valueOf) })),
  };
}

function filled(
  route: RouteDefinition,
  appliesTo: RouteDefinition['appliesTo'],
  valueOf: (name: string) => string,
): RouteDefinition {
  return {
    ...route,
    appliesTo,
    levels: appliesTo === '*' ? route.levels : '*',
    stages: route.stages.map((stage) => ({
      ...stage,
      slots: stage.slots.map(({ role, organ, person }) => ({
        role,
        organ: valueOf(organ),
        person: person === null ? null : valueOf(person),
      })),
      escalation: stage.escalation && { ...stage.escalation, organ: valueOf(stage.escalation.organ) },
    })),
  };
}
