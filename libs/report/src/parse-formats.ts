import { refuse, type Refusal } from '#domain/decision';
import { cellsOf, FORMATS } from './format.js';
import type { FormatDefinition, TableDefinition } from './format-definition.js';
import {
  checkInteger,
  checkOneOf,
  checkText,
  itemsOf,
  shapeOf,
  type Report,
  type ShapeProblem,
} from './strict-shape.js';

const LIMITS = { formats: 20, items: 200, text: 300, span: 60, year: { first: 2000, last: 2999 }, problems: 20 };
const KINDS = ['count', 'change', 'money', 'fee'] as const;
const ID = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;

/**
 * Checks formats of a later notice, as `FormatDefinition` has them (`sunward formats --json` prints the shipped ones to begin with): every field,
 * that cells are told apart, heads are as wide as their table, and sums name rows and columns that exist. Refuses invalid_formats with up to 20 problems.
 */
export function parseFormats(value: unknown): readonly FormatDefinition[] | Refusal<'invalid_formats'> {
  const problems: ShapeProblem[] = [];
  const report: Report = (path, expected) => problems.push({ path, expected });
  const formats = itemsOf(value, 'formats', LIMITS.formats, report);
  formats.forEach((format, index) => checkFormat(format, `formats.${index}`, report));
  if (problems.length === 0) {
    const found = formats as readonly FormatDefinition[];
    checkIds(found, report);
    found.forEach((format, index) => checkMeaning(format, `formats.${index}`, report));
  }
  if (problems.length > 0)
    return refuse('invalid_formats', { problems: problems.slice(0, LIMITS.problems), found: problems.length });
  return formats as readonly FormatDefinition[];
}

function checkFormat(value: unknown, path: string, report: Report): void {
  const required = ['id', 'issued', 'years', 'telltale', 'chapters', 'tables', 'identities'];
  const format = shapeOf(value, path, { required }, report);
  if (format === null) return;
  checkId(format['id'], `${path}.id`, report);
  words(format['issued'], `${path}.issued`, report);
  words(format['telltale'], `${path}.telltale`, report);
  const years = shapeOf(format['years'], `${path}.years`, { required: ['from', 'to'] }, report);
  if (years !== null) {
    checkInteger(years['from'], `${path}.years.from`, LIMITS.year.first, LIMITS.year.last, report);
    if (years['to'] !== null)
      checkInteger(years['to'], `${path}.years.to`, LIMITS.year.first, LIMITS.year.last, report);
  }
  each(format['chapters'], `${path}.chapters`, report, checkChapter);
  each(format['tables'], `${path}.tables`, report, checkTable);
  each(format['identities'], `${path}.identities`, report, checkIdentity);
}

type Check = (value: unknown, path: string, report: Report) => void;

function each(value: unknown, path: string, report: Report, check: Check): void {
  itemsOf(value, path, LIMITS.items, report).forEach((item, index) => check(item, `${path}.${index}`, report));
}

function words(value: unknown, path: string, report: Report, minLength = 1): void {
  checkText(value, path, { minLength, maxLength: LIMITS.text }, report);
}

function checkId(value: unknown, path: string, report: Report): void {
  checkText(value, path, { maxLength: 60, pattern: ID, named: 'an id like t3 or 20-1' }, report);
}

function maybeId(value: unknown, path: string, report: Report): void {
  if (value !== '') checkId(value, path, report);
}

function checkChapter(value: unknown, path: string, report: Report): void {
  const chapter = shapeOf(value, path, { required: ['no', 'title', 'kind'], optional: ['table'] }, report);
  if (chapter === null) return;
  checkInteger(chapter['no'], `${path}.no`, 1, 10, report);
  words(chapter['title'], `${path}.title`, report);
  checkOneOf(chapter['kind'], `${path}.kind`, ['prose', 'table'], report);
  if (chapter['kind'] === 'table') checkId(chapter['table'], `${path}.table`, report);
}

function checkTable(value: unknown, path: string, report: Report): void {
  const table = shapeOf(value, path, { required: ['id', 'name', 'labelColumns', 'width', 'blocks'] }, report);
  if (table === null) return;
  checkId(table['id'], `${path}.id`, report);
  words(table['name'], `${path}.name`, report);
  checkInteger(table['labelColumns'], `${path}.labelColumns`, 0, 10, report);
  checkInteger(table['width'], `${path}.width`, 1, LIMITS.span, report);
  each(table['blocks'], `${path}.blocks`, report, checkBlock);
}

function checkBlock(value: unknown, path: string, report: Report): void {
  const block = shapeOf(value, path, { required: ['id', 'heading', 'head', 'rows', 'columns'] }, report);
  if (block === null) return;
  maybeId(block['id'], `${path}.id`, report);
  if (block['heading'] !== null) words(block['heading'], `${path}.heading`, report);
  each(block['head'], `${path}.head`, report, (row, at) => each(row, at, report, checkHeadCell));
  each(block['rows'], `${path}.rows`, report, (row, at) => {
    const fields = shapeOf(row, at, { required: ['id', 'labels'] }, report);
    if (fields === null) return;
    maybeId(fields['id'], `${at}.id`, report);
    each(fields['labels'], `${at}.labels`, report, words);
  });
  each(block['columns'], `${path}.columns`, report, (column, at) => {
    const fields = shapeOf(column, at, { required: ['id', 'label', 'name', 'kind'] }, report);
    if (fields === null) return;
    checkId(fields['id'], `${at}.id`, report);
    words(fields['label'], `${at}.label`, report);
    words(fields['name'], `${at}.name`, report, 0);
    checkOneOf(fields['kind'], `${at}.kind`, KINDS, report);
  });
}

function checkHeadCell(value: unknown, path: string, report: Report): void {
  const cell = shapeOf(value, path, { required: ['label', 'colSpan', 'rowSpan'] }, report);
  if (cell === null) return;
  words(cell['label'], `${path}.label`, report);
  checkInteger(cell['colSpan'], `${path}.colSpan`, 1, LIMITS.span, report);
  checkInteger(cell['rowSpan'], `${path}.rowSpan`, 1, LIMITS.span, report);
}

function checkIdentity(value: unknown, path: string, report: Report): void {
  const required = ['rule', 'name', 'table', 'across', 'left', 'right'];
  const identity = shapeOf(value, path, { required }, report);
  if (identity === null) return;
  words(identity['rule'], `${path}.rule`, report);
  words(identity['name'], `${path}.name`, report);
  checkId(identity['table'], `${path}.table`, report);
  checkOneOf(identity['across'], `${path}.across`, ['rows', 'columns'], report);
  each(identity['left'], `${path}.left`, report, checkId);
  each(identity['right'], `${path}.right`, report, checkId);
}

function checkIds(formats: readonly FormatDefinition[], report: Report): void {
  const taken = new Set(FORMATS.map(({ id }) => id));
  formats.forEach(({ id }, index) => {
    if (taken.has(id)) report(`formats.${index}.id`, `an id that is not taken, not ${id}`);
    taken.add(id);
  });
}

function checkMeaning({ tables, chapters, identities }: FormatDefinition, path: string, report: Report): void {
  const byId = new Map(tables.map((table) => [table.id, table]));
  if (byId.size < tables.length) report(`${path}.tables`, 'tables with different ids');
  tables.forEach((table, index) => checkGrid(table, `${path}.tables.${index}`, report));
  chapters.forEach(({ no, table }, index) => {
    if (no !== index + 1) report(`${path}.chapters.${index}.no`, `${index + 1}`);
    if (table !== undefined && !byId.has(table)) report(`${path}.chapters.${index}.table`, 'a table of the format');
  });
  identities.forEach(({ table, across, left, right }, index) => {
    const cells = cellsOf(byId.get(table) ?? { id: '', name: '', labelColumns: 0, width: 1, blocks: [] });
    const known = new Set(cells.map(({ row, column }) => (across === 'rows' ? row.id : column.id)));
    const unknown = [...left, ...right].filter((id) => !known.has(id));
    if (unknown.length > 0)
      report(`${path}.identities.${index}`, `${across} of ${table}; it has no ${unknown.join(', ')}`);
  });
}

/** Cells are told apart by their ids, and each head fills the width of its table without overlap. */
function checkGrid(table: TableDefinition, path: string, report: Report): void {
  const ids = cellsOf(table).map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) report(path, `cells with different ids; ${twice} stands twice`);
  table.blocks.forEach(({ head, rows }, index) => {
    const covered = head.map(() => 0);
    head.forEach((cells, row) => {
      for (const { colSpan, rowSpan } of cells)
        for (let down = row; down < Math.min(head.length, row + rowSpan); down += 1)
          covered[down] = (covered[down] ?? 0) + colSpan;
    });
    const wrong = covered.find((width) => width !== table.width);
    if (wrong !== undefined) report(`${path}.blocks.${index}.head`, `rows of width ${table.width}, not ${wrong}`);
    const deepest = Math.max(0, ...rows.map(({ labels }) => labels.length));
    if (deepest > table.labelColumns)
      report(`${path}.blocks.${index}.rows`, `at most ${table.labelColumns} labels a row`);
  });
}
