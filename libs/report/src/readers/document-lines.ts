import type { DocumentTable, ReportDocument, SourcePlace } from './report-document.js';
import type { TextLine } from './text-line.js';

/** A document as numbered lines: paragraphs by their text, each table as one empty line that holds its place. */
export interface DocumentLines {
  readonly lines: readonly TextLine[];
  readonly tables: ReadonlyMap<number, DocumentTable>;
  readonly places: ReadonlyMap<number, SourcePlace>;
}

/** Numbers what a document is made of; a line break inside a paragraph begins another line. */
export function documentLines({ kind, blocks }: ReportDocument): DocumentLines {
  const lines: TextLine[] = [];
  const tables = new Map<number, DocumentTable>();
  const places = new Map<number, SourcePlace>();
  for (const block of blocks) {
    const texts = block.kind === 'table' ? [''] : kind === 'text' ? [block.text] : block.text.split('\n');
    for (const text of texts) {
      const no = lines.length + 1;
      lines.push({ no, text });
      places.set(no, block.at);
      if (block.kind === 'table') tables.set(no, block);
    }
  }
  return { lines, tables, places };
}
