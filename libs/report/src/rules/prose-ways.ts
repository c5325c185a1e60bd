import { shiftDecimal } from '../decimal.js';
import { sumDecimals } from '../decimal-sum.js';
import { cellName } from '../format.js';
import type { CellPlace } from '../format-definition.js';
import type { AnnualReport } from '../model.js';
import { tablePlaces } from './figures.js';
import { cellAt, type Subject } from './rule.js';

/** What a number in prose may equal: a sum of cells. `total`: null when one of them holds no number, money in 元; `formula` with the numbers. */
export interface Way {
  readonly total: string | null;
  readonly formula: string;
  readonly name: string;
}

/** The sums a subject stands for in a report. Those whose cells the form does not have are left out. */
export function waysIn(
  ways: readonly (readonly string[])[],
  format: Subject['format'],
  report: AnnualReport,
): readonly Way[] {
  return ways.flatMap((ids) => {
    const cells = ids.map((id) => cellsLike(id, format));
    return cells.some((found) => found.length === 0) ? [] : [sumOf(cells.flat(), report)];
  });
}

function cellsLike(id: string, format: Subject['format']): readonly CellPlace[] {
  const [table = ''] = id.split('.');
  const pattern = new RegExp(`^${id.replaceAll('.', String.raw`\.`).replaceAll('*', String.raw`[^.]+`)}$`);
  return tablePlaces(format, table).filter((place) => pattern.test(place.id));
}

const MOST_NAMED = 3;

function sumOf(cells: readonly CellPlace[], report: AnnualReport): Way {
  const values = cells.map((place) => valueOf(place, report));
  const total = values.some((value) => value === null) ? null : sumDecimals(values.filter((value) => value !== null));
  const names = cells.slice(0, MOST_NAMED).map(cellName).join('＋');
  return {
    total,
    formula: values.map((value) => value ?? '□').join(' + '),
    name: cells.length > MOST_NAMED ? `${names} 等 ${cells.length} 格之和` : names,
  };
}

function valueOf(place: CellPlace, report: AnnualReport): string | null {
  const cell = cellAt(report, place);
  if (cell.state !== 'value') return null;
  // Fees are kept in 万元; prose is compared in 元.
  return place.column.kind === 'fee' ? shiftDecimal(cell.value, 4) : cell.value;
}
