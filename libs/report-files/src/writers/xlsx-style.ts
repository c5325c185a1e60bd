import type { Borders, FillPattern, PageSetup, Worksheet } from 'exceljs';

const line = { style: 'thin' } as const;

/** Lines around every cell of a table. */
export const BORDER: Partial<Borders> = { top: line, bottom: line, left: line, right: line };

/** Face of all sheets. */
export const FONT = { name: '宋体', size: 11 };

/** Ground of labels. */
export const HEAD_FILL: FillPattern = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF0F0F0' } };

/** Ground of cells somebody fills in. */
export const INPUT_FILL: FillPattern = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFBE6' } };

/** A4 landscape, one page wide. */
export const PRINT_SETUP: Partial<PageSetup> = {
  paperSize: 9,
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
};

/**
 * Protects a sheet without a password: it guards against slips, not against people. Widths and heights may still be changed. Set directly, because
 * the library's own `protect` is asynchronous for the sake of passwords.
 */
export function lockSheet(sheet: Worksheet): void {
  Object.assign(sheet, { sheetProtection: { sheet: true, formatColumns: true, formatRows: true } });
}
