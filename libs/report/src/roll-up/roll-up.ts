import { cellsOf, formatById } from '../format.js';
import type { CellPlace, FormatDefinition } from '../format-definition.js';
import type { Cell } from '../model.js';
import type { RolledUpUnit } from '../rules/check-context.js';

/** What one unit contributes to a cell; `value` a decimal in the cell's own unit. */
export interface Contribution {
  readonly organ: string;
  readonly name: string;
  readonly value: string;
}

/** The sum of a cell over the units; `missing`: units whose cell holds no number, so that the sum is not whole. */
export interface RolledUpCell {
  readonly id: string;
  readonly sum: string;
  readonly contributions: readonly Contribution[];
  readonly missing: readonly string[];
}

/** Why a unit's figures are not in the sums. */
export interface LeftOutUnit {
  readonly organ: string;
  readonly name: string;
  readonly reason: 'no_report' | 'exempt' | 'contained';
}

/** Sums over units with what they are made of. `leftOut`: units not in the sums; `incomparable`: cells some unit's format does not have. */
export interface RollUp {
  readonly cells: ReadonlyMap<string, RolledUpCell>;
  readonly leftOut: readonly LeftOutUnit[];
  readonly incomparable: readonly string[];
}

/** Fees have at most six decimals; sums are exact in millionths. */
const SCALE = 6;

/**
 * Adds the units' figures up: 表三, 表四, decision counts and fees of 表二. A unit without a signed report, exempt, or contained in another unit's
 * report is left out with its reason, so that nothing is counted twice. A cell that some unit left unfilled is never silently less: the unit is named.
 */
export function rollUp(format: FormatDefinition, units: readonly RolledUpUnit[]): RollUp {
  const counted = units.flatMap((unit) =>
    unit.report === null || reasonOf(unit) !== null ? [] : [{ ...unit, report: unit.report }],
  );
  const leftOut = units.flatMap((unit): LeftOutUnit[] => {
    const reason = reasonOf(unit);
    return reason === null ? [] : [{ organ: unit.organ, name: unit.name, reason }];
  });
  const incomparable = new Set<string>();
  const cells = new Map<string, RolledUpCell>();
  for (const place of addable(format)) {
    let sum = 0n;
    const contributions: Contribution[] = [];
    const missing: string[] = [];
    for (const { organ, name, report } of counted) {
      const value = valueFor(place, report.format, report.tables);
      if (value === undefined) incomparable.add(place.id);
      else if (value === null) missing.push(name);
      else {
        sum += value;
        if (value !== 0n) contributions.push({ organ, name, value: unscaled(value) });
      }
    }
    cells.set(place.id, { id: place.id, sum: unscaled(sum), contributions, missing });
  }
  return { cells, leftOut, incomparable: [...incomparable] };
}

/** The difference between a report's cell and the sum of its units, with the units that explain it best. */
export interface Difference {
  readonly id: string;
  readonly reported: string;
  readonly sum: string;
  readonly difference: string;
  readonly explanations: readonly Explanation[];
}

/** `missing_unit`: a unit's figure equals what is missing; `counted_twice`: it equals what is too much; `incomplete`: a unit left the cell unfilled. */
export interface Explanation {
  readonly kind: 'missing_unit' | 'counted_twice' | 'incomplete';
  readonly name: string;
}

/** Every cell in which a report differs from the sum of its units. */
export function differences(
  rolled: RollUp,
  tables: Readonly<Record<string, Readonly<Record<string, Cell>>>>,
): readonly Difference[] {
  const incomparable = new Set(rolled.incomparable);
  return [...rolled.cells.values()].flatMap(({ id, sum, contributions, missing }): Difference[] => {
    const cell = tables[id.split('.')[0] ?? '']?.[id];
    if (cell?.state !== 'value' || incomparable.has(id)) return [];
    const reported = scaled(cell.value);
    const difference = reported - scaled(sum);
    if (difference === 0n) return [];
    const fitting = contributions.filter(({ value }) => scaled(value) === (difference < 0n ? -difference : difference));
    const kind = difference < 0n ? 'missing_unit' : 'counted_twice';
    const explanations = [
      ...fitting.map(({ name }): Explanation => ({ kind, name })),
      ...missing.map((name): Explanation => ({ kind: 'incomplete', name })),
    ];
    return [{ id, reported: cell.value, sum, difference: unscaled(difference), explanations }];
  });
}

function reasonOf({ report, exemption, containedIn }: RolledUpUnit): LeftOutUnit['reason'] | null {
  if (containedIn !== undefined) return 'contained';
  if (exemption !== undefined) return 'exempt';
  return report === null ? 'no_report' : null;
}

const ADDABLE_COLUMNS = new Set(['decisions', 'amount']);
const addableOf = new WeakMap<FormatDefinition, readonly CellPlace[]>();

/** 表三 and 表四 whole; of 表二 what counts decisions and money, not stocks of documents that units share. */
function addable(format: FormatDefinition): readonly CellPlace[] {
  const known = addableOf.get(format);
  if (known !== undefined) return known;
  const places = format.tables.flatMap((table) =>
    cellsOf(table).filter(({ column }) =>
      table.id === 't2' ? ADDABLE_COLUMNS.has(column.id) : column.kind === 'count',
    ),
  );
  addableOf.set(format, places);
  return places;
}

/** The figure of a unit for a cell: undefined when its format has no such cell, null when it holds no number. */
function valueFor(
  place: CellPlace,
  format: string,
  tables: Readonly<Record<string, Readonly<Record<string, Cell>>>>,
): bigint | null | undefined {
  const cell = tables[place.table.id]?.[place.id];
  if (cell !== undefined) return cell.state === 'value' ? scaled(cell.value) : null;
  return formatById(format) === null ? null : undefined;
}

function scaled(value: string): bigint {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
  return negative ? -digits : digits;
}

function unscaled(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  const whole = digits.slice(0, -SCALE);
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
