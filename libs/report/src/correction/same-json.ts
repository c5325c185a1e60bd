/** True for the same value as JSON has it, whatever the order of its fields. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, others] = [fieldsOf(one), fieldsOf(other)];
  return keys.length === others.length && keys.every((key) => same(fieldAt(one, key), fieldAt(other, key)));
}

const fieldAt = (of: object, key: string): unknown => (of as Record<string, unknown>)[key];
const fieldsOf = (of: object): string[] => Object.keys(of).filter((key) => fieldAt(of, key) !== undefined);
