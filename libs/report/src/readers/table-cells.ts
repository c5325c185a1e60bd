import { readCell, printCell, type CellNote } from '../cell-text.js';
import type { Finding } from '../finding.js';
import { cellName, cellsOf } from '../format.js';
import type { CellPlace, TableDefinition } from '../format-definition.js';
import type { Cell, Cells } from '../model.js';
import type { Message, Place } from '../place.js';
import type { SourcePlace } from './report-document.js';
import { sourceText } from './source-text.js';
import type { TableFigures, TableProblem } from './table-figures.js';
import type { RawCell } from './table-rows.js';

/** Where a figure was found, its text there, and whether the file leaves no other reading. */
export interface CellSource {
  readonly at: SourcePlace;
  readonly original: string;
  readonly sure: 'certain' | 'probable';
}

/** Every cell of a table as read from a file, where each text was found, and what was noticed on the way. */
export interface TableReading {
  readonly cells: Cells;
  readonly sources: Readonly<Record<string, CellSource>>;
  readonly findings: readonly Finding[];
}

/** Makes the cells of a table from the texts found for them. Rows that are missing leave unfilled cells and a finding, never a zero. */
export function readTableCells(
  figures: TableFigures,
  table: TableDefinition,
  where: (line: number) => SourcePlace,
): TableReading {
  const cells: Record<string, Cell> = {};
  const sources: Record<string, CellSource> = {};
  const findings = figures.problems.map((problem) => problemFinding(problem, table, where(problem.line)));
  for (const place of cellsOf(table)) {
    const misfit = figures.misfits.get(place.id);
    const raw = figures.texts.get(place.id);
    const found = misfit ?? raw;
    if (found !== undefined) sources[place.id] = sourceOf(found, misfit !== undefined);
    if (misfit !== undefined) {
      cells[place.id] = { state: 'unreadable', original: misfit.text.trim() };
      continue;
    }
    const { cell, note } = readCell(place.column.kind, raw?.text ?? '');
    cells[place.id] = cell;
    if (note !== null && raw !== undefined) findings.push(noteFinding(note, place, cell, raw));
    if (raw?.doubt !== undefined) findings.push(doubtFinding(raw.doubt, place, cell, raw));
  }
  findings.push(...missingRows(figures, table));
  return { cells, sources, findings };
}

function sourceOf({ at, line, text, doubt }: RawCell, misfit: boolean): CellSource {
  return { at: at ?? { line }, original: text.trim(), sure: misfit || doubt !== undefined ? 'probable' : 'certain' };
}

function doubtFinding(doubt: Message, at: CellPlace, cell: Cell, raw: RawCell): Finding {
  const name = cellName(at);
  return {
    code: 'cell_doubtful',
    rule: 'S05',
    severity: 'W',
    place: { table: at.table.id, block: at.block.id, row: at.row.id, column: at.column.id, cell: at.id },
    line: raw.at === undefined ? raw.line : (raw.at.line ?? null),
    at: raw.at ?? { line: raw.line },
    original: cell.original,
    message: { zh: `${name}：${doubt.zh}，请与原件核对`, en: `${name}: ${doubt.en}; compare with the file` },
  };
}

const NOTES: Readonly<Record<CellNote, { rule: string; severity: 'W' | 'I'; zh: string; en: string }>> = {
  unit: { rule: 'V03', severity: 'W', zh: '已按所写单位换算，请核对', en: 'unit read from the cell, please confirm' },
  sign: { rule: 'V02', severity: 'I', zh: '已改为带符号的整数', en: 'written as a signed whole number' },
  separators: { rule: 'V01', severity: 'I', zh: '已去掉千分位', en: 'thousands separators taken off' },
  counter: { rule: 'V01', severity: 'I', zh: '已去掉量词', en: 'the counter was taken off' },
  numeral: { rule: 'V07', severity: 'W', zh: '由汉字数字读出，请核对', en: 'read from a 汉字 numeral, please confirm' },
  characters: { rule: 'V07', severity: 'I', zh: '已改为半角数字', en: 'characters normalised' },
};

function noteFinding(note: CellNote, at: CellPlace, cell: Cell, raw: RawCell): Finding {
  const { rule, severity, zh, en } = NOTES[note];
  const printed = printCell(at.column.kind, cell);
  const exact =
    cell.state === 'value' && cell.unit !== undefined ? `${printed}（${cell.value} ${cell.unit}）` : printed;
  const name = cellName(at);
  return {
    code: `cell_${note}`,
    rule,
    severity,
    place: { table: at.table.id, block: at.block.id, row: at.row.id, column: at.column.id, cell: at.id },
    line: raw.at === undefined ? raw.line : (raw.at.line ?? null),
    at: raw.at ?? { line: raw.line },
    original: cell.original,
    replacement: printed,
    message: {
      zh: `${name}：“${cell.original}”读作 ${exact}，${zh}`,
      en: `${name}: "${cell.original}" was read as ${exact}; ${en}`,
    },
  };
}

const PROBLEMS: Readonly<Record<TableProblem['code'], { rule: string; severity: 'E' | 'W'; zh: string; en: string }>> =
  {
    row_width: {
      rule: 'S05',
      severity: 'E',
      zh: '数字个数与栏数不符，未采用',
      en: 'figures do not fit the columns and were not taken over',
    },
    head_differs: {
      rule: 'S05',
      severity: 'W',
      zh: '表头与法定格式不同',
      en: 'the head differs from the statutory one',
    },
    unknown_row: {
      rule: 'S06',
      severity: 'W',
      zh: '法定格式没有这一行，未采用',
      en: 'the statutory table has no such row; not taken over',
    },
    merged_figure: {
      rule: 'S05',
      severity: 'E',
      zh: '一格跨了几个数据栏，未采用',
      en: 'a cell covers several figures and was not taken over',
    },
    repeated_row: {
      rule: 'S06',
      severity: 'W',
      zh: '同一行出现两次，只采用第一次',
      en: 'the row occurs twice; the first was taken',
    },
  };

function problemFinding(problem: TableProblem, table: TableDefinition, at: SourcePlace): Finding {
  const source = sourceText(at);
  const { rule, severity, zh, en } = PROBLEMS[problem.code];
  const place: Place = { table: table.id, block: problem.block, ...(problem.row === '' ? {} : { row: problem.row }) };
  const wanted = problem.expected === '' ? '' : ` ≠ ${problem.expected}`;
  return {
    code: problem.code,
    rule,
    severity,
    place,
    line: at.line ?? null,
    at,
    original: problem.found,
    message: {
      zh: `${table.name}（${source.zh}）：${zh}（${problem.found}${wanted}）`,
      en: `table ${table.id} (${source.en}): ${en} (${problem.found}${wanted})`,
    },
  };
}

function missingRows(figures: TableFigures, table: TableDefinition): readonly Finding[] {
  return table.blocks.flatMap((block) =>
    block.rows.flatMap((row): Finding[] => {
      const places = cellsOf(table).filter((place) => place.block === block && place.row === row);
      if (places.some(({ id }) => figures.texts.has(id) || figures.misfits.has(id))) return [];
      const name = [table.name, ...row.labels].join(' ');
      return [
        {
          code: 'missing_row',
          rule: 'S05',
          severity: 'E',
          place: { table: table.id, block: block.id, row: row.id },
          line: null,
          at: null,
          original: '',
          message: {
            zh: `${name}：文件中没有这一行，按未填处理`,
            en: `${name}: the file has no such row; left unfilled`,
          },
        },
      ];
    }),
  );
}
