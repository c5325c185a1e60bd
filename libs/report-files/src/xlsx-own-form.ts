import { chapterNumber } from '#report/model';
import type { DocumentParagraph, DocumentTable, ReportDocument } from '#report/readers/report-document';
import type { Sheet } from './xlsx-sheet.js';

/** Name of the sheet with the texts of our own form, and of its first column. */
const PROSE_SHEET = '正文';
const PROSE_HEAD = '部分';
/** The row under 表三 that shows whether the columns agree: a help, no part of the form. */
const CHECK_ROW = /^勾稽/u;

type OwnForm = Pick<ReportDocument, 'blocks' | 'period'>;

/** Tables by the number of the chapter they stand in, in the order of their sheets: 二, 三, 四. */
const TABLE_CHAPTERS: Readonly<Record<string, number>> = { 表二: 2, 表三: 3, 表四: 4 };

/**
 * The workbook this project offers to fill in, put in reading order: its texts stand on one sheet, part by part, its tables on sheets of their
 * own. Null for any other workbook.
 */
export function ownForm(sheets: readonly Sheet[]): OwnForm | null {
  const prose = sheets.find(({ name }) => name === PROSE_SHEET);
  if (prose?.rows[0]?.cells[0]?.text !== PROSE_HEAD) return null;
  const tables = new Map(sheets.flatMap((sheet) => tableOf(sheet)));
  const blocks: (DocumentParagraph | DocumentTable)[] = [];
  const period: Record<string, string> = {};
  const placed = new Set<number>();
  const place = (chapter: number): void => {
    const table = tables.get(chapter);
    if (table !== undefined && !placed.has(chapter)) blocks.push(table);
    placed.add(chapter);
  };
  for (const { cells } of prose.rows.slice(1)) {
    const [part, content] = cells;
    const text = content?.text.trim() ?? '';
    const { numeral = '', piece = '' } =
      /^(?<numeral>[一二三四五六七八九十]+)、(?<piece>.+)$/u.exec(part?.text ?? '')?.groups ?? {};
    const chapter = chapterNumber(numeral);
    if (chapter !== null && piece === '表后文字') place(chapter);
    if (part?.text.startsWith('统计期限') === true) period[part.text.includes('起') ? 'from' : 'to'] = text;
    else if (content !== undefined && text !== '') {
      const heading = chapter !== null && piece === '标题';
      blocks.push({ kind: 'paragraph', text: heading ? `${numeral}、${text}` : text, at: content.at });
    }
  }
  const { from, to } = period;
  return { blocks, ...(from === undefined || to === undefined ? {} : { period: { from, to } }) };
}

function tableOf({ name, rows }: Sheet): readonly (readonly [number, DocumentTable])[] {
  const chapter = TABLE_CHAPTERS[name];
  if (chapter === undefined) return [];
  const kept = rows.map(({ cells }) => cells).filter(([first]) => !CHECK_ROW.test(first?.text.trim() ?? ''));
  return [[chapter, { kind: 'table', rows: kept, at: { sheet: name } }]];
}
