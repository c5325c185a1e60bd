import { sumDecimals } from '#report/decimal-sum';
import { cellId } from '#report/format';
import type { FormatDefinition, Identity, TableDefinition } from '#report/format-definition';
import type { Cell, Cells } from '#report/model';
import { sameFigure } from './entry.js';

/** A cell the form defines as the sum of others of its table. */
interface Total {
  readonly id: string;
  readonly of: readonly string[];
}

/** An identity of the form in one row or one column, by cell id. `line`: the row or column it holds in. */
export interface Sum {
  readonly identity: Identity;
  readonly line: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
}

const sumsOfTable = new WeakMap<TableDefinition, readonly Sum[]>();

/** Every sum the form states of a table, in every line it must hold in. */
export function sumsOf(format: FormatDefinition, table: TableDefinition): readonly Sum[] {
  const known = sumsOfTable.get(table);
  if (known !== undefined) return known;
  const sums = format.identities
    .filter((identity) => identity.table === table.id)
    .flatMap((identity) =>
      table.blocks.flatMap((block) => {
        const byRow = identity.across === 'columns';
        const lines = byRow ? block.rows : block.columns;
        return lines.map(({ id: line }): Sum => {
          const cell = (term: string): string =>
            byRow ? cellId(table.id, block.id, line, term) : cellId(table.id, block.id, term, line);
          return { identity, line, left: identity.left.map(cell), right: identity.right.map(cell) };
        });
      }),
    );
  sumsOfTable.set(table, sums);
  return sums;
}

const totalsOfTable = new WeakMap<TableDefinition, readonly Total[]>();

/** Cells that are sums, each after those it is made of. Where two identities define one cell, the first does; the other is checked. */
function totalsOf(format: FormatDefinition, table: TableDefinition): readonly Total[] {
  const known = totalsOfTable.get(table);
  if (known !== undefined) return known;
  const made = new Map<string, Total>();
  for (const { left, right } of sumsOf(format, table)) {
    const [id] = left;
    if (left.length === 1 && id !== undefined && !made.has(id)) made.set(id, { id, of: right });
  }
  const ordered = inOrder(made);
  totalsOfTable.set(table, ordered);
  return ordered;
}

function inOrder(made: ReadonlyMap<string, Total>): readonly Total[] {
  const ordered = new Set<Total>();
  const put = (total: Total): void => {
    if (ordered.has(total)) return;
    for (const part of total.of) {
      const inner = made.get(part);
      if (inner !== undefined) put(inner);
    }
    ordered.add(total);
  };
  for (const total of made.values()) put(total);
  return [...ordered];
}

/** True for a cell the form defines as a sum. */
export const isTotal = (format: FormatDefinition, table: TableDefinition, id: string): boolean =>
  totalsOf(format, table).some((total) => total.id === id);

/** The sum of these cells; null while one of them holds no number. */
export function sumOfCells(ids: readonly string[], cells: Cells): string | null {
  const values = ids.flatMap((id) => {
    const cell = cells[id];
    return cell?.state === 'value' ? [cell.value] : [];
  });
  return values.length === ids.length ? sumDecimals(values) : null;
}

const UNFILLED: Cell = { state: 'unfilled', original: '' };
const calculated = (sum: string | null): Cell =>
  sum === null ? UNFILLED : { state: 'value', value: sum, original: sum };

/** The totals of a table as its other cells make them: totals of totals included. */
export function totalsAsCalculated(
  format: FormatDefinition,
  table: TableDefinition,
  cells: Cells,
): ReadonlyMap<string, Cell> {
  const made = new Map<string, Cell>();
  const now: Record<string, Cell> = { ...cells };
  for (const { id, of } of totalsOf(format, table)) {
    const cell = calculated(sumOfCells(of, now));
    made.set(id, cell);
    now[id] = cell;
  }
  return made;
}

/**
 * What follows from a change of cells: totals that said what the others made, or nothing yet, go on doing so. A total somebody
 * wrote, or a file had, that says something else is left alone: the checks show the difference, nothing corrects it in silence.
 */
export function withTotals(format: FormatDefinition, table: TableDefinition, before: Cells, after: Cells): Cells {
  const totals = totalsOf(format, table);
  if (totals.length === 0) return after;
  const was: Record<string, Cell> = { ...before };
  const now: Record<string, Cell> = { ...after };
  for (const { id, of } of totals) {
    const old = before[id] ?? UNFILLED;
    const isWritten = after[id] !== before[id];
    const isCleared = isWritten && after[id]?.state === 'unfilled';
    const follows = isCleared || old.state === 'unfilled' || sameFigure(old, calculated(sumOfCells(of, was)));
    const next = calculated(sumOfCells(of, now));
    if ((isCleared || !isWritten) && follows && !sameFigure(now[id] ?? UNFILLED, next)) now[id] = next;
  }
  return now;
}

/** How one sum stands: it holds, it does not, or a figure is missing. */
export interface Balance extends Sum {
  readonly state: 'holds' | 'differs' | 'open';
  readonly leftSum: string | null;
  readonly rightSum: string | null;
}

/** How every sum of a table stands. */
export function balances(format: FormatDefinition, table: TableDefinition, cells: Cells): readonly Balance[] {
  return sumsOf(format, table).map((sum) => {
    const [leftSum, rightSum] = [sumOfCells(sum.left, cells), sumOfCells(sum.right, cells)];
    const state = leftSum === null || rightSum === null ? 'open' : leftSum === rightSum ? 'holds' : 'differs';
    return { ...sum, state, leftSum, rightSum };
  });
}
