import { formatById } from '../format.js';
import type { CellPlace, FormatDefinition } from '../format-definition.js';
import { isWhole } from '../decimal.js';
import type { AnnualReport } from '../model.js';
import type { OrganLevel, RolledUpUnit } from '../rules/check-context.js';
import { addableCells, cellsFor, type AddableCell } from './addable-cells.js';
import { sumDecimals } from '../decimal-sum.js';
import { partUnits, type LeftOutUnit } from './units-in.js';

/** A unit as people know it. */
export type UnitName = Pick<RolledUpUnit, 'organ' | 'name' | 'kind'>;

/** What one unit adds to a figure: a decimal other than 0 in the figure's own unit. */
export interface Contribution {
  readonly unit: UnitName;
  readonly value: string;
}

/**
 * One figure over all units. `sum`: of what is known. `missing`: units whose cell holds no number; `otherForm`: units whose form has no such
 * figure; `notEntitled`: 规章 of units that may not make any, not in the sum. The sum is whole only in the state `complete`.
 */
export interface RolledUpCell {
  readonly id: string;
  readonly places: readonly CellPlace[];
  readonly state: 'complete' | 'incomplete' | 'not-comparable';
  readonly sum: string;
  readonly contributions: readonly Contribution[];
  readonly missing: readonly UnitName[];
  readonly otherForm: readonly UnitName[];
  readonly notEntitled: readonly Contribution[];
}

/** Figures over units with what they are made of. `counted`: units in the sums; `leftOut`: the others, each with its reason. */
export interface RollUp {
  readonly cells: ReadonlyMap<string, RolledUpCell>;
  readonly counted: readonly UnitName[];
  readonly leftOut: readonly LeftOutUnit[];
}

/** Levels that may make 规章: ministries, provinces, 设区的市. Source: 立法法第九十一条、第九十三条. */
const LOWEST_LEVEL_WITH_REGULATIONS = 3;

/**
 * Adds the units' figures up, exactly and in any order. A unit counts once: one contained in another, exempt, listed twice, without report or with
 * one for another year than `year` (any when absent) is left out with its reason. A cell a unit left blank makes that figure `incomplete`, never
 * silently less.
 */
export function rollUp(format: FormatDefinition, units: readonly RolledUpUnit[], year?: number): RollUp {
  const { counted, leftOut } = partUnits(units, year);
  const others = [...new Set(counted.map(({ report }) => report.format))]
    .map(formatById)
    .filter((other) => other !== null && other.id !== format.id);
  const named = counted.map(({ organ, name, kind, level, report }) => ({ unit: { organ, name, kind }, level, report }));
  const cells = addableCells(
    format,
    others.filter((other) => other !== null),
  ).map((cell) => addCell(cell, format, named));
  return { cells: new Map(cells.map((cell) => [cell.id, cell])), counted: named.map(({ unit }) => unit), leftOut };
}

interface NamedReport {
  readonly unit: UnitName;
  readonly level: OrganLevel | undefined;
  readonly report: AnnualReport;
}

function addCell(cell: AddableCell, format: FormatDefinition, reports: readonly NamedReport[]): RolledUpCell {
  const found = { contributions: [] as Contribution[], notEntitled: [] as Contribution[] };
  const missing: UnitName[] = [];
  const otherForm: UnitName[] = [];
  const placesByFormat = new Map<string, readonly CellPlace[] | null>();
  for (const { unit, level, report } of reports) {
    let places = placesByFormat.get(report.format);
    if (places === undefined) {
      const unitFormat = formatById(report.format);
      places = unitFormat === null ? null : cellsFor(cell, format, unitFormat);
      placesByFormat.set(report.format, places);
    }
    const value = places === null ? null : figureOf(report, places);
    if (places === null) otherForm.push(unit);
    else if (value === null) missing.push(unit);
    else if (value !== '0') {
      if (cell.regulations && level === undefined) missing.push(unit);
      else if (cell.regulations && (level ?? 0) > LOWEST_LEVEL_WITH_REGULATIONS)
        found.notEntitled.push({ unit, value });
      else found.contributions.push({ unit, value });
    }
  }
  const sum = sumDecimals(found.contributions.map(({ value }) => value));
  const state = otherForm.length > 0 ? 'not-comparable' : missing.length > 0 ? 'incomplete' : 'complete';
  return { id: cell.id, places: cell.places, state, sum, ...found, missing, otherForm };
}

/** The figure of a report in some cells together; null when one holds no number that can be added. */
export function figureOf(report: AnnualReport, places: readonly CellPlace[]): string | null {
  const [first] = places;
  if (places.length === 1 && first !== undefined) return figureAt(report, first);
  const values: string[] = [];
  for (const place of places) {
    const value = figureAt(report, place);
    if (value === null) return null;
    values.push(value);
  }
  return values.length === 0 ? null : sumDecimals(values);
}

// A count below 0 or with a fraction and an amount in another unit than the form's are typing errors: adding them would hide them.
function figureAt(report: AnnualReport, { id, table, column }: CellPlace): string | null {
  const cell = report.tables[table.id]?.[id];
  if (cell?.state !== 'value') return null;
  if (cell.value === '0') return '0';
  if (cell.value.startsWith('-')) return null;
  if (column.kind === 'fee') return cell.unit === '元' ? null : cell.value;
  return isWhole(cell.value) ? cell.value : null;
}
