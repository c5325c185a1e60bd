import { fractionDigits, isWhole } from '../decimal.js';
import { cellName, cellsOf } from '../format.js';
import type { CellKind, CellPlace } from '../format-definition.js';
import type { Cell } from '../model.js';
import { ALL_FORMATS, cellAt, passed, placeOf, wholeAt, type Outcome, type Rule, type Subject } from './rule.js';

const MAX_FEE_DECIMALS = 6;

/** Cells of one kind that a test refuses; blanks belong to S07. One pass when all are right; nothing when the form has no such cell. */
function everyCell(
  kind: CellKind,
  right: (cell: Cell) => boolean,
  expected: string,
  expectedEn: string,
): Rule['check'] {
  return ({ report, format }) => {
    const cells = format.tables.flatMap(cellsOf).filter(({ column }) => column.kind === kind);
    const failures = cells.flatMap((at): Outcome[] => {
      const cell = cellAt(report, at);
      if (cell.state === 'unfilled' || cell.state === 'not-applicable' || right(cell)) return [];
      const found = cell.original;
      const message = {
        zh: `${cellName(at)}：“${found}”应为${expected}`,
        en: `${cellName(at)}: "${found}" must be ${expectedEn}`,
      };
      return [{ status: 'fail', place: placeOf(at), expected, found, ...fixFor(found, kind), message }];
    });
    if (failures.length > 0 || cells.length === 0) return failures;
    return [
      passed({ part: 'report' }, `${cells.length} 格均为${expected}`, `all ${cells.length} cells are ${expectedEn}`),
    ];
  };
}

// Digits with separators or a counter (1,234 件) have one reading; anything else needs a person.
function fixFor(text: string, kind: CellKind): { fix?: string } {
  const digits = text
    .normalize('NFKC')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/\s*[件条项个]$/u, '');
  return kind !== 'money' && isWhole(digits) && digits !== text ? { fix: digits } : {};
}

const isCount = (cell: Cell): boolean => cell.state === 'value' && isWhole(cell.value) && !cell.value.startsWith('-');
const isChange = (cell: Cell): boolean => cell.state === 'value' && isWhole(cell.value);
const isMoney = (cell: Cell): boolean => cell.state === 'value' && cell.unit === '元' && !cell.value.startsWith('-');
const isFee = (cell: Cell): boolean =>
  cell.state === 'value' && !cell.value.startsWith('-') && fractionDigits(cell.value) <= MAX_FEE_DECIMALS;

function noNegativeStock({ report, format }: Subject): readonly Outcome[] {
  const cells = format.tables.flatMap(cellsOf);
  return cells.filter(({ column }) => column.kind === 'change').map((at): Outcome => stockOutcome(at, cells, report));
}

function stockOutcome(at: CellPlace, cells: readonly CellPlace[], report: Subject['report']): Outcome {
  const previousAt = cells.find(
    ({ row, block, column }) => row === at.row && block === at.block && column.id === 'previous',
  );
  const previous = previousAt === undefined ? null : wholeAt(report, previousAt);
  const change = wholeAt(report, at);
  const place = placeOf(at);
  const name = at.row.labels.join(' ');
  if (previous === null || change === null) {
    const message = { zh: `${name}：项目数量未填，无法核对`, en: `${name}: numbers missing, cannot be checked` };
    return { status: 'not-assessable', place, message };
  }
  const sum = previous + change;
  const formula = `${previous} ${change < 0n ? '−' : '+'} ${change < 0n ? -change : change} = ${sum} ≥ 0`;
  const numbers = { expected: '≥ 0', found: String(sum), formula };
  if (sum >= 0n) return { ...passed(place, `${name}：${formula}`, `${name}: ${formula}`), ...numbers };
  const message = {
    zh: `${name}：上一年项目数量加本年增/减不能小于 0（${sum}）`,
    en: `${name}: previous items plus change is below 0 (${sum})`,
  };
  return { status: 'fail', place, ...numbers, message };
}

const FORM = '国办公开办函〔2019〕60号、〔2021〕30号';

/** Rules on single figures. Rules of the catalogue: V. */
export const valueRules: readonly Rule[] = [
  {
    id: 'V01',
    severity: 'E',
    overridable: false,
    formats: ALL_FORMATS,
    version: 1,
    scope: 'national',
    source: FORM,
    check: everyCell('count', isCount, '0 或正整数', 'a whole number, 0 or more'),
  },
  {
    id: 'V02',
    severity: 'E',
    overridable: false,
    formats: ['2019'],
    version: 1,
    scope: 'national',
    source: FORM,
    check: everyCell('change', isChange, '带符号的整数（+2、-1）', 'a signed whole number (+2, -1)'),
  },
  {
    id: 'V03',
    severity: 'E',
    overridable: false,
    formats: ['2019'],
    version: 1,
    scope: 'national',
    source: FORM,
    check: everyCell('money', isMoney, '带单位的金额（元或万元）', 'an amount with its unit (元 or 万元)'),
  },
  {
    id: 'V04',
    severity: 'E',
    overridable: false,
    formats: ['2021'],
    version: 1,
    scope: 'national',
    source: FORM,
    check: everyCell('fee', isFee, '以万元计、不超过六位小数的金额', 'an amount in 万元, at most six decimals'),
  },
  {
    id: 'V06',
    severity: 'E',
    overridable: false,
    formats: ['2019'],
    version: 1,
    scope: 'national',
    source: FORM,
    check: noNegativeStock,
  },
];
