/** Letters, digits and characters in a row; a pair never reaches over a sign between two of them. */
const RUN = /[\p{L}\p{N}]+/gu;

/** What no pair of letters is, because surrogates are no letters: the upper halves of marks that stand for a year and for a form. */
const YEAR = 0xd800;
const FORM = 0xd900;

/**
 * Every two neighbouring letters of a folded text, each pair once, as one 32-bit number that PostgreSQL indexes as an integer. Whatever holds a word
 * holds its pairs, so a search by pairs misses nothing, whichever words a dictionary would see in the text; only letters outside the basic plane may
 * share a number, so such a find is compared with the text.
 */
export function pairsOf(folded: string): number[] {
  const pairs = new Set<number>();
  for (const [run] of folded.matchAll(RUN)) {
    let before: number | undefined;
    for (const sign of run) {
      const half = halfOf(sign);
      if (before !== undefined) pairs.add((before << 16) | half);
      before = half;
    }
  }
  return [...pairs];
}

/** True when a folded word is two letters whose pair is a number no other letters have: who holds the pair holds the word. */
export function isOnePair(folded: string): boolean {
  return /^[\p{L}\p{N}]{2}$/u.test(folded) && folded.length === 2;
}

/** The number that stands for a report year among the pairs. */
export function yearMark(year: number): number {
  return (YEAR << 16) | (year & 0xffff);
}

/** The number that stands for a statutory format among the pairs; two formats may share one. */
export function formMark(format: string): number {
  let sum = 0;
  for (const sign of format) sum = (sum * 31 + halfOf(sign)) & 0xffff;
  return (FORM << 16) | sum;
}

function halfOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  const half = code & 0xffff;
  return code > 0xffff && half >= 0xd800 && half <= 0xdfff ? half ^ 0x8000 : half;
}
