import {
  AlignmentType,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { chapterHeading, type AnnualReport, type Chapter } from '#report/model';
import type { PrintedCell, PrintedTable } from '#report/printed-tables';
import { writtenTables } from '#report/writers/figure-text';
import { BODY_INDENT, BODY_SPACING, PAGE, pageFooter, runOf, TEXT_WIDTH_TWIPS } from './docx-layout.js';
import { isSecondLevel, linesOf } from './prose-lines.js';
import { reproducibleZip, xmlText } from './reproducible-zip.js';

/**
 * The report as a Word document in the layout of GB/T 9704—2012 as far as it fits a report without letterhead; tables merged as the form, head rows
 * repeated on every page. The same report gives the same bytes: no times, no random ids. A line break inside a text begins a new paragraph. Throws
 * RangeError for a report that was not parsed.
 */
export async function reportDocx(report: AnnualReport): Promise<Uint8Array> {
  const tables = writtenTables(report);
  const document = new Document({
    title: xmlText(report.title),
    creator: xmlText(report.organName),
    lastModifiedBy: xmlText(report.organName),
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: { page: PAGE },
        footers: { default: pageFooter('odd'), even: pageFooter('even') },
        children: [
          titleOf(report.title),
          ...proseOf([report.preface]),
          ...report.chapters.flatMap((chapter) => chapterOf(chapter, tables)),
        ],
      },
    ],
  });
  return reproducibleZip(new Uint8Array(await Packer.toArrayBuffer(document)));
}

function titleOf(title: string): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.TITLE,
    alignment: AlignmentType.CENTER,
    spacing: { before: 0, after: 560, line: 640, lineRule: 'exact' },
    children: [runOf('title', xmlText(title.replace(/\n/g, '')), { color: '000000' })],
  });
}

function chapterOf(chapter: Chapter, tables: readonly PrintedTable[]): readonly (Paragraph | Table)[] {
  const before = chapter.tableAt ?? chapter.paragraphs.length;
  const heading = new Paragraph({
    heading: HeadingLevel.HEADING_1,
    spacing: BODY_SPACING,
    indent: BODY_INDENT,
    keepNext: true,
    children: [runOf('level1', xmlText(chapterHeading(chapter).replace(/\n/g, ' ')), { color: '000000' })],
  });
  return [
    heading,
    ...proseOf(chapter.paragraphs.slice(0, before)),
    ...tables.filter((table) => table.chapter === chapter.no).map(tableOf),
    ...proseOf(chapter.paragraphs.slice(before)),
  ];
}

function proseOf(texts: readonly string[]): readonly Paragraph[] {
  return linesOf(texts).map((line) => {
    const second = isSecondLevel(line);
    return new Paragraph({
      spacing: BODY_SPACING,
      indent: BODY_INDENT,
      ...(second ? { keepNext: true } : { alignment: AlignmentType.BOTH }),
      children: [runOf(second ? 'level2' : 'body', xmlText(line))],
    });
  });
}

function tableOf(table: PrintedTable): Table {
  const widths = columnWidths(table);
  return new Table({
    width: { size: TEXT_WIDTH_TWIPS, type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    rows: table.groups.flatMap((group) =>
      group.rows.map(
        (cells) =>
          new TableRow({
            tableHeader: group.kind === 'head',
            cantSplit: true,
            children: cells.map(tableCellOf),
          }),
      ),
    ),
  });
}

function tableCellOf(cell: PrintedCell): TableCell {
  const label = cell.kind === 'head' && cell.scope.startsWith('row');
  return new TableCell({
    columnSpan: cell.colSpan,
    rowSpan: cell.rowSpan,
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { left: 40, right: 40, top: 30, bottom: 30 },
    children: [
      new Paragraph({
        alignment: label ? AlignmentType.LEFT : AlignmentType.CENTER,
        children: [runOf('table', xmlText(cell.text))],
      }),
    ],
  });
}

/** Grid columns in twips: the labels of 表三 need more room than its figures; the others share the width. */
function columnWidths(table: PrintedTable): readonly number[] {
  const labels = table.columns === 10 ? [1000, 1100, 2100] : [];
  const rest = table.columns - labels.length;
  const each = Math.floor((TEXT_WIDTH_TWIPS - labels.reduce((sum, width) => sum + width, 0)) / rest);
  return [...labels, ...Array.from({ length: rest }, () => each)];
}
