import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellsOf, formatById, tableOf } from '#report/format';
import type { Cell, Cells } from '#report/model';
import { balances, isTotal, totalsAsCalculated, withTotals } from './totals.js';

const format = formatById('2021')!;
const t3 = tableOf(format, 't3');
const t4 = tableOf(format, 't4');
const value = (number: number | string): Cell => ({ state: 'value', value: String(number), original: String(number) });
const UNFILLED: Cell = { state: 'unfilled', original: '' };
const blank = (table = t3): Cells => Object.fromEntries(cellsOf(table).map(({ id }) => [id, UNFILLED]));
const zero = (table = t3): Cells => Object.fromEntries(cellsOf(table).map(({ id }) => [id, value(0)]));
const figures = cellsOf(t3).filter(({ id }) => !isTotal(format, t3, id));

describe('totals', () => {
  it('are the row （七）, the column 总计 and the three of 表四', () => {
    expect(cellsOf(t3).length - figures.length).toBe(7 + 25 - 1);
    expect(cellsOf(t4).filter(({ id }) => isTotal(format, t4, id))).toHaveLength(3);
  });

  it('stay unfilled while a part is: a blank is no zero', () => {
    const before = blank();
    const first = withTotals(format, t3, before, { ...before, 't3.1.natural-person': value(7) });
    expect(first['t3.1.total']).toEqual(UNFILLED);
  });

  it('follow their parts through a whole table, in any order of typing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(500), { minLength: figures.length, maxLength: figures.length }),
        fc.shuffledSubarray(figures, { minLength: figures.length, maxLength: figures.length }),
        (numbers, order) => {
          let cells = blank();
          order.forEach(({ id }, index) => {
            cells = withTotals(format, t3, cells, { ...cells, [id]: value(numbers[index] ?? 0) });
          });
          for (const [id, cell] of totalsAsCalculated(format, t3, cells)) expect([id, cells[id]]).toEqual([id, cell]);
          const stated = balances(format, t3, cells).filter(({ identity }) => identity.rule !== 'T3-01');
          expect(stated.filter(({ state }) => state !== 'holds')).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('leave alone what somebody wrote against its parts, and say that it differs', () => {
    const wrong = { ...zero(), 't3.1.total': value(9) };
    const after = withTotals(format, t3, wrong, { ...wrong, 't3.1.legal-service': value(2) });
    expect(after['t3.1.total']).toEqual(value(9));
    const [line] = balances(format, t3, after).filter(
      ({ line: row, identity }) => row === '1' && identity.rule === 'T3-03',
    );
    expect(line).toMatchObject({ state: 'differs', leftSum: '9', rightSum: '2' });
  });

  it('are calculated again once what was written there is taken out', () => {
    const wrong = { ...zero(), 't3.1.total': value(9) };
    const after = withTotals(format, t3, wrong, { ...wrong, 't3.1.total': UNFILLED });
    expect(after['t3.1.total']).toEqual(value(0));
  });

  it('become unfilled again with a part, instead of going on as they were', () => {
    const full = zero();
    const after = withTotals(format, t3, full, { ...full, 't3.3.1.research': UNFILLED });
    for (const id of ['t3.3.7.research', 't3.3.1.total', 't3.3.7.total'])
      expect([id, after[id]]).toEqual([id, UNFILLED]);
  });
});

describe('reconciliation', () => {
  it('tells which column does not balance, and by which numbers', () => {
    const before = zero();
    const cells = withTotals(format, t3, before, {
      ...before,
      't3.1.natural-person': value(12),
      't3.2.natural-person': value(2),
      't3.3.1.natural-person': value(11),
      't3.4.natural-person': value(2),
    });
    const columns = balances(format, t3, cells).filter(({ identity }) => identity.rule === 'T3-01');
    expect(columns.find(({ line }) => line === 'natural-person')).toMatchObject({
      state: 'differs',
      leftSum: '14',
      rightSum: '13',
    });
    expect(columns.filter(({ state }) => state === 'holds').map(({ line }) => line)).toHaveLength(5);
  });
});
