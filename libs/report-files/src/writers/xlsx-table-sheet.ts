import type { Cell as SheetCell, DataValidation, Workbook, Worksheet } from 'exceljs';
import { cellsOf } from '#report/format';
import type { CellPlace, FormatDefinition, TableDefinition } from '#report/format-definition';
import type { AnnualReport, Cell, Cells } from '#report/model';
import type { PrintedTable } from '#report/printed-tables';
import { gridOf } from '#report/writers/table-grid';
import {
  checkFormula,
  checkResult,
  columnChecks,
  sumFormula,
  summandsOf,
  wholeNumberIn,
  type Addresses,
} from './xlsx-formulas.js';
import { nameOfCell, putFigure, putText, validationOf } from './xlsx-cells.js';
import { BORDER, FONT, HEAD_FILL, INPUT_FILL, lockSheet, PRINT_SETUP } from './xlsx-style.js';

interface Subject {
  readonly format: FormatDefinition;
  readonly table: TableDefinition;
  readonly printed: PrintedTable;
  readonly report: AnnualReport;
}

// The caption stands above the grid.
const CAPTION_ROWS = 1;

/** Adds the sheet of one table: head merged as the form, figures to fill in, totals as formulas, checks below. */
export function addTableSheet(workbook: Workbook, subject: Subject): void {
  const { table, printed } = subject;
  const headRows = printed.groups.filter(({ kind }) => kind === 'head').reduce((sum, { rows }) => sum + rows.length, 0);
  const sheet = workbook.addWorksheet(table.name, {
    pageSetup: { ...PRINT_SETUP, printTitlesRow: `1:${CAPTION_ROWS + Math.max(headRows, 1)}` },
    views: [{ state: 'frozen', xSplit: table.labelColumns, ySplit: CAPTION_ROWS + headRows }],
  });
  sheet.columns = Array.from({ length: table.width }, (_, at) => ({ width: widthOf(table, at) }));
  putText(sheet.getCell(1, 1), printed.caption);
  sheet.mergeCells(1, 1, 1, table.width);
  sheet.getCell(1, 1).font = { ...FONT, bold: true, size: 14 };
  const addresses = layGrid(sheet, printed);
  for (const at of cellsOf(table)) fillCell(sheet, at, subject, addresses);
  addChecks(sheet, subject, addresses);
  lockSheet(sheet);
}

function widthOf(table: TableDefinition, at: number): number {
  if (at >= table.labelColumns) return table.width > 10 ? 9 : 14;
  return at === table.labelColumns - 1 ? 44 : 18;
}

function layGrid(sheet: Worksheet, printed: PrintedTable): Addresses {
  const addresses = new Map<string, string>();
  let top = CAPTION_ROWS + 1;
  for (const { rows } of printed.groups) {
    for (const { cell, row, column, begins } of gridOf(rows, printed.columns).flat()) {
      if (!begins) continue;
      const place = sheet.getCell(top + row, column + 1);
      place.font = FONT;
      if (cell.rowSpan > 1 || cell.colSpan > 1) {
        sheet.mergeCells(top + row, column + 1, top + row + cell.rowSpan - 1, column + cell.colSpan);
      }
      place.border = BORDER;
      place.alignment = { vertical: 'middle', horizontal: 'center', wrapText: true };
      if (cell.kind === 'data') addresses.set(cell.cellId, place.address);
      else {
        putText(place, cell.text);
        place.fill = HEAD_FILL;
      }
    }
    top += rows.length;
  }
  return addresses;
}

function fillCell(sheet: Worksheet, at: CellPlace, { format, table, report }: Subject, addresses: Addresses): void {
  const address = addresses.get(at.id);
  const figure = report.tables[table.id]?.[at.id];
  if (address === undefined || figure === undefined) throw new RangeError(`no cell ${at.id}`);
  const cell = sheet.getCell(address);
  cell.name = nameOfCell(at.id);
  putFigure(cell, at.column.kind, figure);
  const summands = summandsOf(at, format);
  if (summands !== null && isItsSum(figure, summands, report.tables[table.id] ?? {})) {
    // An unfilled total waits for its figures, a right one shows the same number; a wrong one stays as the office gave it.
    const result = figure.state === 'value' ? Number(figure.value) : '';
    cell.value = { formula: sumFormula(summands, addresses), result };
    return;
  }
  openForInput(sheet, cell, at);
}

function openForInput(sheet: Worksheet, cell: SheetCell, at: CellPlace): void {
  cell.protection = { locked: false };
  cell.fill = INPUT_FILL;
  // Set as a range of one cell: the library joins equal validations of single cells into ranges that overlap (it sorts D10 before D5), and
  // ranges that overlap are no valid workbook. Its typings leave the list out.
  const { dataValidations } = sheet as Worksheet & { readonly dataValidations: ValidationList };
  dataValidations.add(`${cell.address}:${cell.address}`, validationOf(at.column.kind, cell.address));
}

interface ValidationList {
  add(range: string, validation: DataValidation): void;
}

function isItsSum(total: Cell, summands: readonly string[], cells: Cells): boolean {
  const parts = summands.map((id) => wholeNumberIn(cells[id]));
  if (total.state === 'unfilled') return parts.includes(null);
  return wholeNumberIn(total) !== null && wholeNumberIn(total) === sumOf(parts);
}

function sumOf(parts: readonly (bigint | null)[]): bigint | null {
  return parts.reduce((sofar, part) => (sofar === null || part === null ? null : sofar + part), 0n);
}

function addChecks(sheet: Worksheet, { format, table, report }: Subject, addresses: Addresses): void {
  for (const [index, identity] of columnChecks(table.id, format).entries()) {
    // A blank row keeps the checks out of the table.
    const row = sheet.rowCount + (index === 0 ? 2 : 1);
    putText(sheet.getCell(row, 1), `勾稽关系 ${identity.name}（相符显示 ✓，不符显示相差数）`);
    sheet.mergeCells(row, 1, row, table.labelColumns);
    const [block] = table.blocks;
    for (const [at, { id }] of (block?.columns ?? []).entries()) {
      if (block === undefined) continue;
      const place = { table: table.id, block, column: id };
      const result = checkResult(identity, place, report.tables[table.id] ?? {});
      const cell = sheet.getCell(row, table.labelColumns + at + 1);
      cell.value = { formula: checkFormula(identity, place, addresses), result };
      cell.alignment = { horizontal: 'center' };
    }
  }
}
