import { readCell, printCell, type CellNote } from '../cell-text.js';
import type { Finding } from '../finding.js';
import { cellName, cellsOf } from '../format.js';
import type { CellPlace, TableDefinition } from '../format-definition.js';
import type { Cell, Cells } from '../model.js';
import type { Place } from '../place.js';
import { figuresOf, type TableFigures, type TableProblem } from './table-figures.js';
import type { RawCell } from './table-rows.js';

/** Every cell of a table as read from a file, with what was noticed on the way. */
export interface TableReading {
  readonly cells: Cells;
  readonly findings: readonly Finding[];
}

/** Makes the cells of a table from its flattened rows. Rows that are missing leave unfilled cells and a finding, never a zero. */
export function readTableCells(rows: readonly (readonly RawCell[])[], table: TableDefinition): TableReading {
  const figures = figuresOf(rows, table);
  const cells: Record<string, Cell> = {};
  const findings = figures.problems.map((problem) => problemFinding(problem, table));
  for (const place of cellsOf(table)) {
    const misfit = figures.misfits.get(place.id);
    const raw = figures.texts.get(place.id);
    if (misfit !== undefined) {
      cells[place.id] = { state: 'unreadable', original: misfit.text.trim() };
      continue;
    }
    const { cell, note } = readCell(place.column.kind, raw?.text ?? '');
    cells[place.id] = cell;
    if (note !== null && raw !== undefined) findings.push(noteFinding(note, place, cell, raw.line));
  }
  findings.push(...missingRows(figures, table));
  return { cells, findings };
}

const NOTES: Readonly<Record<CellNote, { rule: string; severity: 'W' | 'I'; zh: string; en: string }>> = {
  unit: { rule: 'V03', severity: 'W', zh: '已按所写单位换算，请核对', en: 'unit read from the cell, please confirm' },
  sign: { rule: 'V02', severity: 'I', zh: '已改为带符号的整数', en: 'written as a signed whole number' },
  characters: { rule: 'V07', severity: 'I', zh: '已改为半角数字', en: 'characters normalised' },
};

function noteFinding(note: CellNote, at: CellPlace, cell: Cell, line: number): Finding {
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
    line,
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
    repeated_row: {
      rule: 'S06',
      severity: 'W',
      zh: '同一行出现两次，只采用第一次',
      en: 'the row occurs twice; the first was taken',
    },
  };

function problemFinding(problem: TableProblem, table: TableDefinition): Finding {
  const { rule, severity, zh, en } = PROBLEMS[problem.code];
  const place: Place = { table: table.id, block: problem.block, ...(problem.row === '' ? {} : { row: problem.row }) };
  const wanted = problem.expected === '' ? '' : ` ≠ ${problem.expected}`;
  return {
    code: problem.code,
    rule,
    severity,
    place,
    line: problem.line,
    original: problem.found,
    message: {
      zh: `${table.name}第 ${problem.line} 行：${zh}（${problem.found}${wanted}）`,
      en: `table ${table.id}, line ${problem.line}: ${en} (${problem.found}${wanted})`,
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
