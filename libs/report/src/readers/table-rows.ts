import type { TableDefinition } from '../format-definition.js';
import type { Message } from '../place.js';
import type { SourcePlace } from './report-document.js';
import { labelKey, type TextLine } from './text-line.js';

/** One cell of a table and the line it stood on; `at` where the kind of file has a finer place, `doubt` when its reader was not sure. */
export interface RawCell {
  readonly text: string;
  readonly line: number;
  readonly at?: SourcePlace;
  readonly doubt?: Message;
}

/** Table cells row by row, with the prose that stood before and after the table. */
export interface RawTable {
  readonly before: readonly TextLine[];
  readonly rows: readonly (readonly RawCell[])[];
  readonly after: readonly TextLine[];
}

type Role = 'head' | 'group' | 'row' | 'figure';

const FIGURE = /^[\d０-９.,，+\-−—/无增减万亿元件\s]{1,20}$/u;

/**
 * Finds the table of a chapter whose text was flattened. With tabs: a tab begins a cell, an empty line ends a row. Without tabs (copied from
 * a web page): one cell per line, told apart by the labels of the form.
 */
export function rawTableOf(body: readonly TextLine[], table: TableDefinition): RawTable {
  const roles = rolesOf(table);
  const tabbed = body.some(({ text }) => isTabbedCell(text));
  const isCell = tabbed ? ({ text }: TextLine) => isTabbedCell(text) : ({ text }: TextLine) => isBareCell(text, roles);
  const first = body.findIndex(isCell);
  if (first < 0) return { before: body, rows: [], after: [] };
  const last = body.findLastIndex(isCell);
  const inside = body.slice(first, last + 1);
  // Prose between two parts of a table is kept after it: no words are lost, whatever the layout was.
  const between = inside.filter((line) => !isCell(line) && line.text.trim() !== '');
  const rows = tabbed ? tabbedRows(inside, isCell) : labelledRows(inside.filter(isCell), roles);
  return { before: body.slice(0, first), rows, after: [...between, ...body.slice(last + 1)] };
}

// A paragraph indented by a tab is prose: it has a full stop, or more words than any label of the form.
function isTabbedCell(text: string): boolean {
  return text.includes('\t') && !/[。；]/.test(text);
}

function isBareCell(text: string, roles: ReadonlyMap<string, Role>): boolean {
  return FIGURE.test(text.trim()) || roles.has(labelKey(text));
}

function tabbedRows(lines: readonly TextLine[], isCell: (line: TextLine) => boolean): readonly (readonly RawCell[])[] {
  const rows: RawCell[][] = [[]];
  for (const line of lines) {
    if (!isCell(line)) {
      if (line.text.trim() === '') rows.push([]);
      continue;
    }
    const cells = line.text
      .replace(/^\t/, '')
      .split('\t')
      .map((text) => ({ text, line: line.no }));
    if (cells.length > 1) rows.push(cells, []);
    else rows.at(-1)?.push(...cells);
  }
  return rows.filter((row) => row.length > 0);
}

function labelledRows(lines: readonly TextLine[], roles: ReadonlyMap<string, Role>): readonly (readonly RawCell[])[] {
  const rows: RawCell[][] = [];
  let previous: Role | null = null;
  for (const { text, no } of lines) {
    const role: Role = roles.get(labelKey(text)) ?? 'figure';
    const continues =
      role === previous || (previous === 'group' && role === 'row') || (previous === 'row' && role === 'figure');
    if (!continues || (role === 'row' && previous === 'row')) rows.push([]);
    rows.at(-1)?.push({ text, line: no });
    previous = role;
  }
  return rows;
}

function rolesOf(table: TableDefinition): ReadonlyMap<string, Role> {
  const roles = new Map<string, Role>();
  for (const { heading, head, rows } of table.blocks) {
    for (const cell of head.flat()) roles.set(labelKey(cell.label), 'head');
    if (heading !== null) roles.set(labelKey(heading), 'head');
    for (const { labels } of rows) {
      labels.forEach((label, depth) => roles.set(labelKey(label), depth === labels.length - 1 ? 'row' : 'group'));
    }
  }
  return roles;
}
