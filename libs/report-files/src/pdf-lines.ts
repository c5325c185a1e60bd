import type { Glyph } from './pdf-page.js';

/** Glyphs on one baseline, left to right. `text` keeps wide gaps as tabs; `unsure` when glyphs lie on each other or are not named by the file. */
export interface PdfLine {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly size: number;
  readonly unsure: boolean;
}

/** Shares of the glyph height: how far baselines may differ, what gap parts words, what gap parts columns, how much glyphs may cover each other. */
const BASELINE = 0.4;
const WORD_GAP = 0.22;
const COLUMN_GAP = 1.8;
const COVERED = 0.55;
const UNKNOWN = '\ufffd';

/** Upright glyphs as lines, from top to bottom. */
export function linesOf(glyphs: readonly Glyph[]): readonly PdfLine[] {
  const rows: Glyph[][] = [];
  for (const glyph of glyphs.filter(({ text }) => text !== ' ').toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && glyph.y - first.y <= BASELINE * Math.max(first.size, glyph.size))
      row.push(glyph);
    else rows.push([glyph]);
  }
  return rows.map(lineOf);
}

function lineOf(row: readonly Glyph[]): PdfLine {
  const glyphs = row.toSorted((a, b) => a.x0 - b.x0);
  const size = Math.max(...glyphs.map((glyph) => glyph.size));
  let text = '';
  let unsure = false;
  let last: Glyph | undefined;
  for (const glyph of glyphs) {
    if (last !== undefined) {
      const gap = glyph.x0 - last.x1;
      unsure ||= -gap > COVERED * Math.min(glyph.x1 - glyph.x0, last.x1 - last.x0);
      text +=
        gap > COLUMN_GAP * size ? '\t' : gap > WORD_GAP * size && isLatin(last.text) && isLatin(glyph.text) ? ' ' : '';
    }
    unsure ||= glyph.text.includes(UNKNOWN);
    text += glyph.text;
    last = glyph;
  }
  const x0 = Math.min(...glyphs.map((glyph) => glyph.x0));
  const x1 = Math.max(...glyphs.map((glyph) => glyph.x1));
  return { text, x0, x1, y: glyphs[0]?.y ?? 0, size, unsure };
}

function isLatin(text: string): boolean {
  return /^[\p{Script=Latin}\d.,%()-]+$/u.test(text);
}
