import { cellsOf, formatById } from '../format.js';
import type { CellPlace } from '../format-definition.js';
import type { AnnualReport, Cell } from '../model.js';
import type { Message } from '../place.js';
import { csvFile, type CsvField } from './csv-file.js';

/** One column of the figures as CSV, with what it holds. */
export interface CsvColumn extends CsvField {
  readonly meaning: Message;
}

const text = (name: string, zh: string, en: string): CsvColumn => ({ name, content: 'text', meaning: { zh, en } });
const number = (name: string, zh: string, en: string): CsvColumn => ({ name, content: 'number', meaning: { zh, en } });

const COLUMNS: readonly CsvColumn[] = [
  text('organ', '机关全称（取自标题）', 'full name of the organ, as in the title'),
  number('year', '报告年度', 'report year'),
  text('format', '法定格式编号：该格式适用的第一个报告年度', 'statutory format: the first report year it applies to'),
  text('table', '表号：t2 表二、t3 表三、t4 表四', 'table: t2, t3 or t4'),
  text(
    'block',
    '表二分栏编号，例如 20-5 为第二十条第（五）项；其他表为空',
    'block of table 2, such as 20-5; empty elsewhere',
  ),
  text('row_id', '行编号，例如 3.3.1；表四只有一行，为空', 'row id such as 3.3.1; empty for the only row of table 4'),
  text(
    'row_label',
    '行名称，自外层到内层，以空格相连',
    'row labels from the outermost group inwards, joined by spaces',
  ),
  text('column_id', '列编号', 'column id'),
  text('column_label', '列名称', 'column name'),
  text(
    'state',
    '填报状态：value 有数值、unfilled 未填、not-applicable 不适用、unreadable 无法读取；只有 value 有数值，其余均不等于 0',
    'value, unfilled, not-applicable or unreadable; only value has a figure, none of the others is 0',
  ),
  number(
    'value',
    '数值，精确十进制，可为负数；超过 15 位的数字请按文本导入，否则电子表格会四舍五入',
    'exact decimal, may be negative; import as text beyond 15 digits, where spreadsheets round',
  ),
  text(
    'unit',
    '金额单位：元或万元；计数列、未写单位的金额为空',
    'unit of money, 元 or 万元; empty for counts and where none was written',
  ),
  text('original', '单元格原文', 'the text as received'),
];

/** What the columns of `reportCsv` hold, in their order. A text that begins with an apostrophe is the text after that apostrophe. */
export function csvDictionary(): readonly CsvColumn[] {
  return COLUMNS;
}

/**
 * Every figure of the report, one per line, in the order of the form: UTF-8 text with byte order mark, RFC 4180, CRLF, header line from
 * `csvDictionary`; text guarded as in `csvRecord`. The columns `year` and `value` hold numbers only and are never touched: -8 stays -8. Throws RangeError for a report that was not parsed.
 */
export function reportCsv(report: AnnualReport): string {
  const format = formatById(report.format);
  if (format === null) throw new RangeError(`no format ${report.format}`);
  const records = format.tables.flatMap(cellsOf).map((at) => recordOf(report, at));
  return csvFile(COLUMNS, records);
}

function recordOf(report: AnnualReport, at: CellPlace): readonly string[] {
  const cell = report.tables[at.table.id]?.[at.id];
  if (cell === undefined) throw new RangeError(`the report has no cell ${at.id}`);
  return [
    report.organName,
    String(report.year),
    report.format,
    at.table.id,
    at.block.id,
    at.row.id,
    at.row.labels.join(' '),
    at.column.id,
    at.column.name,
    cell.state,
    cell.state === 'value' ? cell.value : '',
    unitOf(cell),
    cell.original,
  ];
}

function unitOf(cell: Cell): string {
  return cell.state === 'value' ? (cell.unit ?? '') : '';
}
