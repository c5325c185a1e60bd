import type { At } from './table-rows.js';

/** Ways to go from cell to cell. `next` and `back` go on in the row before or after at the end of a row. */
export type Move = 'up' | 'down' | 'left' | 'right' | 'row-start' | 'row-end' | 'start' | 'end' | 'next' | 'back';

/**
 * Where a move leads in rows of these widths; where it leads nowhere one stays, and `next` and `back` at either end lead out:
 * null. In a shorter row one stands on its last cell.
 */
export function moved({ row, column }: At, move: Move, widths: readonly number[]): At | null {
  const last = widths.length - 1;
  const lastOf = (at: number): number => (widths[at] ?? 1) - 1;
  const inRow = (at: number): At => ({ row: at, column: Math.min(column, lastOf(at)) });
  switch (move) {
    case 'up':
      return inRow(Math.max(0, row - 1));
    case 'down':
      return inRow(Math.min(last, row + 1));
    case 'left':
      return { row, column: Math.max(0, column - 1) };
    case 'right':
      return { row, column: Math.min(lastOf(row), column + 1) };
    case 'row-start':
      return { row, column: 0 };
    case 'row-end':
      return { row, column: lastOf(row) };
    case 'start':
      return { row: 0, column: 0 };
    case 'end':
      return { row: last, column: lastOf(last) };
    case 'next':
      if (column < lastOf(row)) return { row, column: column + 1 };
      return row < last ? { row: row + 1, column: 0 } : null;
    default:
      if (column > 0) return { row, column: column - 1 };
      return row > 0 ? { row: row - 1, column: lastOf(row - 1) } : null;
  }
}

/** What is open in the cell one stands on: nothing, what one types over it (Excel's Enter mode), or its text (F2). */
export type Mode = 'standing' | 'typing' | 'editing';

/** A key as the browser tells it. */
export interface Key {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or ⌘. */
  readonly command: boolean;
}

/** What a key does. `extend` moves the far corner of what is selected; `fill` and `clear` concern all of it. `commit` and `cancel` end what is being typed; `edit` opens the text; `undo` and `redo` concern the table. */
export type KeyAct =
  | { readonly act: 'move'; readonly move: Move }
  | { readonly act: 'extend'; readonly move: Move }
  | { readonly act: 'fill'; readonly to: 'down' | 'right' }
  | { readonly act: 'edit' | 'cancel' | 'leave' | 'undo' | 'redo' | 'clear' | 'all' };

const ARROWS: Readonly<Record<string, Move>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const ENDS: Readonly<Record<string, { readonly row: Move; readonly table: Move }>> = {
  Home: { row: 'row-start', table: 'start' },
  End: { row: 'row-end', table: 'end' },
};

/**
 * What a key does in a mode; null leaves it to the text field. While somebody composes with an input method no key is asked
 * about at all.
 */
export function actOfKey({ key, shift, command }: Key, mode: Mode): KeyAct | null {
  const move = (to: Move): KeyAct => ({ act: 'move', move: to });
  if (key === 'Tab') return move(shift ? 'back' : 'next');
  if (key === 'Enter') return move(shift ? 'up' : 'down');
  if (key === 'Escape') return { act: mode === 'standing' ? 'leave' : 'cancel' };
  if (key === 'F2') return mode === 'editing' ? null : { act: 'edit' };
  const arrow = ARROWS[key];
  if (arrow !== undefined) {
    const isCaret = mode === 'editing' && (arrow === 'left' || arrow === 'right');
    if (isCaret) return null;
    return shift && mode === 'standing' ? { act: 'extend', move: arrow } : move(arrow);
  }
  if (mode !== 'standing') return null;
  const ends = ENDS[key]?.[command ? 'table' : 'row'];
  if (ends !== undefined) return shift ? { act: 'extend', move: ends } : move(ends);
  if (key === 'Delete' || key === 'Backspace') return { act: 'clear' };
  return command ? actOfCommand(key.toLowerCase(), shift) : null;
}

/** What a letter with Ctrl or ⌘ does; copying and pasting are events of their own. */
function actOfCommand(key: string, shift: boolean): KeyAct | null {
  if (key === 'z') return { act: shift ? 'redo' : 'undo' };
  if (shift) return null;
  if (key === 'y') return { act: 'redo' };
  if (key === 'a') return { act: 'all' };
  return key === 'd' || key === 'r' ? { act: 'fill', to: key === 'd' ? 'down' : 'right' } : null;
}
