/** Text in its NFKC form with the way back: `at[i]` is where the character at `i` began in the text as typed; one more entry holds the end. */
export interface FoldedText {
  readonly text: string;
  readonly at: readonly number[];
}

/** Folds full-width signs, radicals and the like so that words compare, keeping every place of the text as typed. */
export function foldText(typed: string): FoldedText {
  let text = '';
  const at: number[] = [];
  let from = 0;
  for (const sign of typed) {
    const folded = sign.normalize('NFKC');
    for (let unit = 0; unit < folded.length; unit += 1) at.push(from);
    text += folded;
    from += sign.length;
  }
  return { text, at: [...at, from] };
}

/** A stretch of the folded text as a stretch of the text as typed. */
export function typedRange(
  { at }: FoldedText,
  from: number,
  to: number,
): { readonly from: number; readonly to: number } {
  return { from: at[from] ?? 0, to: at[to] ?? at.at(-1) ?? 0 };
}
