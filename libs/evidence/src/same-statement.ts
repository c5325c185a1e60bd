import { type Defect, defect } from './defect.js';

/** The first field in which a statement differs from what it must say, as a defect with this code; else undefined. */
export function mismatch(
  code: string,
  where: string,
  statement: object,
  wanted: Readonly<Record<string, unknown>>,
): Defect | undefined {
  const found = statement as Readonly<Record<string, unknown>>;
  const field = Object.keys(wanted).find((name) => !same(found[name], wanted[name]));
  if (field === undefined) return undefined;
  return defect(
    code,
    `${where}.${field}`,
    `says ${JSON.stringify(found[field])}, ${JSON.stringify(wanted[field])} is true here`,
  );
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b));
}
