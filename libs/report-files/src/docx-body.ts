import type {
  DocumentParagraph,
  DocumentTable,
  FileNotice,
  GridCell,
  SourcePlace,
} from '#report/readers/report-document';
import type { Numbering } from './docx-numbering.js';
import { Notices } from './notices.js';
import type { Attributes, XmlListener } from './xml-door.js';

interface Cell {
  text: string;
  colSpan: number;
  merge: 'restart' | 'continue' | null;
}
interface Table {
  readonly rows: Cell[][];
  readonly no: number;
}
interface Paragraph {
  text: string;
  list: string | null;
  level: number;
}

/** Elements whose content is no running text. */
const LEFT_OUT = new Set([
  'instrText',
  'delInstrText',
  'rPrChange',
  'pPrChange',
  'tblPrChange',
  'tcPrChange',
  'trPrChange',
  'sectPrChange',
  'Fallback',
]);
const WHITE = new Set(['FFFFFF', 'ffffff']);
/** Half-points; smaller text is there not to be seen. */
const SMALLEST = 4;
const ACTIVE_FIELD = /\b(?:INCLUDEPICTURE|INCLUDETEXT|DDE|DDEAUTO|LINK|IMPORT)\b/i;

/**
 * Listens to a walk through word/document.xml (ECMA-376 part 1, 17) and collects paragraphs and tables. Deleted text is kept out or in, inserted text
 * in or out, as `changes` says. Hidden text (vanish, white, tiny) is never taken. Of two renderings of one drawing (AlternateContent) one is read.
 */
export class DocxBody implements XmlListener {
  readonly blocks: (DocumentParagraph | DocumentTable)[] = [];
  readonly notices = new Notices();
  #paragraphs: Paragraph[] = [];
  #tables: Table[] = [];
  #cells: Cell[] = [];
  #tableCount = 0;
  #skip = 0;
  #deleted = 0;
  #inserted = 0;
  #hidden = false;
  #inRun = false;
  #inText = false;
  #inInstruction = false;
  #instruction = '';

  constructor(
    readonly numbering: Numbering,
    readonly changes: 'accept' | 'reject',
  ) {}

  open(name: string, attributes: Attributes): void {
    if (name === 'instrText') this.#inInstruction = true;
    if (this.#skip > 0 || LEFT_OUT.has(name)) {
      this.#skip += 1;
      return;
    }
    this.#opening[name]?.(attributes);
  }

  close(name: string): void {
    if (name === 'instrText') this.#endInstruction();
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    this.#closing[name]?.();
  }

  text(text: string): void {
    if (this.#inInstruction) this.#instruction += text;
    if (this.#skip > 0 || !this.#inText) return;
    if (this.#deleted > 0) this.#note('tracked_deletions', text);
    if (this.#inserted > 0) this.#note('tracked_insertions', text);
    if (this.#hidden) this.#note('hidden_text', text);
    const gone = this.#deleted > 0 && this.changes === 'accept';
    const notYet = this.#inserted > 0 && this.changes === 'reject';
    if (!gone && !notYet && !this.#hidden) this.#write(text);
  }

  readonly #opening: Readonly<Record<string, (attributes: Attributes) => void>> = {
    p: () => this.#paragraphs.push({ text: '', list: null, level: 0 }),
    numId: ({ val = '' }) => this.#change({ list: val }),
    ilvl: ({ val = '0' }) => this.#change({ level: Number(val) }),
    r: () => {
      this.#inRun = true;
      this.#hidden = false;
    },
    vanish: ({ val }) => this.#hide(val !== '0' && val !== 'false'),
    webHidden: ({ val }) => this.#hide(val !== '0' && val !== 'false'),
    color: ({ val = '' }) => this.#hide(WHITE.has(val)),
    sz: ({ val = '' }) => this.#hide(Number(val) < SMALLEST),
    t: () => (this.#inText = true),
    delText: () => (this.#inText = true),
    tab: () => this.#inRun && this.#write('\t'),
    br: () => this.#write('\n'),
    cr: () => this.#write('\n'),
    noBreakHyphen: () => this.#write('-'),
    ins: () => (this.#inserted += 1),
    moveTo: () => (this.#inserted += 1),
    del: () => (this.#deleted += 1),
    moveFrom: () => (this.#deleted += 1),
    tbl: () => this.#tables.push({ rows: [], no: (this.#tableCount += 1) }),
    tr: () => this.#tables.at(-1)?.rows.push([]),
    tc: () => this.#cells.push({ text: '', colSpan: 1, merge: null }),
    gridSpan: ({ val = '1' }) => this.#changeCell({ colSpan: clamp(Number(val)) }),
    vMerge: ({ val }) => this.#changeCell({ merge: val === 'restart' ? 'restart' : 'continue' }),
    commentReference: () => this.#note('comments', ''),
    footnoteReference: () => this.#note('footnotes', ''),
    endnoteReference: () => this.#note('footnotes', ''),
    drawing: () => this.#note('pictures', ''),
    pict: () => this.#note('pictures', ''),
    object: () => this.#note('embedded_objects', ''),
    fldSimple: ({ instr = '' }) => this.#noteField(instr),
  };

  readonly #closing: Readonly<Record<string, () => void>> = {
    p: () => this.#endParagraph(),
    r: () => {
      this.#inRun = false;
      this.#hidden = false;
    },
    t: () => (this.#inText = false),
    delText: () => (this.#inText = false),
    ins: () => (this.#inserted -= 1),
    moveTo: () => (this.#inserted -= 1),
    del: () => (this.#deleted -= 1),
    moveFrom: () => (this.#deleted -= 1),
    tc: () => {
      const cell = this.#cells.pop();
      if (cell !== undefined) this.#tables.at(-1)?.rows.at(-1)?.push(cell);
    },
    tbl: () => {
      const table = this.#tables.pop();
      if (table !== undefined) this.blocks.push(finished(table));
    },
  };

  #write(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph !== undefined) paragraph.text += text;
  }

  #change(part: Partial<Paragraph>): void {
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph !== undefined && !this.#inRun) Object.assign(paragraph, part);
  }

  #changeCell(part: Partial<Cell>): void {
    const cell = this.#cells.at(-1);
    if (cell !== undefined) Object.assign(cell, part);
  }

  // Only what a run says of itself; a paragraph mark may be hidden without hiding its words.
  #hide(hidden: boolean): void {
    if (hidden && this.#inRun) this.#hidden = true;
  }

  #endInstruction(): void {
    this.#inInstruction = false;
    this.#noteField(this.#instruction);
    this.#instruction = '';
  }

  #noteField(instruction: string): void {
    if (ACTIVE_FIELD.test(instruction)) this.#note('active_fields', instruction);
  }

  #note(code: FileNotice['code'], sample: string): void {
    this.notices.add(code, sample, this.#here());
  }

  #here(): SourcePlace {
    const table = this.#tables.at(-1);
    return table === undefined ? { paragraph: this.blocks.length + 1 } : { table: table.no, row: table.rows.length };
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (paragraph === undefined) return;
    const { list, level, text } = paragraph;
    const numbered = list === null || list === '0' ? text : this.numbering.next(list, level) + text;
    const cell = this.#cells.at(-1);
    // A text box is a paragraph within a paragraph; its words come before the line it hangs on.
    if (cell !== undefined) cell.text += cell.text === '' ? numbered : `\n${numbered}`;
    else if (numbered.trim() !== '')
      this.blocks.push({ kind: 'paragraph', text: numbered.trim(), at: { paragraph: this.blocks.length + 1 } });
  }
}

const MOST_COLUMNS = 100;
const clamp = (span: number): number => (Number.isInteger(span) && span >= 1 ? Math.min(span, MOST_COLUMNS) : 1);

/** Vertical merges as row spans: a cell that continues one above is covered by it. */
function finished({ rows, no }: Table): DocumentTable {
  const open = new Map<number, { rowSpan: number }>();
  const out = rows.map((row, r) => {
    let column = 0;
    const cells: GridCell[] = [];
    for (const { text, colSpan, merge } of row) {
      const above = open.get(column);
      if (merge === 'continue' && above !== undefined) above.rowSpan += 1;
      else {
        const at = { table: no, row: r + 1, column: column + 1 };
        const cell = { text: joined(text), colSpan, rowSpan: 1, at };
        cells.push(cell);
        if (merge === 'restart') open.set(column, cell);
        else open.delete(column);
      }
      column += colSpan;
    }
    return cells;
  });
  return { kind: 'table', rows: out, at: { table: no } };
}

// Lines of a narrow cell are one label; between Chinese characters a break is no space.
const joined = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(?<=[\p{Script=Han}）（、]) (?=[\p{Script=Han}（）、])/gu, '')
    .trim();
