import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellsOf, formatById, tableOf } from '#report/format';
import type { Cell, Cells } from '#report/model';
import { type ClipCell, clipOfText } from './clipboard-text.js';
import { hasLabels, pastePlan } from './paste-plan.js';

const format = formatById('2021')!;
const t3 = tableOf(format, 't3');
const block = t3.blocks[0]!;
const START = { row: 0, column: 0 };
const blank: Cells = Object.fromEntries(cellsOf(t3).map(({ id }) => [id, { state: 'unfilled', original: '' }]));
const target = { format, table: t3, cells: blank, at: START, isLeft: () => false };

/** The 25 rows of 表三 as a spreadsheet copies them with one column of labels and one row of heads. */
const labelledText = (figure: (row: number, column: number) => string): string =>
  [
    ['', ...block.columns.map(({ label }) => label)],
    ...block.rows.map(({ labels }, row) => [labels.at(-1)!, ...block.columns.map((_, column) => figure(row, column))]),
  ]
    .map((cells) => cells.join('\t'))
    .join('\r\n');

describe('text of a spreadsheet', () => {
  it.each([
    [
      '1\t2\r\n3\t4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['1\t\t3', [['1', '', '3']]],
    ['"a\nb"\t2', [['a\nb', '2']]],
    ['"他说""好"""\t2', [['他说"好"', '2']]],
    ['"开头\t2', [['"开头', '2']]],
    ['1\n2', [['1'], ['2']]],
  ])('%j is %j', (text, rows) => {
    expect(clipOfText(text)?.map((row) => row.map((cell) => cell.text))).toEqual(rows);
  });

  it.each(['12', '12\n', '', '约 5 件'])('%j is one cell and no table', (text) => {
    expect(clipOfText(text)).toBeNull();
  });

  it('comes back from whatever cells it was made of', () => {
    const cell = fc.string({ unit: fc.constantFrom('1', 'a', '"', '\t', '\n', '件') });
    const table = fc
      .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    const quoted = (text: string): string => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(table, (rows) => {
        fc.pre(rows.at(-1)!.some((text) => text !== '')); // a last row of blanks may end in the line feed that closes the text
        const text = rows.map((row) => row.map(quoted).join('\t')).join('\n');
        expect(clipOfText(text)?.map((row) => row.map((one) => one.text))).toEqual(rows);
      }),
    );
  });
});

describe('pasting with labels', () => {
  it('finds all 25 rows and 7 columns, and compares totals instead of taking them', () => {
    const clip = clipOfText(labelledText(() => '0'))!;
    expect(hasLabels(clip, t3)).toBe(true);
    const plan = pastePlan(clip, 'labels', 'unfilled', target);
    expect(plan).toMatchObject({
      size: { rows: 26, columns: 8 },
      recognised: { rows: 25, columns: 7 },
      agreeing: 31,
      differing: [],
      overwritten: 0,
      outside: 0,
    });
    expect(plan.writes).toHaveLength(144);
  });

  it('puts every figure where its labels say, in whatever order the rows come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...block.rows.keys()], { minLength: 25, maxLength: 25 }), (order) => {
        const [head, ...rows] = labelledText((row, column) => String(row * 10 + column)).split('\r\n');
        const clip = clipOfText([head, ...order.map((index) => rows[index])].join('\n'))!;
        const { writes } = pastePlan(clip, 'labels', 'unfilled', target);
        for (const { place, cell } of writes) {
          const [row, column] = [block.rows.indexOf(place.row), block.columns.indexOf(place.column)];
          expect([place.id, cell]).toMatchObject([place.id, { value: String(row * 10 + column) }]);
        }
        expect(writes).toHaveLength(144);
      }),
      { numRuns: 20 },
    );
  });

  it('leaves the decision about dashes to the drafter, and takes no text for a figure', () => {
    const text = labelledText((row, column) => (column > 0 ? '0' : row === 0 ? '—' : row === 1 ? '约3' : '１'));
    const clip = clipOfText(text)!;
    const asked = pastePlan(clip, 'labels', 'unfilled', target);
    expect(asked.dashes.map(({ place }) => place.id)).toEqual(['t3.1.natural-person']);
    expect(asked.writes.some(({ place }) => place.id === 't3.1.natural-person')).toBe(false);
    expect(asked.unreadable.map(({ text: found }) => found)).toEqual(['约3']);
    expect(asked.writes.some(({ place }) => place.id === 't3.2.natural-person')).toBe(false);
    const zero = pastePlan(clip, 'labels', 'zero', target);
    expect(zero.writes.find(({ place }) => place.id === 't3.1.natural-person')?.cell).toMatchObject({ value: '0' });
    expect(zero.writes.filter(({ note }) => note === 'characters')).toHaveLength(22);
  });

  it('shows a total that differs from its parts, and takes neither silently', () => {
    const clip = clipOfText(labelledText((row, column) => (row === 0 && column === 6 ? '5' : '0')))!;
    const plan = pastePlan(clip, 'labels', 'unfilled', target);
    expect(plan.differing).toMatchObject([{ place: { id: 't3.1.total' }, pasted: '5', made: '0' }]);
    expect(plan.agreeing).toBe(30);
  });
});

describe('pasting from a cell on', () => {
  const clip = (...rows: string[][]): ClipCell[][] =>
    rows.map((row) => row.map((text) => ({ text, colSpan: 1, rowSpan: 1 })));

  it('goes right and down, and counts what lies outside', () => {
    const plan = pastePlan(clip(['1', '2'], ['3', '4']), 'position', 'unfilled', {
      ...target,
      at: { row: 24, column: 4 },
    });
    expect(plan.writes.map(({ place, cell }) => [place.id, cell.original])).toEqual([
      ['t3.4.legal-service', '1'],
      ['t3.4.other', '2'],
    ]);
    expect(plan.outside).toBe(2);
  });

  it('writes a merged cell once, where it begins', () => {
    const merged = [[{ text: '7', colSpan: 3, rowSpan: 2 }], [], [{ text: '1', colSpan: 1, rowSpan: 1 }]];
    const plan = pastePlan(merged, 'position', 'unfilled', target);
    expect(plan.writes.map(({ place, cell }) => [place.id, cell.original])).toEqual([
      ['t3.1.natural-person', '7'],
      ['t3.3.1.natural-person', '1'],
    ]);
  });

  it('never clears a cell with a blank, and counts what it would overwrite', () => {
    const filled = { ...blank, 't3.1.natural-person': { state: 'value', value: '5', original: '5' } as Cell };
    const over = { ...target, cells: filled };
    expect(pastePlan(clip(['', '2']), 'position', 'zero', over).writes.map(({ place }) => place.id)).toEqual([
      't3.1.commercial',
    ]);
    expect(pastePlan(clip(['６', '2']), 'position', 'zero', over).overwritten).toBe(1);
    expect(pastePlan(clip(['５', '2']), 'position', 'zero', over).overwritten).toBe(0);
  });
});
