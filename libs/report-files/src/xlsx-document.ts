import { isRefusal, refuse, type Refusal } from '#domain/decision';
import { FORMATS } from '#report/format';
import { chapterHeading } from '#report/model';
import type { DocumentParagraph, DocumentTable, ReportDocument } from '#report/readers/report-document';
import { labelKey } from '#report/readers/text-line';
import { Notices } from './notices.js';
import { ownForm } from './xlsx-own-form.js';
import { readSharedStrings, readSheet, type Sheet } from './xlsx-sheet.js';
import { readWorkbook } from './xlsx-workbook.js';
import type { Package } from './zip-door.js';

const MOST_SHEETS = 50;

/**
 * A workbook (ECMA-376 part 1, 18) as a document, sheet by sheet in their order. Figures are the text stored for them, never a rounded number. Rows
 * whose only text is longer than a label, or stands alone, are paragraphs; what stands between two of them is a table. A sheet named after a chapter
 * or table of the form begins with that heading. Refuses oversized_document (limit), broken_file. Throws UnsafePart, UnsafeXml.
 */
export async function xlsxDocument(opened: Package): Promise<ReportDocument | Refusal> {
  const workbook = await readWorkbook(opened);
  if (isRefusal(workbook)) return workbook;
  if (workbook.sheets.length > MOST_SHEETS) return refuse('oversized_document', { limit: `${MOST_SHEETS} sheets` });
  const notices = new Notices();
  const strings = readSharedStrings(await opened.part(workbook.stringsPart));
  const sheets: Sheet[] = [];
  for (const { name, part, hidden } of workbook.sheets) {
    if (hidden) {
      notices.add('hidden_sheets', name, { sheet: name });
      continue;
    }
    const bytes = await opened.part(part);
    if (bytes === null) return refuse('broken_file', { why: `${part} is missing` });
    const sheet = readSheet(bytes, { part, name, strings, styles: workbook.styles, notices });
    if (isRefusal(sheet)) return sheet;
    sheets.push(sheet);
  }
  for (const name of opened.names.filter((entry) => /^xl\/(?:embeddings|activeX|externalLinks)\//.test(entry)))
    notices.add(name.includes('externalLinks') ? 'external_links' : 'embedded_objects', name, {});
  for (const name of opened.names.filter((entry) => /^xl\/(?:comments\d*|threadedComments\/.*)\.xml$/.test(entry)))
    notices.add('comments', name, {});
  const own = ownForm(sheets);
  // The totals of our own form are formulas; elsewhere a formula is worth a look.
  if (own !== null) return { kind: 'xlsx', ...own, notices: notices.list().filter(({ code }) => code !== 'formulas') };
  const blocks: (DocumentParagraph | DocumentTable)[] = [];
  for (const sheet of sheets) blocks.push(...sheetBlocks(sheet, blocks));
  return { kind: 'xlsx', blocks, notices: notices.list() };
}

function sheetBlocks(
  sheet: Sheet,
  before: readonly (DocumentParagraph | DocumentTable)[],
): readonly (DocumentParagraph | DocumentTable)[] {
  const blocks: (DocumentParagraph | DocumentTable)[] = [];
  let rows: Sheet['rows'][number][] = [];
  const finish = (): void => {
    const [first] = rows;
    if (first !== undefined)
      blocks.push({ kind: 'table', rows: rows.map(({ cells }) => cells), at: { sheet: sheet.name, row: first.no } });
    rows = [];
  };
  for (const row of sheet.rows) {
    const filled = row.cells.filter(({ text }) => text.trim() !== '');
    const [only] = filled;
    if (filled.length === 1 && only !== undefined && isProse(only.text)) {
      finish();
      blocks.push({ kind: 'paragraph', text: only.text.trim(), at: only.at });
    } else if (filled.length > 0) rows.push(row);
  }
  finish();
  const heading = headingOf(sheet.name);
  const said = [...before, ...blocks].some(
    (block) => block.kind === 'paragraph' && heading !== null && labelKey(block.text) === labelKey(heading),
  );
  return heading === null || said
    ? blocks
    : [{ kind: 'paragraph', text: heading, at: { sheet: sheet.name } }, ...blocks];
}

/** A text alone in its row is prose, unless the form has it as a label of a table. */
function isProse(text: string): boolean {
  if (!/\p{Script=Han}/u.test(text)) return false;
  const key = labelKey(text);
  return !FORMATS.some(({ tables }) =>
    tables.some(({ blocks }) =>
      blocks.some(
        ({ heading, head, rows }) =>
          (heading !== null && labelKey(heading) === key) ||
          head.flat().some(({ label }) => labelKey(label) === key) ||
          rows.some(({ labels }) => labels.some((label) => labelKey(label) === key)),
      ),
    ),
  );
}

/** The chapter heading a sheet's name stands for: 表三, or the title of the chapter itself. */
function headingOf(name: string): string | null {
  const key = labelKey(name);
  for (const { chapters, tables } of FORMATS.toReversed()) {
    const table = tables.find((candidate) => labelKey(candidate.name) === key);
    const chapter = chapters.find(
      ({ title, table: id }) => labelKey(title) === key || (table !== undefined && id === table.id),
    );
    if (chapter !== undefined) return chapterHeading(chapter);
  }
  return null;
}
