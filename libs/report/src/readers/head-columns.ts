import type { BlockDefinition, ColumnDefinition, TableDefinition } from '../format-definition.js';
import type { Grid, GridPlace } from './grid.js';
import { labelKey } from './text-line.js';

/** Which grid column shows which column of the form. `unknown`: heads over figures that the form does not have. */
export interface HeadColumns {
  readonly byColumn: ReadonlyMap<number, ColumnDefinition>;
  readonly unknown: readonly string[];
}

interface HeadPath {
  readonly column: ColumnDefinition;
  /** Keys of the labels above the column, outermost first; the last is its own. */
  readonly path: readonly string[];
}

const pathsOfBlock = new WeakMap<BlockDefinition, readonly HeadPath[]>();

/** The labels above each column of a block, from the spans of its printed head. */
export function headPaths(block: BlockDefinition, table: TableDefinition): readonly HeadPath[] {
  const known = pathsOfBlock.get(block);
  if (known !== undefined) return known;
  if (block.heading !== null) {
    const flat = block.columns.map((column) => ({ column, path: [labelKey(column.label)] }));
    pathsOfBlock.set(block, flat);
    return flat;
  }
  const grid: string[][] = block.head.map(() => []);
  block.head.forEach((row, r) => {
    let column = 0;
    for (const { label, colSpan, rowSpan } of row) {
      while (grid[r]?.[column] !== undefined) column += 1;
      for (let y = r; y < Math.min(grid.length, r + rowSpan); y += 1)
        for (let x = column; x < column + colSpan; x += 1) (grid[y] ??= [])[x] = labelKey(label);
      column += colSpan;
    }
  });
  const paths = block.columns.map((column, index) => {
    const above = grid.map((row) => row[table.labelColumns + index]).filter((key) => key !== undefined);
    const path = above.filter((key, at) => key !== above[at - 1]);
    return { column, path: path.length === 0 ? [labelKey(column.label)] : path };
  });
  pathsOfBlock.set(block, paths);
  return paths;
}

/**
 * Finds the columns of a block by the labels above them in a file: a column is taken only when exactly one column of the form fits its own
 * label and every known group above it, and no other grid column claims it.
 */
export function headColumns(
  head: Grid,
  width: number,
  from: number,
  block: BlockDefinition,
  table: TableDefinition,
): HeadColumns {
  const paths = headPaths(block, table);
  const knownKeys = new Set(paths.flatMap(({ path }) => path));
  const claims = new Map<ColumnDefinition, Claim[]>();
  const unknown = new Set<string>();
  for (let column = from; column < width; column += 1) {
    const found = pathAbove(head, column);
    const own = found.at(-1);
    if (own === undefined) continue;
    const groups = found.slice(0, -1).filter((key) => knownKeys.has(key));
    const fitting = paths.filter(({ path }) => path.at(-1) === own && groups.every((key) => path.includes(key)));
    const [only] = fitting;
    if (fitting.length === 1 && only !== undefined)
      claim(claims, only.column, { column, leaf: leafAbove(head, column) });
    else if (!IGNORED.has(own) && !knownKeys.has(own)) unknown.add(textAbove(head, column));
  }
  const byColumn = new Map<number, ColumnDefinition>();
  for (const [column, places] of claims) {
    const [only] = places;
    if (places.length === 1 && only !== undefined) byColumn.set(only.column, column);
    else unknown.add(`${column.label} ×${places.length}`);
  }
  return { byColumn, unknown: [...unknown] };
}

interface Claim {
  readonly column: number;
  readonly leaf: GridPlace['cell'] | undefined;
}

/** A head merged over several grid columns claims a column of the form once. */
function claim(claims: Map<ColumnDefinition, Claim[]>, column: ColumnDefinition, found: Claim): void {
  const known = claims.get(column) ?? [];
  if (known.some(({ leaf }) => leaf !== undefined && leaf === found.leaf)) return;
  claims.set(column, [...known, found]);
}

const leafAbove = (head: Grid, column: number): GridPlace['cell'] | undefined =>
  head.map((row) => row[column]).findLast((place) => place !== undefined && place.key !== '')?.cell;

/** Heads over columns that hold no figure of the form. */
const IGNORED = new Set(['序号', '信息内容', '项目', '备注', '单位', '栏次', '']);

/** Keys above a column, outermost first. A blank head belongs to what stands above it or, in a group's row, to its left. */
function pathAbove(head: Grid, column: number): readonly string[] {
  const keys = head.flatMap((row, index) => {
    const key = row[column]?.key ?? '';
    if (key !== '') return [key];
    return index === head.length - 1 ? [] : leftOf(row, column);
  });
  return keys.filter((key, at) => key !== keys[at - 1]);
}

function leftOf(row: readonly (GridPlace | undefined)[], column: number): readonly string[] {
  for (let left = column - 1; left >= 0; left -= 1) {
    const place = row[left];
    if (place !== undefined && place.key !== '') return place.cell.colSpan > 1 ? [] : [place.key];
  }
  return [];
}

const textAbove = (head: Grid, column: number): string =>
  head.map((row) => row[column]?.cell.text.trim() ?? '').findLast((text) => text !== '') ?? '';
