import { personsBehind } from './leg.js';

/** Whom a new signature may not touch: everybody already counted in either leg, and every contributor. */
interface TakenPersons {
  readonly contributors: readonly string[];
  readonly counted: readonly string[];
}

/**
 * Separation of duties: the signer and the person signed for are two different people, neither contributed,
 * neither is behind another counted signature of the case.
 */
export function dutiesAreSeparate(
  signature: { readonly actor: string; readonly onBehalfOf: string | null },
  taken: TakenPersons,
): boolean {
  const persons = personsBehind(signature);
  const excluded = new Set([...taken.contributors, ...taken.counted]);
  return new Set(persons).size === persons.length && persons.every((person) => !excluded.has(person));
}
