import { foldWords } from './folded-words.js';

/** Characters a short name has at least: single ones stand in most names. */
const SHORTEST = 2;

/**
 * Those whose name holds what was typed. Where no name does, those whose name holds its characters in this order, as offices are called for short:
 * 住建 is 住房和城乡建设局, 人社局 is 人力资源和社会保障局. `namesOf`: names of one, in any spelling.
 */
export function organsCalled<T>(
  all: readonly T[],
  typed: string,
  namesOf: (one: T) => readonly string[],
): readonly T[] {
  const wanted = foldWords(typed).text;
  if (wanted === '') return all;
  const known = new Map<string, string>();
  const folded = (name: string): string => {
    const text = known.get(name) ?? foldWords(name).text;
    known.set(name, text);
    return text;
  };
  const having = (holds: (name: string) => boolean): readonly T[] =>
    all.filter((one) => namesOf(one).some((name) => holds(folded(name))));
  const whole = having((name) => name.includes(wanted));
  const signs = Array.from(wanted);
  return whole.length > 0 || signs.length < SHORTEST ? whole : having((name) => holdsInOrder(name, signs));
}

function holdsInOrder(name: string, signs: readonly string[]): boolean {
  let from = 0;
  return signs.every((sign) => {
    const at = name.indexOf(sign, from);
    from = at + sign.length;
    return at >= 0;
  });
}
