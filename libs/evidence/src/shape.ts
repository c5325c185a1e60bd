/** A shape check: undefined when the value fits, else where and what is wrong. */
export type Shape = (value: unknown, where: string) => string | undefined;

const wrong = (where: string, wanted: string): string => `${where || 'value'}: ${wanted} expected`;

const matching =
  (pattern: RegExp, wanted: string): Shape =>
  (value, where) =>
    typeof value === 'string' && pattern.test(value) ? undefined : wrong(where, wanted);

export const text: Shape = (value, where) => (typeof value === 'string' ? undefined : wrong(where, 'text'));
export const digestText = matching(/^[0-9a-f]{64}$/, 'SHA-256 digest');
export const uuid = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'UUID');
export const instantText = matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'instant');
export const count: Shape = (value, where) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : wrong(where, 'whole number ≥ 0');
export const flag: Shape = (value, where) => (typeof value === 'boolean' ? undefined : wrong(where, 'true or false'));

export const oneOf =
  (...allowed: readonly unknown[]): Shape =>
  (value, where) =>
    allowed.includes(value) ? undefined : wrong(where, allowed.map(String).join(' or '));

export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value, where) => {
    const found = shapes.map((shape) => shape(value, where));
    return found.includes(undefined) ? undefined : found.join(' or ');
  };

export const orNull = (shape: Shape): Shape => either(shape, oneOf(null));

export const listOf =
  (shape: Shape): Shape =>
  (value, where) => {
    if (!Array.isArray(value)) return wrong(where, 'list');
    for (const [index, item] of value.entries()) {
      const found = shape(item, `${where}[${index}]`);
      if (found) return found;
    }
    return undefined;
  };

/** Exactly these fields: one missing or one more is wrong, because a field nobody reads is a field nobody checks. */
export const record =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(where, 'object');
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
    if (unknown !== undefined) return wrong(`${where}.${unknown}`, 'no such field');
    for (const [key, shape] of Object.entries(fields)) {
      if (!Object.hasOwn(value, key)) return wrong(`${where}.${key}`, 'field');
      const found = shape((value as Record<string, unknown>)[key], `${where}.${key}`);
      if (found) return found;
    }
    return undefined;
  };
