import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { blankReport } from '#report/blank-report';
import { formatById } from '#report/format';
import type { AnnualReport, Cell } from '#report/model';
import { figureChoices } from './figure-choices.js';

const blank = blankReport('向阳区', 2026);
if (isRefusal(blank)) throw new Error(blank.refused);
const format = formatById(blank.format)!;
const value = (figure: string): Cell => ({ state: 'value', value: figure, original: figure });
const fee = format.tables
  .flatMap(({ id, blocks }) => blocks.flatMap((block) => block.columns.map((column) => ({ id, block, column }))))
  .find(({ column }) => column.kind === 'fee')!;
const feeCell = Object.keys(blank.tables[fee.id]!).find((id) => id.includes('20-8'))!;
const report: AnnualReport = {
  ...blank,
  tables: {
    ...blank.tables,
    t3: { ...blank.tables['t3']!, 't3.1.natural-person': value('12'), 't3.1.total': value('13') },
    t2: { ...blank.tables['t2']!, [feeCell]: value('2.5') },
  },
};

describe('figures to write into the prose', () => {
  it('are those that are filled, totals first', () => {
    expect(figureChoices(blank, format, '')).toEqual([]);
    expect(figureChoices(report, format, '').map(({ id }) => id)).toEqual([
      't3.1.total',
      feeCell,
      't3.1.natural-person',
    ]);
  });

  it('are found by the words of their cell, all of them, or by the figure itself', () => {
    expect(figureChoices(report, format, '新收 自然人').map(({ text }) => text)).toEqual(['12']);
    expect(figureChoices(report, format, '13').map(({ id }) => id)).toEqual(['t3.1.total']);
    expect(figureChoices(report, format, '新收 结转')).toEqual([]);
  });

  it('have the unit of a column that counts money', () => {
    expect(figureChoices(report, format, '2.5').map(({ text }) => text)).toEqual(['2.5万元']);
  });
});
