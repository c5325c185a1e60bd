import { cellName, cellsOf } from '../format.js';
import type { RowDefinition, TableDefinition } from '../format-definition.js';
import type { AnnualReport } from '../model.js';
import { failureIn, failuresOr, passagesOf } from './report-passages.js';
import { cellAt, passed, type Outcome, type Subject } from './rule.js';

/** S04: each statutory table holds data. */
export function tablesAreData({ report, format }: Subject): readonly Outcome[] {
  return format.tables.map((table): Outcome => {
    const cells = cellsOf(table);
    const filled = cells.filter((at) => cellAt(report, at).state !== 'unfilled').length;
    const place = { table: table.id };
    const numbers = { expected: String(cells.length), found: String(filled) };
    if (filled > 0) return { ...passed(place, `${table.name}有数据`, `table ${table.id} holds data`), ...numbers };
    const message = {
      zh: `${table.name}：${cells.length} 格都没有数据（图片或文字不算）；请逐格填写`,
      en: `table ${table.id}: none of ${cells.length} cells holds data; a picture or prose does not count; fill them in`,
    };
    return { status: 'fail', place, ...numbers, message };
  });
}

/** S05: the report has every cell of its format. Labels were compared when the file was read. */
export function cellsAreThere({ report, format }: Subject): readonly Outcome[] {
  const failures = format.tables.flatMap((table): readonly Outcome[] => {
    const cells = report.tables[table.id] ?? {};
    const missing = cellsOf(table).filter(({ id }) => !Object.hasOwn(cells, id));
    const total = cellsOf(table).length;
    if (missing.length === total) {
      const message = { zh: `${table.name}：整表缺失；请补全`, en: `table ${table.id}: missing as a whole; add it` };
      return [{ status: 'fail', place: { table: table.id }, expected: String(total), found: '0', message }];
    }
    return missing.map((at): Outcome => {
      const place = { table: table.id, block: at.block.id, row: at.row.id, column: at.column.id, cell: at.id };
      const message = { zh: `${cellName(at)}：缺这一格；请补全`, en: `${cellName(at)}: the cell is missing; add it` };
      return { status: 'fail', place, expected: at.id, found: '', message };
    });
  });
  return failuresOr(
    failures,
    '各表的行、列、格齐全（行列名称在导入文件时核对）',
    'every row, column and cell is there (labels are compared when a file is read)',
  );
}

/** S06: the report has no cell or table that its format does not know. Extra rows of a file are found when it is read. */
export function nothingIsAdded({ report, format }: Subject): readonly Outcome[] {
  const failures = Object.entries(report.tables).flatMap(([id, cells]): readonly Outcome[] => {
    const table = format.tables.find((candidate) => candidate.id === id);
    const known = new Set(table === undefined ? [] : cellsOf(table).map((at) => at.id));
    const added = Object.keys(cells).filter((cell) => !known.has(cell));
    if (table !== undefined && added.length === 0) return [];
    const name = table?.name ?? id;
    const message = {
      zh: `${name}：有格式以外的 ${added.length} 格（${added.slice(0, 5).join('、')}）；请删去`,
      en: `${name}: ${added.length} cells the form does not have (${added.slice(0, 5).join(', ')}); remove them`,
    };
    return [{ status: 'fail', place: { table: id }, expected: '', found: added.join('|'), message }];
  });
  return failuresOr(
    failures,
    '没有格式以外的表、行、列（文件中的多余行列在导入时核对）',
    'no table, row or column beyond the form (those of a file are found when it is read)',
  );
}

/** S07: no blank, stroke or 无 in the tables; one outcome for each row. */
export function noBlankCells({ report, format }: Subject): readonly Outcome[] {
  return format.tables.flatMap((table) => {
    const blanks = table.blocks.flatMap((block) => block.rows.flatMap((row) => blanksOf(report, table, block.id, row)));
    return blanks.length > 0
      ? blanks
      : [passed({ table: table.id }, `${table.name}没有空格`, `table ${table.id} has no blanks`)];
  });
}

function blanksOf(report: AnnualReport, table: TableDefinition, block: string, row: RowDefinition): readonly Outcome[] {
  const blank = cellsOf(table).filter((at) => {
    const { state } = cellAt(report, at);
    return at.row === row && at.block.id === block && (state === 'unfilled' || state === 'not-applicable');
  });
  if (blank.length === 0) return [];
  const columns = blank.map(({ column }) => column.name).join('、');
  const name = [table.name, ...row.labels].join(' ');
  const [only] = blank;
  const single = only !== undefined && blank.length === 1 ? { column: only.column.id, cell: only.id } : {};
  const place = { table: table.id, block, row: row.id, ...single };
  const found = blank.map((at) => cellAt(report, at).original).join('|');
  const message = {
    zh: `${name}：${blank.length} 格未填（${columns}）；没有的填 0`,
    en: `${name}: ${blank.length} cells not filled (${columns}); write 0 for none`,
  };
  return [{ status: 'fail', place, expected: '0', found, fix: '0', message }];
}

/** S08: no head of a table stands a second time, left in the prose of its chapter. */
export function noHeadTwice({ report, format }: Subject): readonly Outcome[] {
  const failures = format.chapters.flatMap(({ no, table: id }) => {
    const table = format.tables.find((candidate) => candidate.id === id);
    if (table === undefined) return [];
    const labels = new Set(table.blocks.flatMap(({ head }) => head.flat().map(({ label }) => labelOf(label))));
    return passagesOf(report)
      .filter(({ kind, place }) => kind === 'paragraph' && 'chapter' in place && place.chapter === no)
      .filter(({ text }) => isHead(text, labels))
      .map((passage) =>
        failureIn(
          passage,
          { from: 0, to: passage.text.length },
          {
            zh: `重复出现${table.name}的表头“${passage.text.trim().slice(0, 40)}”；请删去重复的表头`,
            en: `the head of table ${table.id} stands a second time; remove it`,
            replacement: '',
          },
        ),
      );
  });
  return failuresOr(failures, '没有重复的表头', 'no head stands twice');
}

const labelOf = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '');

// A short label such as 总计 or 其他 alone may be prose; two of them in a row are a head.
function isHead(text: string, labels: ReadonlySet<string>): boolean {
  const parts = text
    .split(/[\t|｜ \u3000]+/u)
    .map(labelOf)
    .filter(Boolean);
  return (
    parts.length > 0 && parts.every((part) => labels.has(part)) && (parts.length > 1 || (parts[0] ?? '').length >= 6)
  );
}
