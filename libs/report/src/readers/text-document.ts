import type { DocumentParagraph, DocumentTable, GridCell, ReportDocument } from './report-document.js';
import { isBlockHeading, rowLine } from './row-line.js';
import { linesOf, type TextLine } from './text-line.js';

/** Characters that draw the columns and the rules of a table in text. */
const BAR = /[|│┃｜]/u;
const RULE = /^[\s|│┃｜+\-—:=─━┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝]+$/u;

/** A text as a document: every line a paragraph, lines drawn with bars (also markdown) a table. */
export function textDocument(text: string): ReportDocument {
  const blocks: (DocumentParagraph | DocumentTable)[] = [];
  let drawn: TextLine[] = [];
  const finish = (): void => {
    if (drawn.length > 0) blocks.push(...drawnBlocks(drawn));
    drawn = [];
  };
  const lines = linesOf(text);
  for (const [index, line] of lines.entries()) {
    if (isDrawn(line.text)) {
      drawn.push(line);
      continue;
    }
    finish();
    blocks.push({ kind: 'paragraph', text: tabbed(lines, index), at: { line: line.no } });
  }
  finish();
  return { kind: 'text', blocks, notices: [] };
}

/** A line as the reader of tables knows rows: with tabs, whatever parted the cells. */
function tabbed(lines: readonly TextLine[], index: number): string {
  const text = lines[index]?.text ?? '';
  const row = rowLine(text);
  if (row !== null || !isBlockHeading(text)) return row ?? text;
  const below = lines.slice(index + 1, index + 4).find((line) => line.text.trim() !== '');
  return below !== undefined && rowLine(below.text) !== null ? `\t${text.trim()}` : text;
}

function isDrawn(text: string): boolean {
  return (
    (text.match(new RegExp(BAR, 'gu')) ?? []).length >= 2 ||
    (RULE.test(text) && /[─━┌├└|+]/u.test(text) && text.trim().length > 2)
  );
}

/** Rows of one width are a grid. Where merged cells were left out the rows differ, and are read one by one by their labels. */
function drawnBlocks(lines: readonly TextLine[]): readonly (DocumentParagraph | DocumentTable)[] {
  const table = drawnTable(lines);
  const width = table.rows[0]?.length ?? 0;
  if (table.rows.every(({ length }) => length === width)) return [table];
  return table.rows.map((row) => ({
    kind: 'paragraph',
    text: `\t${row.map(({ text }) => text).join('\t')}`,
    at: { line: row[0]?.at.line ?? 1 },
  }));
}

function drawnTable(lines: readonly TextLine[]): DocumentTable {
  const rows = lines
    .filter(({ text }) => !RULE.test(text) || !/[─━\-=—]/u.test(text))
    .map(({ no, text }) =>
      barCells(text).map((cell, index): GridCell => ({
        text: cell,
        colSpan: 1,
        rowSpan: 1,
        at: { line: no, column: index + 1 },
      })),
    );
  return { kind: 'table', rows, at: { line: lines[0]?.no ?? 1 } };
}

function barCells(text: string): readonly string[] {
  const trimmed = text.trim();
  const cells = trimmed.split(BAR).map((cell) => cell.trim());
  const from = BAR.test(trimmed.charAt(0)) ? 1 : 0;
  const to = BAR.test(trimmed.at(-1) ?? '') ? -1 : undefined;
  return cells.slice(from, to);
}
