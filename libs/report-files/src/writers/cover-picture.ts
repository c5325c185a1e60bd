import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { typeset } from './typesetter.js';

/** What the cover of an article says, as it was signed. */
export interface CoverFacts {
  readonly organ: string;
  readonly year: number;
  readonly title: string;
  readonly edition: number;
}

/** A cover, or why none could be made: `code` is stable (`glyph_missing`), `detail` for whoever operates the system. */
export type MadeCover = { readonly bytes: Uint8Array } | { readonly code: string; readonly detail: string };

/** Pixels of the cover at the head of an article. Source: mp.weixin.qq.com, 封面 2.35:1. */
export const COVER_SIZE = { width: 900, height: 383 } as const;

// A name is set in the largest size in which it fits; the smallest takes a thousand characters.
const TEMPLATE = `
#let cover = json(bytes(sys.inputs.cover))
#let ink = rgb("#1d2b3a")
#let blue = rgb("#1f4e79")
#set page(width: ${COVER_SIZE.width}pt, height: ${COVER_SIZE.height}pt, margin: 0pt, fill: rgb("#f7f4ec"))
#set text(font: ("Noto Sans SC", "Noto Serif SC"), lang: "zh", region: "cn", fill: ink, hyphenate: false)
#set par(leading: 0.5em)
#let fitted(words, height, sizes, fill: ink) = context {
  let set-in(size) = block(width: 748pt, text(size: size, fill: fill, words))
  let fits = sizes.filter(size => measure(set-in(size)).height <= height)
  set-in(fits.at(0, default: sizes.last()))
}
#place(top + left, rect(width: 16pt, height: ${COVER_SIZE.height}pt, fill: blue, stroke: none))
#place(top + right, dx: -56pt, dy: 40pt, text(size: 26pt, fill: blue.lighten(35%), cover.label))
#place(top + left, dx: 76pt, block(width: 748pt, height: ${COVER_SIZE.height}pt, align(horizon, stack(dir: ttb,
  v(30pt),
  fitted(cover.organ, 152pt, (56pt, 50pt, 44pt, 38pt, 33pt, 28pt, 24pt, 20pt, 17pt, 14pt, 11pt, 9pt, 7pt)),
  v(24pt),
  rect(width: 88pt, height: 4pt, fill: rgb("#b23a2f"), stroke: none),
  v(24pt),
  fitted(cover.title, 84pt, (32pt, 28pt, 25pt, 22pt, 19pt, 16pt, 14pt, 12pt, 10pt, 8pt, 6pt), fill: ink.lighten(15%)),
))))
`;

let ready: Promise<void> | undefined;

/**
 * The cover of an article as a PNG of `COVER_SIZE`: organ, title, year, and the number of an edition after the first. Set with the faces of the PDF,
 * whose outlines are in the drawing, so the rasteriser needs none. The same facts give the same bytes. Throws GlyphMissing.
 */
export async function coverPicture({ organ, year, title, edition }: CoverFacts): Promise<Uint8Array> {
  const label = edition === 1 ? `${year}年度` : `${year}年度 · 第${edition}版`;
  const svg = typeset(TEMPLATE, ['cover', { organ, title, label }], (compiler, document) => compiler.svg(document));
  ready ??= initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await ready;
  const drawing = new Resvg(outlinesOf(svg), { font: { loadSystemFonts: false } });
  const picture = drawing.render();
  try {
    return picture.asPng();
  } finally {
    picture.free();
    drawing.free();
  }
}

/** The drawing without what is there for a reader in a browser: styles, which hide the colours of letters, and the words to be selected. */
function outlinesOf(svg: string): string {
  return svg.replaceAll(/<style[^]*?<\/style>|<foreignObject[^]*?<\/foreignObject>/g, '');
}
