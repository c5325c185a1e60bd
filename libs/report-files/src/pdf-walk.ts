import { apply, type Box, boxOf, common, holds, IDENTITY, type Matrix, matrixOf, times } from './pdf-matrix.js';
import type { Glyph, PageContent, Ruling } from './pdf-page.js';
import { barRulings, drawnPath } from './pdf-paths.js';
import { type DrawnCharacter, glyphOf, type PdfFont } from './pdf-glyph.js';

/** A page's drawing operations by name, in their order. */
export interface Drawing {
  readonly operations: readonly (readonly [name: string, values: readonly unknown[]])[];
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly view: Matrix;
  readonly font: (name: string) => PdfFont | null;
  /** Whether content of an optional layer is shown. */
  readonly shows: (layer: unknown) => boolean;
}

interface State {
  matrix: Matrix;
  clip: Box;
  font: PdfFont | null;
  size: number;
  spacing: number;
  wordSpacing: number;
  stretch: number;
  leading: number;
  rise: number;
  mode: number;
  fill: string;
  alpha: number;
  masked: boolean;
}

interface Drawn {
  readonly glyph: Glyph;
  readonly order: number;
  readonly fill: string;
  readonly unseen: boolean;
}

const FILLS = new Set(['fill', 'eoFill', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke']);
const STROKES = new Set([
  'stroke',
  'closeStroke',
  'fillStroke',
  'eoFillStroke',
  'closeFillStroke',
  'closeEOFillStroke',
]);
const CLOSES = new Set(['closeStroke', 'closeFillStroke', 'closeEOFillStroke']);
/** Text rendering modes that paint nothing (ISO 32000-1, table 106). */
const UNPAINTED = new Set([3, 7]);
/** Smaller text, in points, is not meant to be read. */
const SMALLEST_TEXT = 1.5;

/** Follows the drawing of a page and says what of it a person sees. */
export function walkPage(drawing: Drawing, operators: Readonly<Record<number, string>>): PageContent {
  const walk = new PageWalk(drawing, operators);
  for (const [name, values] of drawing.operations) walk.take(name, values);
  return walk.content();
}

class PageWalk {
  #state: State;
  readonly #stack: State[] = [];
  readonly #layers: boolean[] = [];
  #text: Matrix = IDENTITY;
  #line: Matrix = IDENTITY;
  #clips = false;
  #order = 0;
  readonly #drawn: Drawn[] = [];
  readonly #surfaces: { readonly box: Box; readonly order: number; readonly white: boolean }[] = [];
  readonly #rulings: Ruling[] = [];
  readonly #pictures: Box[] = [];

  constructor(
    readonly drawing: Drawing,
    readonly operators: Readonly<Record<number, string>>,
  ) {
    this.#state = {
      matrix: drawing.view,
      clip: { x0: 0, y0: 0, x1: drawing.width, y1: drawing.height },
      font: null,
      size: 0,
      spacing: 0,
      wordSpacing: 0,
      stretch: 1,
      leading: 0,
      rise: 0,
      mode: 0,
      fill: '#000000',
      alpha: 1,
      masked: false,
    };
  }

  take(name: string, values: readonly unknown[]): void {
    this.#order += 1;
    const state = this.#state;
    const first = values[0];
    if (name === 'save' || name === 'beginGroup') this.#save();
    else if (name === 'restore' || name === 'endGroup' || name === 'paintFormXObjectEnd' || name === 'endAnnotation')
      this.#restore();
    else if (name === 'transform') this.#transform(values);
    else if (name === 'paintFormXObjectBegin') {
      this.#save();
      this.#transform(first);
    } else if (name === 'beginAnnotation') {
      this.#save();
      this.#state.matrix = this.drawing.view;
      this.#transform(values[2]);
      this.#transform(values[3]);
    } else if (name === 'beginMarkedContentProps') this.#layers.push(first !== 'OC' || this.drawing.shows(values[1]));
    else if (name === 'beginMarkedContent') this.#layers.push(true);
    else if (name === 'endMarkedContent') this.#layers.pop();
    else if (name === 'setFillRGBColor') state.fill = String(first);
    else if (/^setFillColor|^shadingFill/.test(name)) state.fill = '';
    else if (name === 'setGState') this.#graphicsState(first);
    else if (name === 'clip' || name === 'eoClip') this.#clips = true;
    else if (name === 'constructPath') this.#path(values);
    else if (/^paint.*Image/.test(name)) this.#picture();
    else this.#textOperation(name, values);
  }

  content(): PageContent {
    const seen = this.#drawn.filter((drawn) => this.#isSeen(drawn)).map(({ glyph }) => glyph);
    const kept = new Set(seen);
    return {
      page: this.drawing.page,
      width: this.drawing.width,
      height: this.drawing.height,
      glyphs: seen,
      hidden: this.#drawn.map(({ glyph }) => glyph).filter((glyph) => !kept.has(glyph) && glyph.text.trim() !== ''),
      rulings: this.#rulings,
      pictures: this.#pictures,
    };
  }

  // Later surfaces cover text; white text is seen on a darker surface only.
  #isSeen({ glyph, order, fill, unseen }: Drawn): boolean {
    if (unseen) return false;
    const under = this.#surfaces.filter(({ box }) => holds(box, glyph.cx, glyph.cy));
    if (under.some((surface) => surface.order > order)) return false;
    return !isWhite(fill) || under.findLast((surface) => surface.order < order)?.white === false;
  }

  #save(): void {
    this.#stack.push({ ...this.#state });
  }

  #restore(): void {
    this.#state = this.#stack.pop() ?? this.#state;
  }

  #transform(value: unknown): void {
    const matrix = matrixOf(value);
    if (matrix !== null) this.#state.matrix = times(this.#state.matrix, matrix);
  }

  #graphicsState(value: unknown): void {
    for (const [key, setting] of (Array.isArray(value) ? value : []) as [string, unknown][]) {
      if (key === 'ca') this.#state.alpha = Number(setting);
      if (key === 'SMask') this.#state.masked = setting !== false && setting !== 'None';
      if (key === 'BM') this.#state.masked = setting !== 'source-over';
      if (key === 'Font' && Array.isArray(setting)) this.#setFont(setting);
    }
  }

  #path([operator, packed]: readonly unknown[]): void {
    const name = this.operators[Number(operator)] ?? '';
    const [numbers] = (packed ?? []) as (ArrayLike<number> | null)[];
    const clips = this.#clips;
    this.#clips = false;
    if (numbers === null || numbers === undefined) return;
    const closed = CLOSES.has(name) ? [...Array.from(numbers), 4] : numbers;
    const filled = FILLS.has(name) && this.#visible();
    const stroked = STROKES.has(name) && this.#visible();
    const path = drawnPath(closed, this.#state.matrix, { filled, stroked });
    for (const ruling of path.rulings) if (withinClip(ruling, this.#state.clip)) this.#rulings.push(ruling);
    const { alpha, masked, fill, clip } = this.#state;
    // What shines through hides nothing.
    if (alpha >= 1 && !masked)
      for (const box of path.surfaces)
        this.#surfaces.push({ box: common(box, clip), order: this.#order, white: isWhite(fill) });
    if (clips && path.bounds !== null) this.#state.clip = common(clip, path.bounds);
  }

  #visible(): boolean {
    return this.#layers.every(Boolean);
  }

  #picture(): void {
    const corners = [0, 1].flatMap((x) => [0, 1].map((y) => apply(this.#state.matrix, x, y)));
    const box = boxOf(corners);
    this.#rulings.push(...barRulings(box));
    if (this.#visible()) this.#pictures.push(common(box, this.#state.clip));
  }

  #setFont([name, size]: readonly unknown[]): void {
    this.#state.font = this.drawing.font(String(name));
    this.#state.size = Number(size);
  }

  #textOperation(name: string, values: readonly unknown[]): void {
    const state = this.#state;
    const number = Number(values[0]);
    if (name === 'beginText') this.#text = this.#line = IDENTITY;
    else if (name === 'setFont') this.#setFont(values);
    else if (name === 'setTextMatrix') this.#text = this.#line = matrixOf(values[0]) ?? matrixOf(values) ?? IDENTITY;
    else if (name === 'moveText') this.#move(number, Number(values[1]));
    else if (name === 'setLeadingMoveText') {
      state.leading = -Number(values[1]);
      this.#move(number, Number(values[1]));
    } else if (name === 'nextLine') this.#move(0, -state.leading);
    else if (name === 'setLeading') state.leading = number;
    else if (name === 'setCharSpacing') state.spacing = number;
    else if (name === 'setWordSpacing') state.wordSpacing = number;
    else if (name === 'setHScale') state.stretch = number / 100;
    else if (name === 'setTextRise') state.rise = number;
    else if (name === 'setTextRenderingMode') state.mode = number;
    else if (name === 'showText') this.#show(values[0] as readonly (number | DrawnCharacter | null)[]);
  }

  #move(x: number, y: number): void {
    this.#line = times(this.#line, [1, 0, 0, 1, x, y]);
    this.#text = this.#line;
  }

  #show(items: readonly (number | DrawnCharacter | null)[]): void {
    const { font, size, spacing, wordSpacing, stretch, rise, matrix, mode, fill, alpha, clip } = this.#state;
    if (font === null) return;
    for (const item of items) {
      if (item === null) continue;
      if (typeof item === 'number') {
        this.#advance(font, (-item / 1000) * size * (font.vertical ? 1 : stretch));
        continue;
      }
      const { glyph, advance } = glyphOf(item, font, times(matrix, this.#text), { size, stretch, rise });
      const inside = holds(clip, glyph.cx, glyph.cy);
      const unseen = UNPAINTED.has(mode) || alpha === 0 || !inside || glyph.size < SMALLEST_TEXT || !this.#visible();
      this.#drawn.push({ glyph, order: this.#order, fill, unseen });
      const extra = spacing + (item.isSpace ? wordSpacing : 0);
      this.#advance(font, font.vertical ? advance - extra : advance + extra * stretch);
    }
  }

  #advance(font: PdfFont, by: number): void {
    this.#text = times(this.#text, font.vertical ? [1, 0, 0, 1, 0, by] : [1, 0, 0, 1, by, 0]);
  }
}

function withinClip({ axis, at, from, to }: Ruling, clip: Box): boolean {
  const slack = 1;
  const [low, high, start, end] =
    axis === 'h' ? [clip.y0, clip.y1, clip.x0, clip.x1] : [clip.x0, clip.x1, clip.y0, clip.y1];
  return at >= low - slack && at <= high + slack && to >= start - slack && from <= end + slack;
}

function isWhite(colour: string): boolean {
  return /^#f[5-9a-f]f[5-9a-f]f[5-9a-f]$/i.test(colour);
}
