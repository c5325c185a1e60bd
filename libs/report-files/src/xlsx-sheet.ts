import { refuse, type Refusal } from '#domain/decision';
import type { GridCell } from '#report/readers/report-document';
import type { Message } from '#report/place';
import type { Notices } from './notices.js';
import { type Attributes, walkXml } from './xml-door.js';

/** A sheet's rows that hold anything, with their cells in grid order; merged cells carry their spans. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly { readonly no: number; readonly cells: readonly GridCell[] }[];
}

export interface SheetSource {
  readonly part: string;
  readonly name: string;
  readonly strings: readonly string[];
  readonly styles: readonly string[];
  readonly notices: Notices;
}

const LIMITS = { rows: 20_000, columns: 500, cells: 200_000 };

interface RawCell {
  readonly column: number;
  text: string;
  doubt?: Message;
}

/** The strings a workbook shares between cells; phonetic readings are no text. */
export function readSharedStrings(bytes: Uint8Array | null): readonly string[] {
  const strings: string[] = [];
  if (bytes === null) return strings;
  let inText = false;
  let phonetic = 0;
  walkXml(bytes, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') strings.push('');
      if (name === 'rPh') phonetic += 1;
      if (name === 't' && phonetic === 0) inText = true;
    },
    close: (name) => {
      if (name === 'rPh') phonetic -= 1;
      if (name === 't') inText = false;
    },
    text: (text) => {
      if (inText) strings[strings.length - 1] += text;
    },
  });
  return strings;
}

/** Reads one sheet. Refuses oversized_document (limit). Hidden rows and columns are not read. */
export function readSheet(bytes: Uint8Array, source: SheetSource): Sheet | Refusal<'oversized_document'> {
  const reading = new SheetReading(source);
  walkXml(bytes, source.part, reading);
  if (reading.over !== null) return refuse('oversized_document', { limit: reading.over });
  return { name: source.name, rows: reading.rows() };
}

class SheetReading {
  over: string | null = null;
  readonly #rows = new Map<number, RawCell[]>();
  readonly #merges = new Map<string, { colSpan: number; rowSpan: number }>();
  readonly #covered = new Set<string>();
  readonly #hiddenColumns: [from: number, to: number][] = [];
  #row = 0;
  #rowHidden = false;
  #cell: { column: number; type: string; style: string } | null = null;
  #cells = 0;
  #value = '';
  #formula = false;
  #hasValue = false;
  #inValue = false;
  #phonetic = 0;

  constructor(readonly source: SheetSource) {}

  open(name: string, attributes: Attributes): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'col') this.#openColumns(attributes);
    else if (name === 'mergeCell') this.#merge(attributes['ref'] ?? '');
    else if (name === 'f') this.#formula = true;
    else if (name === 'rPh') this.#phonetic += 1;
    else if (name === 'v' || (name === 't' && this.#phonetic === 0)) {
      this.#inValue = true;
      this.#hasValue = true;
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#inValue = false;
    else if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 'c') this.#closeCell();
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
  }

  rows(): Sheet['rows'] {
    let last = 0;
    for (const row of this.#rows.values()) for (const { column } of row) last = Math.max(last, column);
    return [...this.#rows]
      .toSorted(([a], [b]) => a - b)
      .map(([no, raw]) => ({ no, cells: this.#gridCells(no, raw, last) }))
      .filter(({ cells }) => cells.length > 0);
  }

  #openRow({ r, hidden }: Attributes): void {
    this.#row = r === undefined ? this.#row + 1 : Number(r);
    this.#rowHidden = hidden === '1' || hidden === 'true';
    if (this.#rowHidden) this.source.notices.add('hidden_sheets', '', { sheet: this.source.name, row: this.#row });
  }

  #openColumns({ min = '0', max = '0', hidden }: Attributes): void {
    if (hidden !== '1' && hidden !== 'true') return;
    this.#hiddenColumns.push([Number(min), Number(max)]);
    this.source.notices.add('hidden_sheets', '', { sheet: this.source.name, column: Number(min) });
  }

  #openCell({ r = '', t = 'n', s = '' }: Attributes): void {
    const column = columnOf(r) ?? (this.#cell?.column ?? 0) + 1;
    this.#cell = { column, type: t, style: this.source.styles[Number(s)] ?? '' };
    this.#value = '';
    this.#formula = false;
    this.#hasValue = false;
  }

  #closeCell(): void {
    const cell = this.#cell;
    if (cell === null || this.#rowHidden) return;
    if (this.#hiddenColumns.some(([from, to]) => cell.column >= from && cell.column <= to)) return;
    const at = { sheet: this.source.name, cell: nameOf(cell.column, this.#row) };
    if (this.#formula) this.source.notices.add('formulas', this.#value, at);
    if (!this.#hasValue && !this.#formula) return;
    // Far-off cells would make a grid nobody can hold.
    if (this.#row > LIMITS.rows || cell.column > LIMITS.columns)
      this.over ??= `${LIMITS.rows} rows, ${LIMITS.columns} columns`;
    if ((this.#cells += 1) > LIMITS.cells) this.over ??= `${LIMITS.cells} cells`;
    if (this.over !== null) return;
    const row = this.#rows.get(this.#row) ?? [];
    row.push({ column: cell.column, ...this.#shown(cell) });
    this.#rows.set(this.#row, row);
  }

  /** The text a figure is stored as; a doubt where the sheet shows something of another value. */
  #shown({ type, style }: { readonly type: string; readonly style: string }): { text: string; doubt?: Message } {
    if (type === 's') return { text: this.source.strings[Number(this.#value)] ?? '' };
    if (type !== 'n' && type !== '') return { text: this.#value };
    if (this.#formula && this.#value === '')
      return { text: '', doubt: { zh: '公式没有存下结果', en: 'the formula has no stored result' } };
    const text = decimalText(this.#value);
    return hidesValue(style, text)
      ? {
          text,
          doubt: {
            zh: `显示格式 ${style} 与所存数值 ${text} 不同`,
            en: `the display format ${style} shows another value than ${text}`,
          },
        }
      : { text };
  }

  #merge(ref: string): void {
    const [from = '', to = ''] = ref.split(':');
    const [left, right] = [columnOf(from), columnOf(to)];
    const [top, bottom] = [rowOf(from), rowOf(to)];
    if (left === null || right === null || top === null || bottom === null) return;
    const [colSpan, rowSpan] = [Math.min(right, LIMITS.columns) - left + 1, Math.min(bottom, LIMITS.rows) - top + 1];
    if (colSpan < 1 || rowSpan < 1 || this.over !== null) return;
    if (this.#covered.size + colSpan * rowSpan > LIMITS.cells) {
      this.over = `${LIMITS.cells} merged cells`;
      return;
    }
    this.#merges.set(`${left}/${top}`, { colSpan, rowSpan });
    for (let down: number = top; down < top + rowSpan; down += 1)
      for (let across: number = left; across < left + colSpan; across += 1)
        if (down !== top || across !== left) this.#covered.add(`${across}/${down}`);
  }

  /** Cells of a row over the whole width of the sheet, empty ones included, so that columns stay under their heads. */
  #gridCells(no: number, raw: readonly RawCell[], last: number): readonly GridCell[] {
    const byColumn = new Map(raw.map((cell) => [cell.column, cell]));
    const cells: GridCell[] = [];
    for (let column = 1; column <= last; column += 1) {
      if (this.#covered.has(`${column}/${no}`)) continue;
      if (this.#hiddenColumns.some(([from, to]) => column >= from && column <= to)) continue;
      const held: RawCell | undefined = byColumn.get(column);
      const spans = this.#merges.get(`${column}/${no}`) ?? { colSpan: 1, rowSpan: 1 };
      const at = { sheet: this.source.name, cell: nameOf(column, no) };
      cells.push({ text: held?.text ?? '', ...spans, at, ...(held?.doubt === undefined ? {} : { doubt: held.doubt }) });
    }
    return cells.some(({ text }) => text.trim() !== '') ? cells : [];
  }
}

/** `20.300000000000001` is how 20.3 is stored in binary; the shortest decimal that is the same number stands for it. */
function decimalText(stored: string): string {
  if (!/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(stored)) return stored;
  const digits = stored.replace(/\D/g, '').replace(/^0+/, '');
  if (digits.length <= 15 && !/[eE]/.test(stored)) return stored;
  const short = String(Number(stored));
  return /e/i.test(short) ? stored : short;
}

/** True when a number format shows a number of another value: percent, scaled by thousands, or rounded. */
function hidesValue(style: string, text: string): boolean {
  const format = style.split(';')[0] ?? '';
  if (!/^-?\d/.test(text) || /^(?:general|@)?$/i.test(format)) return false;
  if (
    format.includes('%') ||
    /[ymdhs]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]/g, '')) ||
    /0,+(?:\.|$|;|\))/.test(format)
  )
    return true;
  const shown = /0\.(0+)/.exec(format)?.[1]?.length ?? 0;
  return (text.split('.')[1]?.length ?? 0) > shown;
}

function columnOf(name: string): number | null {
  const letters = /^[A-Z]{1,3}/.exec(name)?.[0];
  return letters === undefined
    ? null
    : Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

const rowOf = (name: string): number | null => {
  const digits = /\d+$/.exec(name)?.[0];
  return digits === undefined ? null : Number(digits);
};

function nameOf(column: number, row: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters + String(row);
}
