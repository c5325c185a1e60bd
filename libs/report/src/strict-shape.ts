import { unsafeCharacter } from './text-safety.js';

/** One way in which a value is not what it must be. `path` is like `tables.t2.t2.20-1.rules.made.value`. */
export interface ShapeProblem {
  readonly path: string;
  readonly expected: string;
}

/** Collects what is wrong with a value of unknown shape, all of it rather than the first. */
export type Report = (path: string, expected: string) => void;

/** A plain JSON object; reports and answers null otherwise. Fields outside `required` and `optional` are reported. */
export function shapeOf(
  value: unknown,
  path: string,
  fields: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  report: Report,
): Record<string, unknown> | null {
  if (!isObject(value)) {
    report(path, 'an object');
    return null;
  }
  const known = new Set([...fields.required, ...(fields.optional ?? [])]);
  for (const key of Object.keys(value)) if (!known.has(key)) report(`${path}.${key}`.slice(0, 200), 'no such field');
  for (const key of fields.required) if (!Object.hasOwn(value, key)) report(`${path}.${key}`, 'a value (missing)');
  return value;
}

/** True for a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reports unless the value is a text that may be signed, of at most `maxLength` UTF-16 units, matching `pattern` if given. */
export function checkText(
  value: unknown,
  path: string,
  rule: { readonly maxLength: number; readonly minLength?: number; readonly pattern?: RegExp; readonly named?: string },
  report: Report,
): void {
  if (typeof value !== 'string') return report(path, 'a text');
  if (value.length > rule.maxLength) return report(path, `at most ${rule.maxLength} characters, not ${value.length}`);
  if (value.length < (rule.minLength ?? 0)) return report(path, `at least ${rule.minLength} characters`);
  const unsafe = unsafeCharacter(value);
  if (unsafe !== null) return report(path, `no ${unsafe.code} (at character ${unsafe.at})`);
  if (rule.pattern !== undefined && !rule.pattern.test(value)) report(path, rule.named ?? `text like ${rule.pattern}`);
}

/** Reports unless the value is one of the given constants. */
export function checkOneOf(value: unknown, path: string, allowed: readonly unknown[], report: Report): void {
  if (!allowed.includes(value)) report(path, `one of ${allowed.join(', ')}`);
}

/** Reports unless the value is a whole number from `min` to `max`. */
export function checkInteger(value: unknown, path: string, min: number, max: number, report: Report): void {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    report(path, `a whole number from ${min} to ${max}`);
  }
}

/** The items of an array of at most `max`; reports and answers an empty list otherwise. */
export function itemsOf(value: unknown, path: string, max: number, report: Report): readonly unknown[] {
  if (!Array.isArray(value) || value.length > max) {
    report(path, `a list of at most ${max} items`);
    return [];
  }
  return value;
}
