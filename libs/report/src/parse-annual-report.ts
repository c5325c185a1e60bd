import { refuse, type Refusal } from '#domain/decision';
import { isDecimal } from './decimal.js';
import { cellsOf, FORMATS, formatById } from './format.js';
import type { CellKind, FormatDefinition, TableDefinition } from './format-definition.js';
import { MAX_CHAPTERS, type AnnualReport } from './model.js';
import { isRealDate } from './real-date.js';
import {
  checkInteger,
  checkOneOf,
  checkText,
  isObject,
  itemsOf,
  shapeOf,
  type Report,
  type ShapeProblem,
} from './strict-shape.js';

const LIMITS = { title: 200, preface: 20_000, paragraph: 20_000, paragraphs: 500, contact: 300, cell: 500 };
const REPORTED_PROBLEMS = 20;

/**
 * Checks that a value is an annual report in exactly this model: no unknown field, every cell of its format and no other, figures in their
 * only spelling. Says nothing about whether the figures are right: that is `checkReport`.
 * Refuses `invalid_report` with up to 20 problems `{path, expected}` and how many there were.
 */
export function parseAnnualReport(value: unknown): AnnualReport | Refusal<'invalid_report'> {
  const problems: ShapeProblem[] = [];
  if (isAnnualReport(value, problems)) return value;
  return refuse('invalid_report', { problems: problems.slice(0, REPORTED_PROBLEMS), found: problems.length });
}

function isAnnualReport(value: unknown, problems: ShapeProblem[]): value is AnnualReport {
  checkReportShape(value, 'report', (path, expected) => problems.push({ path, expected }));
  return problems.length === 0;
}

/** The same check as part of a larger one: problems go to `report`, paths start with `path`. */
export function checkReportShape(value: unknown, path: string, report: Report): void {
  const required = ['format', 'year', 'organName', 'title', 'preface', 'period', 'scope', 'chapters', 'tables'];
  const body = shapeOf(value, path, { required, optional: ['contact'] }, report);
  if (body === null) return;
  checkInteger(body['year'], `${path}.year`, 2000, 2999, report);
  checkText(body['organName'], `${path}.organName`, { minLength: 1, maxLength: LIMITS.title }, report);
  checkText(body['title'], `${path}.title`, { minLength: 1, maxLength: LIMITS.title }, report);
  checkText(body['preface'], `${path}.preface`, { maxLength: LIMITS.preface }, report);
  checkOneOf(body['scope'], `${path}.scope`, ['organ', 'region'], report);
  checkPeriod(body['period'], `${path}.period`, report);
  if (body['contact'] !== undefined) checkContact(body['contact'], `${path}.contact`, report);
  const format = typeof body['format'] === 'string' ? formatById(body['format']) : null;
  if (format === null) {
    const known = FORMATS.map(({ id }) => id).join(', ');
    return report(`${path}.format`, `one of ${known}`);
  }
  checkChapters(body['chapters'], `${path}.chapters`, format, report);
  checkTables(body['tables'], `${path}.tables`, format, report);
}

function checkPeriod(value: unknown, path: string, report: Report): void {
  if (value === null) return;
  const period = shapeOf(value, path, { required: ['from', 'to'] }, report);
  for (const end of ['from', 'to']) {
    const date = period?.[end];
    if (period !== null && (typeof date !== 'string' || !isRealDate(date)))
      report(`${path}.${end}`, 'a real date YYYY-MM-DD');
  }
}

function checkContact(value: unknown, path: string, report: Report): void {
  const contact = shapeOf(value, path, { required: [], optional: ['address', 'postcode', 'phone', 'email'] }, report);
  for (const [key, text] of Object.entries(contact ?? {})) {
    checkText(text, `${path}.${key}`.slice(0, 200), { minLength: 1, maxLength: LIMITS.contact }, report);
  }
}

function checkChapters(value: unknown, path: string, format: FormatDefinition, report: Report): void {
  itemsOf(value, path, MAX_CHAPTERS, report).forEach((item, index) => {
    const at = `${path}.${index}`;
    const chapter = shapeOf(item, at, { required: ['no', 'title', 'paragraphs'], optional: ['tableAt'] }, report);
    if (chapter === null) return;
    checkInteger(chapter['no'], `${at}.no`, 1, MAX_CHAPTERS, report);
    checkText(chapter['title'], `${at}.title`, { maxLength: LIMITS.title }, report);
    const paragraphs = itemsOf(chapter['paragraphs'], `${at}.paragraphs`, LIMITS.paragraphs, report);
    paragraphs.forEach((text, line) => {
      checkText(text, `${at}.paragraphs.${line}`, { minLength: 1, maxLength: LIMITS.paragraph }, report);
    });
    const holdsTable = format.chapters.some(({ no, table }) => no === chapter['no'] && table !== undefined);
    if (holdsTable) checkInteger(chapter['tableAt'], `${at}.tableAt`, 0, paragraphs.length, report);
    else if (chapter['tableAt'] !== undefined) report(`${at}.tableAt`, 'absent: this chapter holds no table');
  });
}

function checkTables(value: unknown, path: string, format: FormatDefinition, report: Report): void {
  const tables = shapeOf(value, path, { required: format.tables.map(({ id }) => id) }, report);
  for (const table of format.tables) {
    if (tables !== null && Object.hasOwn(tables, table.id))
      checkCells(tables[table.id], `${path}.${table.id}`, table, report);
  }
}

function checkCells(value: unknown, path: string, table: TableDefinition, report: Report): void {
  const places = cellsOf(table);
  const cells = shapeOf(value, path, { required: places.map(({ id }) => id) }, report);
  for (const { id, column } of places) {
    if (cells !== null && Object.hasOwn(cells, id)) checkCell(cells[id], `${path}.${id}`, column.kind, report);
  }
}

function checkCell(value: unknown, path: string, kind: CellKind, report: Report): void {
  const state = isObject(value) ? value['state'] : undefined;
  const required = state === 'value' ? ['state', 'value', 'original'] : ['state', 'original'];
  const optional = state === 'value' && (kind === 'money' || kind === 'fee') ? ['unit', 'printUnit'] : [];
  const cell = shapeOf(value, path, { required, optional }, report);
  if (cell === null) return;
  checkOneOf(state, `${path}.state`, ['value', 'unfilled', 'not-applicable', 'unreadable'], report);
  checkText(cell['original'], `${path}.original`, { maxLength: LIMITS.cell }, report);
  if (state !== 'value') return;
  const figure = cell['value'];
  if (typeof figure !== 'string' || !isDecimal(figure)) {
    report(`${path}.value`, 'an exact decimal such as "0", "12", "-3", "0.092", at most 18 digits');
  }
  checkUnit(cell, path, kind, report);
}

function checkUnit(cell: Record<string, unknown>, path: string, kind: CellKind, report: Report): void {
  if ((cell['unit'] === undefined) !== (cell['printUnit'] === undefined))
    report(path, 'unit and printUnit together or neither');
  const [unit, printUnits] = kind === 'fee' ? ['万元', ['万元']] : ['元', ['元', '万元', '亿元']];
  if (kind === 'fee' && cell['unit'] === undefined) report(`${path}.unit`, '万元');
  if (cell['unit'] !== undefined) checkOneOf(cell['unit'], `${path}.unit`, [unit], report);
  if (cell['printUnit'] !== undefined) checkOneOf(cell['printUnit'], `${path}.printUnit`, printUnits, report);
}
