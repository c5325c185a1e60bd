import type { DocumentParagraph, DocumentTable, GridCell, ReportDocument } from './report-document.js';
import { linesOf, type TextLine } from './text-line.js';

/** Characters that draw the columns and the rules of a table in text. */
const BAR = /[|│┃｜]/u;
const RULE = /^[\s|│┃｜+\-—:=─━┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝]+$/u;

/** A text as a document: every line a paragraph, lines drawn with bars (also markdown) a table. */
export function textDocument(text: string): ReportDocument {
  const blocks: (DocumentParagraph | DocumentTable)[] = [];
  let drawn: TextLine[] = [];
  const finish = (): void => {
    if (drawn.length > 0) blocks.push(drawnTable(drawn));
    drawn = [];
  };
  for (const line of linesOf(text)) {
    if (isDrawn(line.text)) {
      drawn.push(line);
      continue;
    }
    finish();
    blocks.push({ kind: 'paragraph', text: line.text, at: { line: line.no } });
  }
  finish();
  return { kind: 'text', blocks, notices: [] };
}

function isDrawn(text: string): boolean {
  return (
    (text.match(new RegExp(BAR, 'gu')) ?? []).length >= 2 ||
    (RULE.test(text) && /[─━┌├└|+]/u.test(text) && text.trim().length > 2)
  );
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
