import { cellsOf, formatById } from '../format.js';
import type { AnnualReport, Cell } from '../model.js';
import { REPORT_SCHEMA_ID } from './report-schema.js';

/**
 * The report as indented JSON that names its schema (`$schema`); without that field it is the report `parseAnnualReport` accepts. Fields in the order
 * of the model and cells in the order of the form, so that equal reports give equal text. Throws RangeError for a report that was not parsed.
 */
export function reportJson(report: AnnualReport): string {
  const { format, year, organName, title, preface, period, scope, chapters, contact } = report;
  const ordered = {
    $schema: REPORT_SCHEMA_ID,
    format,
    year,
    organName,
    title,
    preface,
    period: period === null ? null : { from: period.from, to: period.to },
    scope,
    ...(contact === undefined
      ? {}
      : {
          contact: { address: contact.address, postcode: contact.postcode, phone: contact.phone, email: contact.email },
        }),
    chapters: chapters.map((chapter) => ({
      no: chapter.no,
      title: chapter.title,
      ...(chapter.tableAt === undefined ? {} : { tableAt: chapter.tableAt }),
      paragraphs: chapter.paragraphs,
    })),
    tables: orderedTables(report),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

function orderedTables(report: AnnualReport): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const format = formatById(report.format);
  if (format === null) throw new RangeError(`no format ${report.format}`);
  return Object.fromEntries(
    format.tables.map((table) => [
      table.id,
      Object.fromEntries(cellsOf(table).map(({ id }) => [id, orderedCell(report.tables[table.id]?.[id], id)])),
    ]),
  );
}

function orderedCell(cell: Cell | undefined, id: string): Cell {
  if (cell === undefined) throw new RangeError(`the report has no cell ${id}`);
  if (cell.state !== 'value') return { state: cell.state, original: cell.original };
  const { state, value, unit, printUnit, original } = cell;
  return {
    state,
    value,
    ...(unit === undefined ? {} : { unit }),
    ...(printUnit === undefined ? {} : { printUnit }),
    original,
  };
}
