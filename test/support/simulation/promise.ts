/** A promise of the law that did not hold; the name begins with its number. */
export class Broken extends Error {}

/** Throws Broken unless the promise holds. */
export function must(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new Broken(promise);
}
