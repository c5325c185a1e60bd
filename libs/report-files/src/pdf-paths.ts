import { apply, type Box, boxOf, type Matrix, type Point } from './pdf-matrix.js';
import type { Ruling } from './pdf-page.js';

/** Thicker than this, in points, a filled bar is a surface, not a line. */
const THICKEST_LINE = 3;
/** How far a line may lean and still be straight, in points. */
const LEAN = 0.75;

/** A drawn path: its lines, its surfaces when it is filled, and the box around it. */
export interface DrawnPath {
  readonly rulings: readonly Ruling[];
  readonly surfaces: readonly Box[];
  readonly bounds: Box | null;
}

/** How a path is painted; neither for a path that only clips. */
export interface Painting {
  readonly stroked: boolean;
  readonly filled: boolean;
}

// pdf.js packs a path as numbers: 0 move x y, 1 line x y, 2 curve (6), 3 curve (4), 4 close.
const COORDINATES = [2, 2, 6, 4, 0];

interface Part {
  readonly points: Point[];
  curved: boolean;
  closed: boolean;
}

/** The lines and surfaces of a packed path, under the transformation it is drawn with. */
export function drawnPath(packed: ArrayLike<number>, matrix: Matrix, { stroked, filled }: Painting): DrawnPath {
  const parts = partsOf(packed, matrix);
  const rulings: Ruling[] = [];
  const surfaces: Box[] = [];
  for (const part of parts) {
    if (part.points.length < 2) continue;
    if (stroked && !part.curved) rulings.push(...edges(part));
    if (filled && !part.curved && isBox(part.points)) {
      const box = boxOf(part.points);
      rulings.push(...barRulings(box));
      if (box.x1 - box.x0 > THICKEST_LINE && box.y1 - box.y0 > THICKEST_LINE) surfaces.push(box);
    }
  }
  const all = parts.flatMap(({ points }) => points);
  return { rulings, surfaces, bounds: all.length === 0 ? null : boxOf(all) };
}

/** A thin bar is a line, whether it was filled or is a picture one pixel wide; a dot is a piece of both. */
export function barRulings({ x0, y0, x1, y1 }: Box): readonly Ruling[] {
  const flat = y1 - y0 <= THICKEST_LINE;
  const upright = x1 - x0 <= THICKEST_LINE;
  return [
    ...(flat ? [{ axis: 'h' as const, at: (y0 + y1) / 2, from: x0, to: x1 }] : []),
    ...(upright ? [{ axis: 'v' as const, at: (x0 + x1) / 2, from: y0, to: y1 }] : []),
  ];
}

function partsOf(packed: ArrayLike<number>, matrix: Matrix): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < packed.length;) {
    const kind = packed[at] ?? 0;
    const count = COORDINATES[kind];
    if (count === undefined) return parts;
    const last = parts.at(-1);
    if (kind === 4) {
      if (last !== undefined) last.closed = true;
    } else {
      const point = apply(matrix, packed[at + count - 1] ?? 0, packed[at + count] ?? 0);
      if (kind === 0 || last === undefined) parts.push({ points: [point], curved: false, closed: false });
      else {
        last.points.push(point);
        last.curved ||= kind > 1;
      }
    }
    at += count + 1;
  }
  return parts;
}

function edges({ points, closed }: Part): readonly Ruling[] {
  const [first] = points;
  const round = closed && first !== undefined ? [...points, first] : points;
  return round.slice(1).flatMap((to, index): Ruling[] => {
    const from = round[index] ?? to;
    const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    if (dy <= LEAN && dx > 0)
      return [{ axis: 'h', at: (from.y + to.y) / 2, from: Math.min(from.x, to.x), to: Math.max(from.x, to.x) }];
    if (dx <= LEAN && dy > 0)
      return [{ axis: 'v', at: (from.x + to.x) / 2, from: Math.min(from.y, to.y), to: Math.max(from.y, to.y) }];
    return [];
  });
}

function isBox(points: readonly Point[]): boolean {
  const { x0, x1, y0, y1 } = boxOf(points);
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= LEAN;
  return (
    points.length >= 4 &&
    points.length <= 5 &&
    points.every(({ x, y }) => (near(x, x0) || near(x, x1)) && (near(y, y0) || near(y, y1)))
  );
}
