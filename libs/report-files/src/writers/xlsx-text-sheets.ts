import type { Cell as SheetCell, Workbook, Worksheet } from 'exceljs';
import type { FormatDefinition } from '#report/format-definition';
import { chapterNumeral, type AnnualReport, type Chapter } from '#report/model';
import { putText } from './xlsx-cells.js';
import { BORDER, FONT, HEAD_FILL, INPUT_FILL, lockSheet, PRINT_SETUP } from './xlsx-style.js';

// Rows offered for paragraphs yet to be written.
const SPARE_ROWS = 5;

/** Adds the sheet that says how to fill in the others. */
export function addGuideSheet(workbook: Workbook, format: FormatDefinition, report: AnnualReport): void {
  const sheet = workbook.addWorksheet('说明', { pageSetup: PRINT_SETUP });
  sheet.columns = [{ width: 110 }];
  const lines = [
    '政府信息公开工作年度报告填报表',
    `机关：${report.organName}　报告年度：${report.year}年　格式依据：${format.issued}`,
    '1. 只填浅黄色单元格；其余单元格已锁定（未设密码），请勿增删行列、改动表头。',
    '2. 每格都要填写：没有发生的填 0，确不适用的填“/”。空格按“未填”处理，不会当作 0。',
    '3. 数量填整数；“本年增/减”减少填负数；收费金额以万元计，最多六位小数；采购金额请连同单位填写，例如 1150 万元。',
    '4. 总计由公式得出，所属各格填齐后显示；表三下方逐列显示勾稽关系，相符为 ✓，不符为相差数。',
    '5. “正文”每行一段；前言写明统计期限；没有需要报告的事项请写“无”。',
  ];
  lines.forEach((line, at) => {
    const cell = sheet.getCell(at + 1, 1);
    putText(cell, line);
    cell.font = at === 0 ? { ...FONT, bold: true, size: 16 } : FONT;
    cell.alignment = { wrapText: true, vertical: 'middle' };
  });
  lockSheet(sheet);
}

/** Adds 正文: the part in column A, one paragraph per row in column B. Every row of column B has a name, e.g. `report_title`, `chapter_1_text_1`. */
export function addProseSheet(workbook: Workbook, report: AnnualReport): void {
  const sheet = workbook.addWorksheet('正文', {
    pageSetup: { ...PRINT_SETUP, printTitlesRow: '1:1' },
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = [{ width: 30 }, { width: 110 }];
  for (const [at, text] of ['部分', '内容（每行一段）'].entries()) label(sheet.getCell(1, at + 1), text);
  addRow(sheet, '标题', 'report_title', report.title);
  addRows(sheet, '前言', 'report_preface', report.preface.split('\n'), 2);
  addRow(sheet, '统计期限起（YYYY-MM-DD）', 'report_period_from', report.period?.from ?? '');
  addRow(sheet, '统计期限止（YYYY-MM-DD）', 'report_period_to', report.period?.to ?? '');
  for (const chapter of report.chapters) addChapter(sheet, chapter);
  lockSheet(sheet);
}

function addChapter(sheet: Worksheet, { no, title, paragraphs, tableAt }: Chapter): void {
  const numeral = chapterNumeral(no);
  addRow(sheet, `${numeral}、标题`, `chapter_${no}_title`, title);
  if (tableAt === undefined) return addRows(sheet, `${numeral}、正文`, `chapter_${no}_text`, paragraphs, SPARE_ROWS);
  addRows(sheet, `${numeral}、表前文字`, `chapter_${no}_before`, paragraphs.slice(0, tableAt), 1);
  addRows(sheet, `${numeral}、表后文字`, `chapter_${no}_after`, paragraphs.slice(tableAt), 2);
}

function addRows(sheet: Worksheet, part: string, name: string, texts: readonly string[], spare: number): void {
  const filled = texts.filter((text) => text !== '');
  const rows = [...filled, ...Array.from({ length: spare }, () => '')];
  rows.forEach((text, at) => addRow(sheet, part, `${name}_${at + 1}`, text));
}

function addRow(sheet: Worksheet, part: string, name: string, text: string): void {
  const row = sheet.rowCount + 1;
  label(sheet.getCell(row, 1), part);
  const cell = sheet.getCell(row, 2);
  if (text === '') cell.numFmt = '@';
  else putText(cell, text);
  cell.name = name;
  cell.font = FONT;
  cell.border = BORDER;
  cell.fill = INPUT_FILL;
  cell.protection = { locked: false };
  cell.alignment = { wrapText: true, vertical: 'top' };
}

function label(cell: SheetCell, text: string): void {
  putText(cell, text);
  cell.font = FONT;
  cell.border = BORDER;
  cell.fill = HEAD_FILL;
  cell.alignment = { vertical: 'top' };
}
