import ExcelJS from 'exceljs';
import { cellsOf, formatById } from '#report/format';
import type { FormatDefinition } from '#report/format-definition';
import type { AnnualReport, Cell } from '#report/model';
import { writtenTables } from '#report/writers/figure-text';
import { reproducibleZip } from './reproducible-zip.js';
import { addTableSheet } from './xlsx-table-sheet.js';
import { addGuideSheet, addProseSheet } from './xlsx-text-sheets.js';

/** Whose report the workbook is for; `report` fills it in and must be of the same format, organ and year are then those of the report. */
export interface TemplateSubject {
  readonly organName: string;
  readonly year: number;
  readonly report?: AnnualReport;
}

/**
 * A workbook to fill in: 说明, 正文 and a sheet per table. Figures are unlocked and checked as they are typed, totals are formulas, nothing is a zero
 * before somebody types it. Every figure and paragraph has a hidden name (`t3_1_total`, `chapter_1_text_1`) that says exactly what it is. Text is stored
 * as text, never as a formula. The same input gives the same bytes. Throws RangeError when `report` is of another format.
 */
export async function xlsxTemplate(
  format: FormatDefinition,
  { organName, year, report = blankReport(format, organName, year) }: TemplateSubject,
): Promise<Uint8Array> {
  if (report.format !== format.id)
    throw new RangeError(`a report of format ${report.format} in a form of ${format.id}`);
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '';
  workbook.lastModifiedBy = '';
  // Totals are worked out when the file is opened, whatever is stored.
  workbook.calcProperties = { fullCalcOnLoad: true };
  addGuideSheet(workbook, format, report);
  addProseSheet(workbook, report);
  for (const printed of writtenTables(report)) {
    const table = format.tables.find(({ id }) => id === printed.id);
    if (table !== undefined) addTableSheet(workbook, { format, table, printed, report });
  }
  // It is packed once, at the end.
  const unpacked = await workbook.xlsx.writeBuffer({ zip: { compression: 'STORE' } });
  return reproducibleZip(new Uint8Array(unpacked), hideNames);
}

/** The workbook filled with a report; totals that are no sum of their figures stay as they are, so that nothing changes. */
export async function reportXlsx(report: AnnualReport): Promise<Uint8Array> {
  const format = formatById(report.format);
  if (format === null) throw new RangeError(`no format ${report.format}`);
  return xlsxTemplate(format, { organName: report.organName, year: report.year, report });
}

// The library cannot hide a name; people should not meet hundreds of them.
function hideNames(path: string, text: string): string {
  return path === 'xl/workbook.xml'
    ? text.replace(/<definedName name="(?=(?:t\d+|report|chapter)_)/g, '<definedName hidden="1" name="')
    : text;
}

function blankReport(format: FormatDefinition, organName: string, year: number): AnnualReport {
  const blank: Cell = { state: 'unfilled', original: '' };
  return {
    format: format.id,
    year,
    organName,
    title: `${organName}${year}年政府信息公开工作年度报告`,
    preface: '',
    period: { from: `${year}-01-01`, to: `${year}-12-31` },
    scope: 'organ',
    chapters: format.chapters.map(({ no, title, table }) => ({
      no,
      title,
      paragraphs: [],
      ...(table === undefined ? {} : { tableAt: 0 }),
    })),
    tables: Object.fromEntries(
      format.tables.map((table) => [table.id, Object.fromEntries(cellsOf(table).map(({ id }) => [id, blank]))]),
    ),
  };
}
