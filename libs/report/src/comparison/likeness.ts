/** A paragraph as the set of its overlapping pieces, without what differs every year. */
export interface Shingles {
  readonly text: string;
  readonly pieces: ReadonlySet<string>;
}

const SIZE = 5;
/** Shorter paragraphs (无, 详见附件) are alike everywhere and say nothing. */
const SHORTEST = 30;

/**
 * Pieces of five characters of a paragraph from which numbers, dates, names of organs and laws are taken out: two offices that follow the same notice
 * cite the same law, and that is no copying. Null for paragraphs too short to compare.
 */
export function shinglesOf(text: string, names: readonly string[]): Shingles | null {
  const bare = names
    .reduce((rest, name) => (name === '' ? rest : rest.replaceAll(name, '')), text.normalize('NFKC'))
    .replace(/《[^》]{0,60}》|[\d.,%]+|[年月日]|\p{P}|\s/gu, '');
  if (bare.length < SHORTEST) return null;
  const pieces = new Set<string>();
  for (let at = 0; at + SIZE <= bare.length; at += 1) pieces.add(bare.slice(at, at + SIZE));
  return { text, pieces };
}

/** Share of the first paragraph's pieces that stand in the second, 0 to 1: a copy that was lengthened is still a copy. */
export function containedIn(one: Shingles, other: Shingles): number {
  if (one.pieces.size === 0) return 0;
  let shared = 0;
  for (const piece of one.pieces) if (other.pieces.has(piece)) shared += 1;
  return shared / one.pieces.size;
}
