import type { Box } from './pdf-matrix.js';

/**
 * One character as drawn: its text (U+FFFD when the file does not say which character it is), where it stands in points from the top left corner,
 * its baseline `y`, its height `size`. `turn`: quarter turns clockwise of the writing; `skew` for anything else.
 */
export interface Glyph {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly size: number;
  readonly turn: 'none' | 'down' | 'up' | 'skew';
  readonly cx: number;
  readonly cy: number;
}

/** A straight horizontal (`h`, `at` is y) or vertical (`v`, `at` is x) ruling line. */
export interface Ruling {
  readonly axis: 'h' | 'v';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** What a page shows. `hidden`: characters drawn so that nobody sees them. `pictures`: the places of pictures. */
export interface PageContent {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly Glyph[];
  readonly hidden: readonly Glyph[];
  readonly rulings: readonly Ruling[];
  readonly pictures: readonly Box[];
}
