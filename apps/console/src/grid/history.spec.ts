import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Cell, Cells } from '#report/model';
import { changesOf, NO_HISTORY, stepped, withAct } from './history.js';

const value = (number: number): Cell => ({ state: 'value', value: String(number), original: String(number) });
const BLANK: Cells = Object.fromEntries(['a', 'b', 'c'].map((id) => [id, { state: 'unfilled', original: '' }]));

const applied = (cells: Cells, writes: readonly { id: string; after: Cell }[]): Cells => ({
  ...cells,
  ...Object.fromEntries(writes.map(({ id, after }) => [id, after])),
});

describe('undoing', () => {
  it('goes back through any acts to the beginning, and forward to the end', () => {
    const act = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(9), { minKeys: 1 });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let cells = BLANK;
        let history = NO_HISTORY;
        for (const writes of acts) {
          const after = { ...cells, ...Object.fromEntries(Object.entries(writes).map(([id, n]) => [id, value(n)])) };
          history = withAct(history, changesOf('t3', cells, after));
          cells = after;
        }
        const end = cells;
        for (let step = stepped(history, 'undo'); step !== null; step = stepped(history, 'undo')) {
          history = step.history;
          cells = applied(cells, step.cells);
        }
        expect(cells).toEqual(BLANK);
        for (let step = stepped(history, 'redo'); step !== null; step = stepped(history, 'redo')) {
          history = step.history;
          cells = applied(cells, step.cells);
        }
        expect(cells).toEqual(end);
      }),
    );
  });

  it('takes a paste of many cells back as one act, and forgets what was undone once something else is done', () => {
    const pasted = { a: value(1), b: value(2), c: value(3) };
    const history = withAct(NO_HISTORY, changesOf('t3', BLANK, pasted));
    const undone = stepped(history, 'undo')!;
    expect(undone.cells).toHaveLength(3);
    expect(stepped(undone.history, 'undo')).toBeNull();
    expect(stepped(withAct(undone.history, changesOf('t3', BLANK, pasted)), 'redo')).toBeNull();
  });
});
