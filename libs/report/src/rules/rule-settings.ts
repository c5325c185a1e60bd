/** A list or threshold with the report years it holds for; `to` null: still. */
export interface Dated<T> {
  readonly from: number;
  readonly to: number | null;
  readonly value: T;
}

/**
 * Thresholds and word lists of the rules: data an office may extend, each with the years it holds for. Rules read them with `settingFor`,
 * never a number of their own. Ids are `<rule>.<what>`, e.g. `S13.characters`, `V05.factor`, `Q01.typos`.
 */
export interface RuleSettings {
  readonly numbers: Readonly<Record<string, readonly Dated<number>[]>>;
  readonly words: Readonly<Record<string, readonly Dated<readonly string[]>[]>>;
}

/** The number of that id for a report year. Throws RangeError when none is set: a defect of the settings, which blocks. */
export function numberFor(settings: RuleSettings, id: string, year: number): number {
  const found = holdingIn(settings.numbers[id] ?? [], year).at(-1);
  if (found === undefined) throw new RangeError(`no number ${id} is set for report year ${year}`);
  return found;
}

/** All words of that id for a report year, the office's own after the national ones. Throws RangeError when none is set. */
export function wordsFor(settings: RuleSettings, id: string, year: number): readonly string[] {
  const lists = holdingIn(settings.words[id] ?? [], year);
  if (lists.length === 0) throw new RangeError(`no words ${id} are set for report year ${year}`);
  return lists.flat();
}

/** Settings with an office's own added: a later number wins, words add up. */
export function extendSettings(base: RuleSettings, own: RuleSettings): RuleSettings {
  return { numbers: merged(base.numbers, own.numbers), words: merged(base.words, own.words) };
}

function holdingIn<T>(entries: readonly Dated<T>[], year: number): readonly T[] {
  return entries.filter(({ from, to }) => year >= from && (to === null || year <= to)).map(({ value }) => value);
}

function merged<T>(
  base: Readonly<Record<string, readonly Dated<T>[]>>,
  own: Readonly<Record<string, readonly Dated<T>[]>>,
): Readonly<Record<string, readonly Dated<T>[]>> {
  const ids = [...new Set([...Object.keys(base), ...Object.keys(own)])];
  return Object.fromEntries(ids.map((id) => [id, [...(base[id] ?? []), ...(own[id] ?? [])]]));
}
