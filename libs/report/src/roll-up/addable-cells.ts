import { cellId, cellsOf } from '../format.js';
import type { CellPlace, FormatDefinition } from '../format-definition.js';

/**
 * One figure that adds up over units. `places`: the cells of the form it stands for, one unless rows were collapsed so that two formats can be
 * compared. `regulations`: 规章, which only some levels may make.
 */
export interface AddableCell {
  readonly id: string;
  readonly places: readonly CellPlace[];
  readonly regulations: boolean;
}

const DECISIONS = 'decisions';
const REGULATIONS = 'rules';

/**
 * What adds up: 表三 and 表四 whole, of 表二 decisions, fees and 规章. Numbers of items and other documents do not: units share them.
 * Source: 条例第四十九条, 立法法第九十一条、第九十三条.
 */
function adds({ table, row, column }: CellPlace): boolean {
  if (table.id !== 't2') return column.kind === 'count';
  return column.id === DECISIONS || column.kind === 'fee' || row.id === REGULATIONS;
}

/** The figures that add up for a form, and those rows that have to be collapsed because a unit's form has one row where this one has several. */
export function addableCells(format: FormatDefinition, others: readonly FormatDefinition[]): readonly AddableCell[] {
  const own = format.tables.flatMap((table) =>
    cellsOf(table)
      .filter(adds)
      .map((place) => ({ id: place.id, places: [place], regulations: isRegulations(place) })),
  );
  const collapsed = new Map<string, AddableCell>();
  for (const other of others) {
    for (const coarse of other.tables.flatMap(cellsOf).filter(adds)) {
      const places = finer(coarse, format);
      if (places.length > 0) collapsed.set(coarse.id, { id: coarse.id, places, regulations: false });
    }
  }
  return [...own, ...collapsed.values()];
}

/**
 * The cells of a unit's form that make up a figure; null when the two forms cannot be compared there: 规章 are counted otherwise in each, and the
 * fees of one are items in the other. Source: 国办公开办函〔2019〕60号 against 〔2021〕30号.
 */
export function cellsFor(
  cell: AddableCell,
  format: FormatDefinition,
  unitFormat: FormatDefinition,
): readonly CellPlace[] | null {
  if (unitFormat.id === format.id) return cell.places;
  const [first] = cell.places;
  if (cell.regulations || first === undefined) return null;
  const same = unitFormat.tables.flatMap(cellsOf).find(({ id }) => id === cell.id);
  if (same !== undefined) return same.column.kind === first.column.kind ? [same] : null;
  const parts = finer(first, unitFormat);
  return parts.length > 0 ? parts : null;
}

function isRegulations({ table, row }: CellPlace): boolean {
  return table.id === 't2' && row.id === REGULATIONS;
}

/** The rows of a form that part one row of another form: `3.6.1` to `3.6.3` for `3.6`. */
function finer({ table, block, row, column }: CellPlace, format: FormatDefinition): readonly CellPlace[] {
  const prefix = `${row.id}.`;
  return format.tables
    .filter(({ id }) => id === table.id && row.id !== '')
    .flatMap(cellsOf)
    .filter(
      (place) =>
        place.block.id === block.id &&
        place.row.id.startsWith(prefix) &&
        place.id === cellId(table.id, block.id, place.row.id, column.id),
    );
}
