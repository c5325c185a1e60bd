import { type CellNote, readCell } from '#report/cell-text';
import { isDecimal } from '#report/decimal';
import { sumDecimals } from '#report/decimal-sum';
import type { CellKind } from '#report/format-definition';
import type { Cell } from '#report/model';

const TERM = String.raw`\d+(?:\.\d+)?`;
const FORMULA = new RegExp(`^=\\s*[+-]?\\s*${TERM}(?:\\s*[+-]\\s*${TERM})*$`);
const LONGEST_FORMULA = 200;

/** The exact result of `=7+3`, plus and minus only; null when the text is no such sum. */
export function sumOf(text: string): string | null {
  const plain = text.normalize('NFKC').replaceAll('−', '-').trim();
  if (plain.length > LONGEST_FORMULA || !FORMULA.test(plain)) return null;
  const terms =
    plain
      .slice(1)
      .replaceAll(/\s/g, '')
      .match(new RegExp(`[+-]?${TERM}`, 'g')) ?? [];
  const values = terms.map((term) => canonical(term.replace(/^\+/, '')));
  if (!values.every(isDecimal)) return null;
  const sum = sumDecimals(values);
  return isDecimal(sum) ? sum : null;
}

/** `007` and `2.50` are 7 and 2.5; `-0` is 0. */
function canonical(term: string): string {
  const sign = term.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = term.replace('-', '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '');
  const rest = fraction.replace(/0+$/, '');
  const value = rest === '' ? digits : `${digits}.${rest}`;
  return value === '0' ? '0' : sign + value;
}

/** A text, understood as a figure of this kind. A sum is kept as it was typed beside its result. */
export function readEntry(kind: CellKind, text: string): { readonly cell: Cell; readonly note: CellNote | null } {
  const sum = sumOf(text);
  if (sum === null) return readCell(kind, text);
  const { cell } = readCell(kind, sum);
  return { cell: cell.state === 'value' ? { ...cell, original: text.trim() } : cell, note: null };
}

/** True when two cells hold the same: what was received may differ in spelling. */
export const sameFigure = (one: Cell, other: Cell): boolean =>
  one.state === other.state &&
  (one.state === 'value' && other.state === 'value'
    ? one.value === other.value && one.unit === other.unit
    : one.original === other.original);
