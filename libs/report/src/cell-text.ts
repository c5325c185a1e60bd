import { isDecimal, shiftDecimal } from './decimal.js';
import { hanNumber } from './han-numeral.js';
import type { CellKind } from './format-definition.js';
import type { Cell, PrintUnit } from './model.js';

/**
 * Why a cell's value differs from its text: the unit was read out of the cell, a word became a sign, characters were normalised, thousands
 * separators or a counter (件, 条 …) were taken off, a 汉字 numeral was read.
 */
export type CellNote = 'unit' | 'sign' | 'characters' | 'separators' | 'counter' | 'numeral';

/** A cell's text, understood. `note` is set when the value is not simply the text. */
export interface CellReading {
  readonly cell: Cell;
  readonly note: CellNote | null;
}

const LONGEST_FIGURE = 64;
const NOT_APPLICABLE = new Set(['/', '-', '--', '—', '——', '–', '无', '不适用', '\\']);
const POWER: Readonly<Record<PrintUnit, number>> = { 元: 0, 万元: 4, 亿元: 8 };
const PRINT_UNITS: Readonly<Record<string, PrintUnit>> = {
  元: '元',
  万: '万元',
  万元: '万元',
  亿: '亿元',
  亿元: '亿元',
};
const AMOUNT = /^(?<number>(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?)\s*(?<unit>\p{Script=Han}*)$/u;

const COUNTER = /\s*[件条项个次份起宗部]$/u;

/**
 * Reads the text of a cell without guessing: 约, 余, a footnote mark or a unit the form does not expect leave it unreadable, a blank stays unfilled.
 * Thousands separators that part the digits by threes, a counter behind a count and a 汉字 numeral have one reading and are taken with a note.
 * Amounts are kept in 元 with the unit they were printed in. Rules of the catalogue: V01–V04, V07, S07.
 */
export function readCell(kind: CellKind, text: string): CellReading {
  const original = text.trim();
  const plain = original.normalize('NFKC').trim();
  if (plain === '') return { cell: { state: 'unfilled', original }, note: null };
  // Footnote marks and fractions (①, ², ½) would become digits of the figure.
  if (plain.length > LONGEST_FIGURE || /\p{No}/u.test(original))
    return { cell: { state: 'unreadable', original }, note: null };
  if (NOT_APPLICABLE.has(plain)) return { cell: { state: 'not-applicable', original }, note: null };
  if (kind === 'money') return readAmount(plain, original);
  if (kind === 'change') return readChange(plain, original);
  const { figure, note } = kind === 'count' ? plainCount(plain) : withoutSeparators(plain);
  const cell = valueCell(trimFraction(figure), original, kind === 'fee' ? { unit: '万元', printUnit: '万元' } : {});
  if (cell.state !== 'value') return { cell, note: null };
  return { cell, note: note ?? (plain === original ? null : 'characters') };
}

interface PlainFigure {
  readonly figure: string;
  readonly note: CellNote | null;
}

function plainCount(plain: string): PlainFigure {
  const bare = plain.replace(COUNTER, '');
  const numeral = hanNumber(bare);
  if (numeral !== null) return { figure: String(numeral), note: 'numeral' };
  const { figure, note } = withoutSeparators(bare);
  return { figure, note: note ?? (bare === plain ? null : 'counter') };
}

function withoutSeparators(plain: string): PlainFigure {
  const grouped = /^-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(plain);
  return grouped ? { figure: plain.replaceAll(',', ''), note: 'separators' } : { figure: plain, note: null };
}

/** The text that prints a cell: `1150 万元`, `+11`, `0`; the original where there is no value. */
export function printCell(kind: CellKind, cell: Cell): string {
  if (cell.state !== 'value') return cell.original;
  if (kind === 'change') return /^[1-9]/.test(cell.value) ? `+${cell.value}` : cell.value;
  if (kind !== 'money' || cell.unit === undefined || cell.printUnit === undefined) return cell.value;
  return `${shiftDecimal(cell.value, -POWER[cell.printUnit])} ${cell.printUnit}`;
}

/** The text of a cell inside a sentence: no blank before the unit, and the unit where only the head of the column has it. */
export function proseCell(kind: CellKind, cell: Cell): string {
  const text = printCell(kind, cell).replaceAll(' ', '');
  return kind === 'fee' && cell.state === 'value' ? `${text}万元` : text;
}

function valueCell(value: string, original: string, unit: { unit?: '元' | '万元'; printUnit?: PrintUnit }): Cell {
  return isDecimal(value) ? { state: 'value', value, ...unit, original } : { state: 'unreadable', original };
}

// `20.30` is the number 20.3; the text as typed stays in `original`.
function trimFraction(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

function readChange(plain: string, original: string): CellReading {
  const signed = plain.replace(/^(?:增加|增|\+)\s*(?=\d)/, '').replace(/^(?:减少|减|−|–|-)\s*(?=\d)/, '-');
  const value = /^-0$/.test(signed) ? '0' : signed;
  const cell = valueCell(trimFraction(value), original, {});
  const asTyped = value === original || `+${value}` === original;
  return { cell, note: cell.state === 'value' && !asTyped ? 'sign' : null };
}

function readAmount(plain: string, original: string): CellReading {
  const { number, unit = '' } = AMOUNT.exec(plain)?.groups ?? {};
  const printUnit = PRINT_UNITS[unit];
  if (number === undefined || (unit !== '' && printUnit === undefined)) {
    return { cell: { state: 'unreadable', original }, note: null };
  }
  const bare = trimFraction(number.replaceAll(',', ''));
  const grouped = number.includes(',') ? 'separators' : null;
  if (printUnit === undefined) {
    // Zero is zero in any unit; another bare number is ambiguous by a factor of ten thousand and keeps no unit.
    const known = bare === '0' ? ({ unit: '元', printUnit: '元' } as const) : {};
    return { cell: valueCell(bare, original, known), note: grouped };
  }
  const value = isDecimal(bare) ? shiftDecimal(bare, POWER[printUnit]) : bare;
  const cell = valueCell(value, original, { unit: '元', printUnit });
  const asTyped = original.replace(/\s/g, '') === `${bare}${printUnit}`;
  return { cell, note: cell.state === 'value' && !asTyped ? (grouped ?? 'unit') : null };
}
