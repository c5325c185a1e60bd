import type { Finding } from '../finding.js';
import type { DocumentParagraph, DocumentTable, GridCell, ReportDocument, SourcePlace } from './report-document.js';

/** A stretch of text of the file; `isDoubtful`: what a finding is about. */
export interface PassagePart {
  readonly text: string;
  readonly isDoubtful: boolean;
}

/** One cell of a passage, or its one paragraph. */
export interface PassageCell {
  readonly parts: readonly PassagePart[];
  readonly isDoubtful: boolean;
}

/**
 * Where in the file a finding is, as a person would look it up: of a paragraph the words around, with the beginnings of its neighbours; of a
 * table its head and the row meant.
 */
export interface Passage {
  readonly kind: 'paragraph' | 'table';
  readonly before: string;
  readonly rows: readonly (readonly PassageCell[])[];
  readonly after: string;
}

type Block = DocumentParagraph | DocumentTable;
/** Characters shown on either side of what is meant, and of a neighbouring paragraph. */
const AROUND = 80;
const NEIGHBOUR = 60;
const INVISIBLE = /^U\+([0-9A-F]{4,6})$/;

/** The passage of each finding, in their order; null for one that concerns no place of the file. */
export const passagesOf = (document: ReportDocument, findings: readonly Finding[]): readonly (Passage | null)[] =>
  findings.map((finding) => passageOf(document.blocks, finding));

function passageOf(blocks: readonly Block[], { at, original }: Finding): Passage | null {
  if (at === null) return null;
  const index = blocks.findIndex((block) => stands(block, at));
  const block = blocks[index];
  if (block === undefined) return null;
  const rows =
    block.kind === 'table'
      ? rowsAround(block, at, original)
      : [[{ parts: around(marked(block.text, original)), isDoubtful: false }]];
  return {
    kind: block.kind,
    before: nearest(blocks.slice(0, index).toReversed()),
    rows,
    after: nearest(blocks.slice(index + 1)),
  };
}

function stands(block: Block, at: SourcePlace): boolean {
  if (samePlace(block.at, at)) return true;
  return block.kind === 'table' && block.rows.some((row) => row.some((cell) => samePlace(cell.at, at)));
}

const PARTS = ['line', 'page', 'sheet', 'cell', 'table', 'row', 'column', 'paragraph'] as const;
const samePlace = (one: SourcePlace, other: SourcePlace): boolean => PARTS.every((part) => one[part] === other[part]);

/** The head of a table and the row meant; the head alone where a finding is about the whole. */
function rowsAround({ rows }: DocumentTable, at: SourcePlace, original: string): Passage['rows'] {
  const isMeant = (cell: GridCell): boolean => samePlace(cell.at, at);
  const found = rows.findIndex((row) => row.some(isMeant));
  const shown = [...new Set([0, Math.max(0, found)])].flatMap((row) => (rows[row] === undefined ? [] : [rows[row]]));
  return shown.map((row) =>
    row.map((cell): PassageCell => {
      const isDoubtful = isMeant(cell);
      const parts = isDoubtful ? marked(cell.text, original) : [{ text: cell.text, isDoubtful: false }];
      return { parts, isDoubtful };
    }),
  );
}

/** The text cut where the doubtful words begin and end, wherever they occur; a character nobody sees is shown by its name. */
function marked(text: string, original: string): readonly PassagePart[] {
  const code = INVISIBLE.exec(original)?.[1];
  const wanted = code === undefined ? original : String.fromCodePoint(Number.parseInt(code, 16));
  if (wanted === '') return [{ text, isDoubtful: false }];
  const pieces = text.split(wanted);
  return pieces
    .flatMap((piece, index): PassagePart[] => [
      ...(index === 0 ? [] : [{ text: original, isDoubtful: true }]),
      { text: piece, isDoubtful: false },
    ])
    .filter((part) => part.text !== '');
}

/** Long stretches without a doubt are cut where they are far from one. */
function around(parts: readonly PassagePart[]): readonly PassagePart[] {
  return parts.map(({ text, isDoubtful }, index) => {
    if (isDoubtful || text.length <= 2 * AROUND) return { text, isDoubtful };
    const head = index === 0 ? '' : text.slice(0, AROUND);
    const tail = index === parts.length - 1 && index > 0 ? '' : text.slice(-AROUND);
    return parts.length === 1
      ? { text: `${text.slice(0, 2 * AROUND)}…`, isDoubtful }
      : { text: `${head}…${tail}`, isDoubtful };
  });
}

/** The beginning of the nearest paragraph that says something. */
function nearest(blocks: readonly Block[]): string {
  const found = blocks.find((block) => block.kind === 'table' || block.text.trim() !== '');
  if (found === undefined || found.kind === 'table') return '';
  const text = found.text.trim().replaceAll(/\s+/g, ' ');
  return text.length > NEIGHBOUR ? `${text.slice(0, NEIGHBOUR)}…` : text;
}
