import type { Cell, Cells } from '#report/model';

/** One cell as an act found it and left it. */
export interface CellChange {
  readonly table: string;
  readonly id: string;
  readonly before: Cell;
  readonly after: Cell;
}

/** What was done to the tables: each entry is one act, undone and done again as a whole. */
export interface History {
  readonly done: readonly (readonly CellChange[])[];
  readonly undone: readonly (readonly CellChange[])[];
}

export const NO_HISTORY: History = { done: [], undone: [] };
const MOST_ACTS = 200;

/** What differs between two states of a table. */
export const changesOf = (table: string, before: Cells, after: Cells): readonly CellChange[] =>
  Object.keys(after).flatMap((id) => {
    const [was, is] = [before[id], after[id]];
    return was === undefined || is === undefined || was === is ? [] : [{ table, id, before: was, after: is }];
  });

/** The history with one act more; what was undone cannot be done again after it. */
export const withAct = ({ done }: History, changes: readonly CellChange[]): History => ({
  done: [...done, changes].slice(-MOST_ACTS),
  undone: [],
});

/** The cells to write to undo the last act, or to do the one undone last again; null when there is none. */
export function stepped(
  { done, undone }: History,
  direction: 'undo' | 'redo',
): { readonly history: History; readonly cells: readonly Pick<CellChange, 'table' | 'id' | 'after'>[] } | null {
  const act = (direction === 'undo' ? done : undone).at(-1);
  if (act === undefined) return null;
  return direction === 'undo'
    ? {
        history: { done: done.slice(0, -1), undone: [...undone, act] },
        cells: act.map(({ table, id, before }) => ({ table, id, after: before })),
      }
    : {
        history: { done: [...done, act], undone: undone.slice(0, -1) },
        cells: act.map(({ table, id, after }) => ({ table, id, after })),
      };
}
