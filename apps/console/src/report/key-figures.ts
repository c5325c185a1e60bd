import type { AnnualReport } from '#report/model';
import type { Key } from '../words/words.js';

/** A figure a leader looks for first, with the cells it is the sum of. */
const FIGURES: readonly { readonly name: Key; readonly cells: readonly string[] }[] = [
  { name: 'case.received', cells: ['t3.1.total'] },
  { name: 'case.carried', cells: ['t3.2.total'] },
  { name: 'case.closed', cells: ['t3.3.7.total'] },
  { name: 'case.pending', cells: ['t3.4.total'] },
  { name: 'case.reconsiderations', cells: ['t4.review.total'] },
  { name: 'case.lawsuits', cells: ['t4.litigation-direct.total', 't4.litigation-after-review.total'] },
];

/** A key figure of this year beside last year's; null where a cell holds no number, which is never 0. */
export interface KeyFigure {
  readonly name: Key;
  readonly value: string | null;
  readonly lastYear: string | null;
}

/** The key figures of a report. `lastYear` null: that report is not here. */
export function keyFigures(report: AnnualReport, lastYear: AnnualReport | null): readonly KeyFigure[] {
  return FIGURES.map(({ name, cells }) => ({
    name,
    value: sumOf(report, cells),
    lastYear: lastYear && sumOf(lastYear, cells),
  }));
}

function sumOf(report: AnnualReport, ids: readonly string[]): string | null {
  let sum = 0n;
  for (const id of ids) {
    const cell = report.tables[id.split('.')[0] ?? '']?.[id];
    if (cell?.state !== 'value' || !/^\d+$/.test(cell.value)) return null;
    sum += BigInt(cell.value);
  }
  return String(sum);
}
