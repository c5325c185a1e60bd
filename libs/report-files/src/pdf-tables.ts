import type { GridCell } from '#report/readers/report-document';
import { linesOf } from './pdf-lines.js';
import type { Box } from './pdf-matrix.js';
import type { Glyph, PageContent, Ruling } from './pdf-page.js';

/** A table drawn with lines. `columns`: where its columns part, in points; `cut`: a row goes on over the page break, so that no line closes it there. */
export interface PdfTable {
  readonly box: Box;
  readonly columns: readonly number[];
  readonly rows: readonly (readonly GridCell[])[];
  readonly cut: { readonly top: boolean; readonly bottom: boolean };
}

/** Points: how exact lines meet, how short a line is a mark, how far a glyph may stand out of its cell. */
const MEETS = 2.5;
const SHORTEST = 6;
const STANDS_OUT = 1.5;
/** Share of the glyph height below which two digits stand side by side. */
const BESIDE = 0.15;
const DOUBTS = {
  overlap: { zh: '单元格内文字重叠或字符无法识别', en: 'characters of the cell overlap or are not named by the file' },
  outside: { zh: '文字越出单元格边线', en: 'the text crosses the border of its cell' },
  wrapped: { zh: '数字折成两行，无法确定是否为一个数', en: 'digits are broken over two lines' },
  turned: { zh: '单元格内有旋转的文字', en: 'the cell holds turned text' },
  shape: { zh: '单元格边线不完整', en: 'the borders of the cell are not complete' },
};

/** The ruled tables of a page, from top to bottom. A frame around one cell is none. */
export function tablesOf(page: PageContent): readonly PdfTable[] {
  return connected(page.rulings.filter(({ from, to }) => to - from >= SHORTEST))
    .flatMap((rulings) => tableOf(rulings, page))
    .toSorted((a, b) => a.box.y0 - b.box.y0);
}

/** How many rows at the top of a continued table repeat the head of its first part. */
function repeatedHead(first: PdfTable['rows'], next: PdfTable['rows']): number {
  const said = (row: PdfTable['rows'][number] | undefined): string => (row ?? []).map(({ text }) => text).join('|');
  let same = 0;
  while (same < next.length && said(next[same]).replaceAll('|', '') !== '' && said(next[same]) === said(first[same]))
    same += 1;
  // One equal row may be a row of figures; a head has words.
  return /\d/.test(next.slice(0, same).map(said).join('')) && same < 2 ? 0 : same;
}

/**
 * A table and the piece of it that stands on the next page, whose rows need not use every column; null when their outer edges differ, so that they are
 * two tables. A head that is repeated counts once.
 */
export function joinedTables(first: PdfTable, next: PdfTable): PdfTable | null {
  const [left = 0, right = 0] = [first.columns[0], first.columns.at(-1)];
  if (Math.abs(left - (next.columns[0] ?? 0)) > MEETS || Math.abs(right - (next.columns.at(-1) ?? 0)) > MEETS)
    return null;
  const columns = [...first.columns];
  for (const at of next.columns) if (!columns.some((known) => Math.abs(known - at) <= MEETS)) columns.push(at);
  columns.sort((a, b) => a - b);
  const firstRows = respanned(first, columns);
  const nextRows = respanned(next, columns);
  const cut = { top: first.cut.top, bottom: next.cut.bottom };
  const rest = nextRows.slice(repeatedHead(firstRows, nextRows));
  const mended = first.cut.bottom && next.cut.top ? mendedRow(firstRows.at(-1), rest[0]) : null;
  const rows = mended === null ? [...firstRows, ...rest] : [...firstRows.slice(0, -1), mended, ...rest.slice(1)];
  return { box: first.box, columns, rows, cut };
}

/** One row out of its two pieces; null when they do not have the same cells. */
function mendedRow(
  upper: PdfTable['rows'][number] | undefined,
  lower: PdfTable['rows'][number] | undefined,
): PdfTable['rows'][number] | null {
  if (upper === undefined || upper.length !== lower?.length) return null;
  return upper.map((cell, index) => {
    const below = lower[index]?.text ?? '';
    const wrapped = /\d$/.test(cell.text) && /^[\d.,]/.test(below);
    return { ...cell, text: cell.text + below, ...(wrapped ? { doubt: DOUBTS.wrapped } : {}) };
  });
}

/** The rows of a table counted in more columns than it has itself. */
function respanned({ rows, columns }: PdfTable, all: readonly number[]): PdfTable['rows'] {
  const indexIn = (own: number): number => all.findIndex((at) => Math.abs(at - (columns[own] ?? 0)) <= MEETS);
  return rows.map((row) =>
    row.map((cell) => {
      const own = (cell.at.column ?? 1) - 1;
      const from = indexIn(own);
      return { ...cell, colSpan: indexIn(own + cell.colSpan) - from, at: { ...cell.at, column: from + 1 } };
    }),
  );
}

/** Lines that touch or cross belong together. */
function connected(rulings: readonly Ruling[]): readonly (readonly Ruling[])[] {
  const groups: Ruling[][] = [];
  for (const ruling of rulings) {
    const touching = groups.filter((group) => group.some((other) => touches(ruling, other)));
    const merged = [ruling, ...touching.flat()];
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups;
}

function touches(a: Ruling, b: Ruling): boolean {
  if (a.axis === b.axis) return Math.abs(a.at - b.at) <= MEETS && a.from <= b.to + MEETS && b.from <= a.to + MEETS;
  return a.at >= b.from - MEETS && a.at <= b.to + MEETS && b.at >= a.from - MEETS && b.at <= a.to + MEETS;
}

function tableOf(rulings: readonly Ruling[], page: PageContent): readonly PdfTable[] {
  const xs = positions(rulings, 'v');
  const drawn = positions(rulings, 'h');
  const uprights = rulings.filter(({ axis }) => axis === 'v');
  const top = Math.min(...uprights.map(({ from }) => from));
  const bottom = Math.max(...uprights.map(({ to }) => to));
  const cut = { top: top < (drawn[0] ?? 0) - MEETS, bottom: bottom > (drawn.at(-1) ?? 0) + MEETS };
  const ys = [...(cut.top ? [top] : []), ...drawn, ...(cut.bottom ? [bottom] : [])];
  if (xs.length < 2 || ys.length < 2 || (xs.length - 1) * (ys.length - 1) < 2) return [];
  const lattice = new Lattice(xs, ys, rulings);
  const box: Box = { x0: xs[0] ?? 0, y0: ys[0] ?? 0, x1: xs.at(-1) ?? 0, y1: ys.at(-1) ?? 0 };
  const glyphs = page.glyphs.filter(({ cx, cy }) => cx > box.x0 && cx < box.x1 && cy > box.y0 && cy < box.y1);
  const table = lattice.rows(glyphs, page.page);
  return [{ box, columns: xs, rows: table, cut }];
}

function positions(rulings: readonly Ruling[], axis: Ruling['axis']): readonly number[] {
  const found: number[][] = [];
  for (const at of rulings
    .filter((ruling) => ruling.axis === axis)
    .map((ruling) => ruling.at)
    .toSorted((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && at - (last.at(-1) ?? 0) <= MEETS) last.push(at);
    else found.push([at]);
  }
  return found.map((group) => group.reduce((sum, at) => sum + at, 0) / group.length);
}

interface Region {
  readonly row: number;
  readonly column: number;
  rowSpan: number;
  colSpan: number;
  whole: boolean;
}

/** Where lines stand and where they are missing: a missing piece makes two places one cell. */
class Lattice {
  readonly #regions: Region[] = [];
  readonly #at = new Map<string, Region>();

  constructor(
    private readonly xs: readonly number[],
    private readonly ys: readonly number[],
    private readonly rulings: readonly Ruling[],
  ) {
    for (let row = 0; row < ys.length - 1; row += 1)
      for (let column = 0; column < xs.length - 1; column += 1)
        if (!this.#at.has(`${row},${column}`)) this.#grow(row, column);
  }

  rows(glyphs: readonly Glyph[], page: number): readonly (readonly GridCell[])[] {
    const inside = new Map<Region, Glyph[]>();
    for (const glyph of glyphs) {
      const region = this.#regionOf(glyph);
      if (region !== undefined) inside.set(region, [...(inside.get(region) ?? []), glyph]);
    }
    const parted = this.#partedNumbers(glyphs);
    return Array.from({ length: this.ys.length - 1 }, (_, row) =>
      this.#regions
        .filter((region) => region.row === row)
        .toSorted((a, b) => a.column - b.column)
        .map((region) => this.#cell(region, inside.get(region) ?? [], { page, parted: parted.has(region) })),
    );
  }

  #regionOf({ cx, cy }: Glyph): Region | undefined {
    return this.#at.get(`${indexAt(this.ys, cy)},${indexAt(this.xs, cx)}`);
  }

  /** Cells between which one number seems to be parted: digits side by side with a line between them. */
  #partedNumbers(glyphs: readonly Glyph[]): ReadonlySet<Region> {
    const digits = glyphs.filter(({ text }) => /^\d$/.test(text)).toSorted((a, b) => a.y - b.y || a.x0 - b.x0);
    const parted = new Set<Region>();
    digits.forEach((glyph, index) => {
      const next = digits[index + 1];
      if (next === undefined || Math.abs(next.y - glyph.y) > 1) return;
      const [one, other] = [this.#regionOf(glyph), this.#regionOf(next)];
      if (one === undefined || other === undefined || one === other) return;
      if (Math.abs(next.x0 - glyph.x1) < BESIDE * glyph.size) parted.add(one).add(other);
    });
    return parted;
  }

  #grow(row: number, column: number): void {
    const region: Region = { row, column, rowSpan: 1, colSpan: 1, whole: true };
    while (column + region.colSpan < this.xs.length - 1 && !this.#isRuled('v', column + region.colSpan, row))
      region.colSpan += 1;
    while (row + region.rowSpan < this.ys.length - 1 && !this.#isRuled('h', row + region.rowSpan, column))
      region.rowSpan += 1;
    for (let r = row; r < row + region.rowSpan; r += 1)
      for (let c = column; c < column + region.colSpan; c += 1) {
        // A piece of line inside, or a place another cell holds: what the borders say is no rectangle.
        region.whole &&= !this.#at.has(`${r},${c}`);
        region.whole &&= c === column || !this.#isRuled('v', c, r);
        region.whole &&= r === row || !this.#isRuled('h', r, c);
        if (!this.#at.has(`${r},${c}`)) this.#at.set(`${r},${c}`, region);
      }
    this.#regions.push(region);
  }

  /** True when a line stands at that inner position beside that row (or column). */
  #isRuled(axis: Ruling['axis'], index: number, beside: number): boolean {
    const [own, other] = axis === 'v' ? [this.xs, this.ys] : [this.ys, this.xs];
    const at = own[index] ?? 0;
    const middle = ((other[beside] ?? 0) + (other[beside + 1] ?? 0)) / 2;
    return this.rulings.some(
      (ruling) =>
        ruling.axis === axis && Math.abs(ruling.at - at) <= MEETS && ruling.from <= middle && ruling.to >= middle,
    );
  }

  #cell(
    { row, column, rowSpan, colSpan, whole }: Region,
    glyphs: readonly Glyph[],
    { page, parted }: { readonly page: number; readonly parted: boolean },
  ): GridCell {
    const [x0, x1] = [this.xs[column] ?? 0, this.xs[column + colSpan] ?? 0];
    const lines = linesOf(glyphs);
    const text = lines.map((line) => line.text.replaceAll('\t', ' ')).join('');
    const at = { page, row: row + 1, column: column + 1 };
    const drawn = glyphs.filter((glyph) => glyph.text !== ' ');
    const doubt = !whole
      ? DOUBTS.shape
      : drawn.some(({ turn }) => turn !== 'none')
        ? DOUBTS.turned
        : lines.some(({ unsure }) => unsure)
          ? DOUBTS.overlap
          : parted || drawn.some((glyph) => glyph.x0 < x0 - STANDS_OUT || glyph.x1 > x1 + STANDS_OUT)
            ? DOUBTS.outside
            : lines.some((line, index) => /\d$/.test(lines[index - 1]?.text ?? '') && /^[\d.,]/.test(line.text))
              ? DOUBTS.wrapped
              : undefined;
    return { text, colSpan, rowSpan, at, ...(doubt === undefined || text === '' ? {} : { doubt }) };
  }
}

function indexAt(positions_: readonly number[], at: number): number {
  return positions_.findLastIndex((position) => position <= at);
}
