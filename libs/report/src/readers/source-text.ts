import type { Message } from '../place.js';
import type { SourcePlace } from './report-document.js';

/** A place of a file in words, e.g. 第 3 行, 工作表“表三” C5, 第 2 页第 1 个表第 4 行. */
export function sourceText({ line, page, sheet, cell, table, row, column, paragraph }: SourcePlace): Message {
  const parts: Message[] = [];
  const counted = (count: number | undefined, zh: string, en: string): void => {
    if (count !== undefined) parts.push({ zh: `第 ${count} ${zh}`, en: `${en} ${count}` });
  };
  if (sheet !== undefined) parts.push({ zh: `工作表“${sheet}”`, en: `sheet "${sheet}"` });
  if (cell !== undefined) parts.push({ zh: cell, en: cell });
  counted(page, '页', 'page');
  counted(table, '个表', 'table');
  counted(row, '行', 'row');
  counted(column, '列', 'column');
  counted(line, '行', 'line');
  counted(paragraph, '段', 'paragraph');
  if (parts.length === 0) return { zh: '文件中', en: 'in the file' };
  return { zh: parts.map(({ zh }) => zh).join(' '), en: parts.map(({ en }) => en).join(', ') };
}
