import { refuse, type Refusal } from '#domain/decision';
import {
  checkInteger,
  checkOneOf,
  checkText,
  itemsOf,
  shapeOf,
  type Report,
  type ShapeProblem,
} from '../strict-shape.js';
import type { OrganProfile } from './check-context.js';

const LIMITS = { name: 200, names: 2000, problems: 20 };
const TEXTS = ['shortNames', 'otherNames', 'regionWords'] as const;

/** Checks what is known of an organ, as `OrganProfile` has it. Refuses invalid_profile with up to 20 problems. */
export function parseOrganProfile(value: unknown): OrganProfile | Refusal<'invalid_profile'> {
  const problems: ShapeProblem[] = [];
  if (isProfile(value, (path, expected) => problems.push({ path, expected }), problems)) return value;
  return refuse('invalid_profile', { problems: problems.slice(0, LIMITS.problems), found: problems.length });
}

function isProfile(value: unknown, report: Report, problems: readonly ShapeProblem[]): value is OrganProfile {
  const required = ['name', 'shortNames', 'otherNames', 'level', 'government', 'has'];
  const body = shapeOf(value, 'profile', { required, optional: ['place', 'regionWords'] }, report);
  if (body === null) return false;
  checkText(body['name'], 'profile.name', { minLength: 1, maxLength: LIMITS.name }, report);
  if (body['place'] !== undefined) checkText(body['place'], 'profile.place', { maxLength: LIMITS.name }, report);
  for (const field of TEXTS)
    itemsOf(body[field] ?? [], `profile.${field}`, LIMITS.names, report).forEach((name, index) =>
      checkText(name, `profile.${field}.${index}`, { minLength: 1, maxLength: LIMITS.name }, report),
    );
  checkInteger(body['level'], 'profile.level', 1, 5, report);
  checkOneOf(body['government'], 'profile.government', [true, false], report);
  const optional = ['permits', 'penalties', 'compulsion', 'fees'];
  const has = shapeOf(body['has'], 'profile.has', { required: [], optional }, report);
  for (const [item, known] of Object.entries(has ?? {}))
    checkOneOf(known, `profile.has.${item}`, [true, false], report);
  return problems.length === 0;
}
