import { canonicalBytes } from '#evidence/canonical';
import type { DirectoryDocument } from '#evidence/statements';
import { officeOf } from './directory-law.js';

/** What differs between two directories: codes of organs, ids of persons, offices as `role@organ`, digests of routes. */
export interface Difference {
  readonly organs: readonly string[];
  readonly persons: readonly string[];
  readonly offices: readonly string[];
  readonly routes: readonly string[];
}

/** Names what is in one directory and not, or not so, in the other. No names of people: it travels in refusals. */
export function directoryDifference(before: DirectoryDocument, after: DirectoryDocument): Difference {
  return {
    organs: different(before.organs, after.organs, ({ code }) => code),
    persons: different(before.persons, after.persons, ({ id }) => id),
    offices: different(before.grants, after.grants, officeOf),
    routes: different(before.routes, after.routes, ({ digest }) => digest),
  };
}

function different<T extends object>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => string,
): readonly string[] {
  const text = (item: T): string => new TextDecoder().decode(canonicalBytes(item));
  const [had, has] = [new Set(before.map(text)), new Set(after.map(text))];
  const changed = [...before.filter((item) => !has.has(text(item))), ...after.filter((item) => !had.has(text(item)))];
  return [...new Set(changed.map(nameOf))].toSorted();
}
