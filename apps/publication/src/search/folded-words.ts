import type { FoldedText } from '#report/prose/folded-text';

/** Blanks, and signs nobody sees: controls, direction marks, private use, halves of characters. */
const UNSEEN = /[\s\p{C}]/u;

/**
 * Text as the search compares it, with the way back to the text as typed: full-width signs and capitals folded, blanks and unseen signs left out, so
 * that `２０２０ 年` is found as `2020年`.
 */
export function foldWords(typed: string): FoldedText {
  let text = '';
  const at: number[] = [];
  let from = 0;
  for (const sign of typed) {
    // Most of a report, and its own folded form.
    if (sign >= '\u4e00' && sign <= '\u9fff') {
      at.push(from);
      text += sign;
      from += 1;
      continue;
    }
    for (const seen of sign.normalize('NFKC').toLowerCase()) {
      if (UNSEEN.test(seen)) continue;
      for (let unit = 0; unit < seen.length; unit += 1) at.push(from);
      text += seen;
    }
    from += sign.length;
  }
  return { text, at: [...at, from] };
}
