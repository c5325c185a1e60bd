import { isRefusal, refuse, type Refusal } from '#domain/decision';
import type { DocumentParagraph, DocumentTable, ReportDocument } from '#report/readers/report-document';
import { Notices } from './notices.js';
import { pageContent } from './pdf-content.js';
import { MOST_CHARACTERS, openPdf, refusalOf } from './pdf-engine.js';
import { linesOf, type PdfLine } from './pdf-lines.js';
import type { PageContent } from './pdf-page.js';
import { joinedTables, type PdfTable, tablesOf } from './pdf-tables.js';

/** A page with its tables, and the lines of text that stand outside them. */
interface ReadPage {
  readonly page: number;
  readonly tables: readonly PdfTable[];
  readonly lines: readonly PdfLine[];
  readonly left: number;
  readonly right: number;
}

/** Share of the page height at either end in which running heads and page numbers stand. */
const EDGE = 0.09;
const PAGE_NUMBER = /^[-–—\s]*第?\s*\d{1,4}\s*(?:页|\/\s*\d{1,4})?\s*(?:共\s*\d{1,4}\s*页)?[-–—\s]*$/u;
const RADICAL = /[\u2e80-\u2fdf\uf900-\ufaff]/gu;
/** Shares of the glyph height: an indent, a line that reaches the right edge, lines of one paragraph. */
const INDENT = 0.8;
const REACHES = 2.2;
const LEADING = 1.45;
/** Glyph heights by which the first line of a paragraph is indented, and how exactly. */
const FIRST_LINE = 2;
const FIRST_LINE_BOUND = 0.2;

/**
 * A PDF with a text layer as paragraphs and ruled tables in reading order. What nobody sees is not read; running heads and page numbers are left out;
 * nothing is run, fetched or drawn. Refuses what `openPdf` refuses, broken_file, oversized_document and scanned_file (pages without any text).
 */
export async function pdfDocument(bytes: Uint8Array): Promise<ReportDocument | Refusal> {
  const file = await openPdf(bytes);
  if (isRefusal(file)) return file;
  try {
    const pages: PageContent[] = [];
    let characters = 0;
    for (let number = 1; number <= file.numPages; number += 1) {
      const page = await pageContent(file, await file.getPage(number));
      characters += page.glyphs.length;
      if (characters > MOST_CHARACTERS) return refuse('oversized_document', { limit: `${MOST_CHARACTERS} characters` });
      pages.push(page);
    }
    if (pages.every(({ glyphs }) => glyphs.every(({ text }) => text.trim() === '')))
      return refuse('scanned_file', { pages: pages.length });
    return documentOf(pages);
  } catch (error) {
    return refusalOf(error);
  } finally {
    await file.loadingTask.destroy();
  }
}

function documentOf(pages: readonly PageContent[]): ReportDocument {
  const notices = new Notices();
  const read = withMargins(pages.map((page) => readPage(page, notices)));
  const furniture = furnitureOf(read, pages);
  const blocks: (DocumentParagraph | DocumentTable)[] = [];
  const writer = new BlockWriter(blocks);
  for (const page of read) {
    const lines = page.lines.filter((line) => {
      if (!furniture.has(line)) return true;
      notices.add('page_furniture', line.text, { page: page.page });
      return false;
    });
    writer.addPage({ ...page, lines });
  }
  writer.finish();
  for (const block of blocks)
    for (const found of (block.kind === 'paragraph' ? block.text : '').match(RADICAL) ?? [])
      notices.add('radicals', found, block.at);
  return { kind: 'pdf', blocks, notices: notices.list() };
}

function readPage(page: PageContent, notices: Notices): ReadPage {
  const at = { page: page.page };
  if (page.hidden.length > 0) notices.add('hidden_text', page.hidden.map(({ text }) => text).join(''), at);
  for (const { x0, y0, x1, y1 } of page.pictures) if (x1 - x0 > 20 && y1 - y0 > 20) notices.add('pictures', '', at);
  const tables = tablesOf(page);
  const outside = page.glyphs.filter(
    ({ cx, cy, turn }) =>
      turn === 'none' && !tables.some(({ box }) => cx > box.x0 && cx < box.x1 && cy > box.y0 && cy < box.y1),
  );
  const lines = linesOf(outside);
  return {
    page: page.page,
    tables,
    lines,
    left: Math.min(...lines.map(({ x0 }) => x0)),
    right: Math.max(...lines.map(({ x1 }) => x1), ...tables.map(({ box }) => box.x1)),
  };
}

/**
 * Pages with the margins of the text as all of them show it. A page on which every paragraph is one line shows neither where
 * its text begins, since each line is indented by two characters, nor how far it reaches. Margins that alternate stay as they are.
 */
function withMargins(pages: readonly ReadPage[]): readonly ReadPage[] {
  const leftmost = Math.min(...pages.map(({ left }) => left));
  const begun = pages.map((page) => {
    const size = page.lines.find(({ x0 }) => x0 === page.left)?.size ?? 0;
    const indented = Math.abs(page.left - leftmost - FIRST_LINE * size) < FIRST_LINE_BOUND * size;
    return indented ? { ...page, left: leftmost } : page;
  });
  const measure = Math.max(...begun.filter(({ lines }) => lines.length > 0).map(({ left, right }) => right - left));
  return begun.map((page) => ({ ...page, right: Math.max(page.right, page.left + measure) }));
}

/** What stands at the edge of pages and says the same on several, or only a page number. */
function furnitureOf(read: readonly ReadPage[], pages: readonly PageContent[]): ReadonlySet<PdfLine> {
  const atEdge = read.flatMap(({ lines }, index) => {
    const height = pages[index]?.height ?? 0;
    return lines.filter(({ y }) => y < height * EDGE || y > height * (1 - EDGE));
  });
  const key = ({ text }: PdfLine): string => text.replace(/\d+/g, '#').replace(/\s+/g, '');
  const counts = new Map<string, number>();
  for (const line of atEdge) counts.set(key(line), (counts.get(key(line)) ?? 0) + 1);
  return new Set(atEdge.filter((line) => PAGE_NUMBER.test(line.text) || (counts.get(key(line)) ?? 0) > 1));
}

/** Joins wrapped lines to paragraphs and pieces of a table to the table, over pages. */
class BlockWriter {
  #words = '';
  #wordsAt: PdfLine | null = null;
  #page = 0;
  #tables = 0;
  #table: PdfTable | null = null;

  constructor(private readonly blocks: (DocumentParagraph | DocumentTable)[]) {}

  addPage(page: ReadPage): void {
    const items = [
      ...page.lines.map((line) => ({ y: line.y, line, table: null })),
      ...page.tables.map((table) => ({ y: table.box.y0, line: null, table })),
    ].toSorted((a, b) => a.y - b.y);
    for (const { line, table } of items) {
      if (table !== null) this.#addTable(table, page);
      else if (line !== null) this.#addLine(line, page);
    }
    // A paragraph may go on after the break; whether it does its next line says.
    if (page.page === this.#page && this.#wordsAt !== null && !reaches(this.#wordsAt, page)) this.#endParagraph();
  }

  finish(): void {
    this.#endParagraph();
  }

  #addLine(line: PdfLine, page: ReadPage): void {
    this.#table = null;
    const last = this.#wordsAt;
    const goesOn =
      last !== null &&
      !line.text.includes('\t') &&
      !this.#words.includes('\t') &&
      Math.abs(line.size - last.size) < 1 &&
      line.x0 - page.left < INDENT * line.size &&
      reaches(last, page) &&
      (page.page !== this.#page || line.y - last.y < LEADING * line.size + line.size * 0.6) &&
      !/^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)/u.test(line.text);
    if (!goesOn) this.#endParagraph();
    const space =
      goesOn && /[\p{Script=Latin}\d]$/u.test(this.#words) && /^[\p{Script=Latin}]/u.test(line.text) ? ' ' : '';
    this.#words += space + line.text;
    this.#wordsAt = line;
    this.#page = page.page;
  }

  #addTable(table: PdfTable, { page }: ReadPage): void {
    this.#endParagraph();
    const whole = this.#table === null ? null : joinedTables(this.#table, table);
    const last = this.blocks.at(-1);
    if (whole !== null && last?.kind === 'table') {
      this.#table = whole;
      this.blocks.splice(-1, 1, { ...last, rows: whole.rows });
      return;
    }
    this.#tables += 1;
    this.#table = table;
    this.blocks.push({ kind: 'table', rows: table.rows, at: { page, table: this.#tables } });
  }

  #endParagraph(): void {
    const text = this.#words.trim();
    if (text !== '')
      this.blocks.push({ kind: 'paragraph', text, at: { page: this.#page, paragraph: this.blocks.length + 1 } });
    this.#words = '';
    this.#wordsAt = null;
  }
}

function reaches({ x1, size }: PdfLine, { right }: ReadPage): boolean {
  return right - x1 < REACHES * size;
}
