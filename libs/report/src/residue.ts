/** Left behind by a word processor, never meant as text: removed on import. */
export const TOOL_RESIDUE: readonly RegExp[] = [/\[bookmark:[^\]]{0,80}\]/g, /_GoBack/g];

/** Left behind by a template or a web page: a person has to fill it in or take it out. Rules of the catalogue: S14. */
export const TEMPLATE_RESIDUE: readonly RegExp[] = [
  /该部分以表格形式报告/g,
  /[（(]文字描述[^）)]{0,80}[）)]/g,
  // Within an address (www.xx.gov.cn/xxgk) the letters mean something.
  /(?<![A-Za-z0-9./@_-])[XxＸｘ×]{2,}(?![A-Za-z0-9./@_-])/g,
  /点击数/g,
  /\[\s{0,20}\]/g,
];

/** A piece of residue and the characters it takes. */
export interface Residue {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Every match of the patterns, in the order of the text; a match inside an earlier one is not counted again. */
export function findResidue(text: string, patterns: readonly RegExp[]): readonly Residue[] {
  const matches = patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => ({ text: match[0], from: match.index, to: match.index + match[0].length }))
    .toSorted((one, other) => one.from - other.from);
  let end = 0;
  return matches.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
}
