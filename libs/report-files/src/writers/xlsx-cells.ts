import type { Cell as SheetCell, DataValidation } from 'exceljs';
import type { CellKind } from '#report/format-definition';
import type { Cell } from '#report/model';
import { figureText } from '#report/writers/figure-text';
import { xmlText } from './reproducible-zip.js';

// Spreadsheets keep 15 digits of a number; a longer one is written as text and stays exact.
const EXACT_DIGITS = 15;

/** Defined name of a figure: its cell id with underscores, e.g. `t3_1_total`, `t2_20_1_rules_made`. */
export function nameOfCell(id: string): string {
  return id.replace(/[.-]/g, '_');
}

/** Puts text into a cell as text, whatever it begins with; `_x0041_`, which Excel reads as a character, is written so that it stays. */
export function putText(cell: SheetCell, text: string): void {
  cell.value = xmlText(text).replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_');
  cell.numFmt = '@';
}

/** Puts a figure into its cell: a number where a spreadsheet can hold it exactly, else text; an unfilled one leaves the cell empty. */
export function putFigure(cell: SheetCell, kind: CellKind, figure: Cell): void {
  cell.numFmt = FORMATS[kind];
  if (figure.state === 'unfilled') return;
  const isNumber =
    figure.state === 'value' && kind !== 'money' && figure.value.replace(/\D/g, '').length <= EXACT_DIGITS;
  if (isNumber) cell.value = Number(figure.value);
  else putText(cell, figureText(kind, figure));
}

const FORMATS: Readonly<Record<CellKind, string>> = { count: '0', change: '+0;-0;0', money: '@', fee: '0.######' };

const ASK = { showErrorMessage: true, errorStyle: 'warning', allowBlank: true, showInputMessage: true } as const;
const CONFIRM = '如该项确不适用，可填“/”并选择“是”。';
const LARGEST = 999_999_999_999_999;

/** What may be typed into a figure of that kind. Anything else is questioned, not forbidden: `/` means not applicable. */
export function validationOf(kind: CellKind, address: string): DataValidation {
  const errorTitle = '请核对';
  if (kind === 'money') {
    const prompt = '请连同单位填写，例如 1150 万元';
    return {
      ...ASK,
      type: 'textLength',
      operator: 'between',
      formulae: [1, 64],
      promptTitle: '金额',
      prompt,
      errorTitle,
      error: prompt,
    };
  }
  if (kind === 'fee') {
    const error = `应为不小于 0 的数，最多六位小数，单位万元。${CONFIRM}`;
    const formula = `AND(ISNUMBER(${address}),${address}>=0,ROUND(${address},6)=${address})`;
    return {
      ...ASK,
      type: 'custom',
      formulae: [formula],
      promptTitle: '万元',
      prompt: '单位：万元',
      errorTitle,
      error,
    };
  }
  const signed = kind === 'change';
  const error = signed ? `应为整数，减少填负数，例如 -8。${CONFIRM}` : `应为不小于 0 的整数。${CONFIRM}`;
  const range = [signed ? -LARGEST : 0, LARGEST];
  const prompt = signed ? '增加填正数，减少填负数' : '填整数；没有发生的填 0，不要留空';
  return {
    ...ASK,
    type: 'whole',
    operator: 'between',
    formulae: range,
    promptTitle: '数量',
    prompt,
    errorTitle,
    error,
  };
}
