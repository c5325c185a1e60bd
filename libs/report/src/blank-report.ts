import { refuse, type Refusal } from '#domain/decision';
import { cellsOf, formatFor } from './format.js';
import type { FormatDefinition } from './format-definition.js';
import type { AnnualReport, Cells } from './model.js';

/** Every table of a format with every cell unfilled. */
export function unfilledTables(format: FormatDefinition): AnnualReport['tables'] {
  return Object.fromEntries(
    format.tables.map((table): [string, Cells] => [
      table.id,
      Object.fromEntries(cellsOf(table).map(({ id }) => [id, { state: 'unfilled', original: '' }])),
    ]),
  );
}

/** The statutory title of an organ's report. */
export const statutoryTitle = (organName: string, year: number): string =>
  `${organName}${year}年政府信息公开工作年度报告`;

/** The frame of the format in force for `year`: title, period and chapters, no word of prose and no figure. Refuses unknown_format (year). */
export function blankReport(organName: string, year: number): AnnualReport | Refusal<'unknown_format'> {
  const format = formatFor(year);
  if (format === null) return refuse('unknown_format', { year });
  return {
    format: format.id,
    year,
    organName,
    title: statutoryTitle(organName, year),
    preface: '',
    period: { from: `${year}-01-01`, to: `${year}-12-31` },
    scope: 'organ',
    chapters: format.chapters.map(({ no, title, table }) => ({
      no,
      title,
      paragraphs: [],
      ...(table === undefined ? {} : { tableAt: 0 }),
    })),
    tables: unfilledTables(format),
  };
}
