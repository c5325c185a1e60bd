/** A text reduced to its words, with the way back: character `i` of `text` is what was typed from `from[i]` to `to[i]`. */
export interface Words {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** What a typed character leaves, by character: looked up, because every report is folded each time it is opened. */
const folded = new Map<string, string>();
const NO_WORD = /[\p{P}\p{Z}\p{C}]/gu;
/** Signs that belong to a number or to nothing, by what stands beside them. */
const UNDECIDED = /[.\-−]/;

function signsOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0x4e00 && code <= 0x9fff) return character;
  const known = folded.get(character);
  if (known !== undefined) return known;
  const signs = character.normalize('NFKC').replace(NO_WORD, (sign) => (/[.\-%‰]/.test(sign) ? sign : ''));
  folded.set(character, signs);
  return signs;
}

/**
 * Folds a text so that only its words compare: full-width signs become plain ones, blanks and punctuation vanish. What
 * changes a number stays: the decimal point, the sign before it, percent; a thousands separator does not.
 */
export function foldWords(typed: string): Words {
  let text = '';
  const [from, to]: [number[], number[]] = [[], []];
  let at = 0;
  for (const character of typed) {
    const end = at + character.length;
    const signs = signsOf(character);
    const words = UNDECIDED.test(signs) ? ofNumber(signs, typed, at, end) : signs;
    for (let unit = 0; unit < words.length; unit += 1) {
      from.push(at);
      to.push(end);
    }
    text += words;
    at = end;
  }
  return { text, from, to };
}

/** The words of a text, without the way back. */
export function wordsIn(typed: string): string {
  let text = '';
  let at = 0;
  for (const character of typed) {
    const end = at + character.length;
    const signs = signsOf(character);
    text += UNDECIDED.test(signs) ? ofNumber(signs, typed, at, end) : signs;
    at = end;
  }
  return text;
}

/** A point between digits and a sign before one count; as a dash or a list's point they are punctuation. */
function ofNumber(signs: string, typed: string, at: number, end: number): string {
  const [before, after] = [typed.slice(Math.max(0, at - 1), at), typed.slice(end, end + 1)].map((one) =>
    one.normalize('NFKC'),
  );
  const digitAfter = /^[0-9]/.test(after ?? '');
  const number =
    signs === '.' ? digitAfter && /[0-9]$/.test(before ?? '') : digitAfter && !/[\p{L}\p{N}]$/u.test(before ?? '');
  return number ? signs.replace('−', '-') : '';
}

/** Overlapping pairs of characters with how often each occurs, and how many there are in all. A single character is its own pair. */
export interface Pieces {
  readonly times: ReadonlyMap<number, number>;
  readonly size: number;
}

/** The pair of characters at a place, as a number; two different pairs hardly ever have the same. */
export function pieceAt(words: string, at: number): number {
  return ((words.charCodeAt(at) << 14) ^ (words.charCodeAt(at + 1) || 0)) & 0x3fffffff;
}

/** The pieces of words already folded. */
export function piecesOf(words: string): Pieces {
  const times = new Map<number, number>();
  const size = words.length === 1 ? 1 : Math.max(0, words.length - 1);
  for (let at = 0; at < size; at += 1) {
    const piece = pieceAt(words, at);
    times.set(piece, (times.get(piece) ?? 0) + 1);
  }
  return { times, size };
}

/** Words with their pieces. */
export interface Said {
  readonly words: string;
  readonly pieces: Pieces;
}

/** Folds a text once. */
export function saidIn(text: string): Said {
  const words = wordsIn(text);
  return { words, pieces: piecesOf(words) };
}

/** How alike two texts are by their pieces, 0 to 1 (Dice's coefficient). Two empty ones are alike. */
export function likenessOfPieces(one: Pieces, other: Pieces): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const [piece, times] of small.times) shared += Math.min(times, large.times.get(piece) ?? 0);
  return one.size + other.size === 0 ? 1 : (2 * shared) / (one.size + other.size);
}

/** As likenessOfPieces, for words that are compared once: no pieces of theirs are kept. */
export function likenessOfWords(words: string, { times, size }: Pieces): number {
  const own = words.length === 1 ? 1 : Math.max(0, words.length - 1);
  let shared = 0;
  let used: Map<number, number> | undefined;
  for (let at = 0; at < own; at += 1) {
    const piece = pieceAt(words, at);
    const most = times.get(piece);
    if (most === undefined) continue;
    used ??= new Map();
    const before = used.get(piece) ?? 0;
    if (before < most) {
      used.set(piece, before + 1);
      shared += 1;
    }
  }
  return own + size === 0 ? 1 : (2 * shared) / (own + size);
}
