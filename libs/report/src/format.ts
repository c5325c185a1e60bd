import { format2019 } from './formats/format-2019.js';
import { format2021 } from './formats/format-2021.js';
import type { CellPlace, FormatDefinition, TableDefinition } from './format-definition.js';

/** The statutory formats this system comes with, oldest first. */
export const FORMATS: readonly FormatDefinition[] = [format2019, format2021];

let installed: readonly FormatDefinition[] = [];
let all = FORMATS;

/**
 * Adds formats a later notice prescribes, once, when the process starts; they go before the shipped ones for the years they name. Every process that
 * reads, checks or prints reports has to have the same. Throws RangeError for an id that is taken.
 */
export function installFormats(formats: readonly FormatDefinition[]): void {
  const ids = [...FORMATS, ...formats].map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new RangeError(`format ${twice} is defined twice`);
  installed = formats;
  all = formats.length === 0 ? FORMATS : [...FORMATS, ...formats];
}

/** What was installed besides the shipped formats. */
export function installedFormats(): readonly FormatDefinition[] {
  return installed;
}

/** Every format known here, shipped ones first. */
export function allFormats(): readonly FormatDefinition[] {
  return all;
}

/** The format that applies to a report year; null before 2019, when reports had other chapters. */
export function formatFor(year: number): FormatDefinition | null {
  return allFormats().findLast(({ years }) => year >= years.from && (years.to === null || year <= years.to)) ?? null;
}

/** The format of that id; null when there is none. */
export function formatById(id: string): FormatDefinition | null {
  return allFormats().find((format) => format.id === id) ?? null;
}

/** The table of that id. Throws RangeError when the format has none: a defect, ids come from the format itself. */
export function tableOf(format: FormatDefinition, id: string): TableDefinition {
  const table = format.tables.find((candidate) => candidate.id === id);
  if (table === undefined) throw new RangeError(`format ${format.id} has no table ${id}`);
  return table;
}

/** The id of one cell, e.g. `t2.20-1.rules.made`, `t3.3.3.1.natural-person`, `t4.review.upheld`. Empty parts are left out. */
export function cellId(table: string, block: string, row: string, column: string): string {
  return [table, block, row, column].filter((part) => part !== '').join('.');
}

const placesOfTable = new WeakMap<TableDefinition, readonly CellPlace[]>();

/** Every cell of a table, row by row as printed. */
export function cellsOf(table: TableDefinition): readonly CellPlace[] {
  const known = placesOfTable.get(table);
  if (known !== undefined) return known;
  const places = table.blocks.flatMap((block) =>
    block.rows.flatMap((row) =>
      block.columns.map((column) => ({ id: cellId(table.id, block.id, row.id, column.id), table, block, row, column })),
    ),
  );
  placesOfTable.set(table, places);
  return places;
}

/** How people call a cell, e.g. `表二 行政许可 本年增/减`. Group headings of the row come before its own label. */
export function cellName(place: CellPlace): string {
  return [place.table.name, ...place.row.labels, place.column.name].filter((part) => part !== '').join(' ');
}
