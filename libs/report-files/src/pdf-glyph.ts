import { apply, type Matrix } from './pdf-matrix.js';
import type { Glyph } from './pdf-page.js';

/** What the walk needs to know of a font. `readable`: its characters can be told; `unit`: glyph widths times this are in text units. */
export interface PdfFont {
  readonly readable: boolean;
  readonly unit: number;
  readonly vertical: boolean;
}

/** A character of a text operation, as pdf.js gives it. */
export interface DrawnCharacter {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly vmetric?: readonly number[] | null;
}

export interface TextSettings {
  readonly size: number;
  readonly stretch: number;
  readonly rise: number;
}

/** Stands for a character the file draws but does not name. */
export const UNKNOWN_CHARACTER = '\ufffd';

/** Width of the middle of a glyph above its baseline, as a share of its height. */
const MIDDLE = 0.35;
/** Share of the direction that may lean aside before the writing counts as skew. */
const LEAN = 0.05;

/** Where a character stands, and how far it moves the text on (unspaced, in text units; downwards negative for vertical fonts). */
export function glyphOf(
  character: DrawnCharacter,
  font: PdfFont,
  matrix: Matrix,
  { size, stretch, rise }: TextSettings,
): { readonly glyph: Glyph; readonly advance: number } {
  const width = character.width * font.unit * size;
  const across = width * stretch;
  const down = font.vertical ? (character.vmetric?.[0] ?? -1000) * 0.001 * size : 0;
  const left = font.vertical ? -across / 2 : 0;
  const below = font.vertical ? down * 0.88 : 0;
  const start = apply(matrix, left, rise + below);
  const end = apply(matrix, left + across, rise + below);
  const top = apply(matrix, left, rise + below + size);
  const middle = apply(matrix, left + across / 2, rise + below + size * MIDDLE);
  const glyph: Glyph = {
    text: textOf(character, font),
    x0: Math.min(start.x, end.x),
    x1: Math.max(start.x, end.x),
    y: start.y,
    size: Math.hypot(top.x - start.x, top.y - start.y),
    turn: turnOf(matrix, Math.sign(size) * Math.sign(stretch)),
    cx: middle.x,
    cy: middle.y,
  };
  return { glyph, advance: font.vertical ? down : across };
}

function textOf({ unicode, isSpace }: DrawnCharacter, { readable }: PdfFont): string {
  if (isSpace || /^\s+$/u.test(unicode)) return ' ';
  // oxlint-disable-next-line no-control-regex -- a control character is what an unnamed glyph comes as
  return readable && unicode !== '' && !/[\u0000-\u001f\u007f-\u009f\ue000-\uf8ff]/u.test(unicode)
    ? unicode
    : UNKNOWN_CHARACTER;
}

function turnOf([a, b, c, d]: Matrix, sign: number): Glyph['turn'] {
  const length = Math.hypot(a, b);
  const [x, y] = [(a * sign) / length, (b * sign) / length];
  // Mirrored text is no text to read: on a page whose y grows downwards upright letters have a negative determinant.
  if (a * d - b * c >= 0) return 'skew';
  if (x > 0 && Math.abs(y) <= LEAN) return 'none';
  if (Math.abs(x) <= LEAN) return y > 0 ? 'down' : 'up';
  return 'skew';
}
