import type { AnnualReport } from '../model.js';
import { differenceOf, isNegative } from '../decimal-sum.js';
import { figureOf, type Contribution, type RolledUpCell, type RollUp, type UnitName } from './roll-up.js';
import { isAwaited, type LeftOutUnit } from './units-in.js';

/**
 * What would make a difference. `own_office_only`: the report holds the own office's figure alone (本机关 for 全区); `unit_missing` and
 * `unit_twice`: `figure` of that unit is what is lacking or too much; `left_out_counted`: what is too much is the figure of a unit that is left
 * out; `digits_swapped`: two digits of the report's figure, `unit_digits_swapped`: of a unit's, changed places. `cells`: how many differences of
 * the report the same unit would explain in the same way.
 */
export interface Explanation {
  readonly kind:
    'own_office_only' | 'unit_missing' | 'unit_twice' | 'left_out_counted' | 'digits_swapped' | 'unit_digits_swapped';
  readonly unit: UnitName | null;
  readonly figure: string;
  readonly cells: number;
}

/** A figure of the report that is not the sum; `difference` is reported − sum. The explanation that fits most figures stands first. */
export interface Difference {
  readonly cell: RolledUpCell;
  readonly reported: string;
  readonly difference: string;
  readonly explanations: readonly Explanation[];
}

/** A figure that cannot be compared, and why: blank in the report, blank in a unit, another form, or units whose report is still to come. */
export interface OpenCell {
  readonly cell: RolledUpCell;
  readonly reason: 'report_unfilled' | 'incomplete' | 'not_comparable' | 'units_awaited';
  readonly units: readonly UnitName[];
}

/** A report against the sums of its units, figure by figure; each figure stands in exactly one of the three. */
export interface Comparison {
  readonly equal: readonly RolledUpCell[];
  readonly differences: readonly Difference[];
  readonly open: readonly OpenCell[];
}

/** Compares a report with the sums of its units and says what explains each difference best. A sum that is not whole is exceeded, never equalled. */
export function explainDifference(rolled: RollUp, report: AnnualReport): Comparison {
  const awaited = rolled.leftOut.filter(isAwaited).map(({ unit }) => unit);
  const equal: RolledUpCell[] = [];
  const found: Difference[] = [];
  const open: OpenCell[] = [];
  for (const cell of rolled.cells.values()) {
    const reported = figureOf(report, cell.places);
    if (reported === null) {
      open.push({ cell, reason: 'report_unfilled', units: [] });
      continue;
    }
    const difference = differenceOf(reported, cell.sum);
    const reason = openReason(cell, awaited, rolled.counted);
    // What is known already exceeds the report: no figure still to come can mend that, figures are never below 0.
    if (reason !== null && !isNegative(difference)) open.push({ cell, ...reason });
    else if (difference === '0') equal.push(cell);
    else found.push({ cell, reported, difference, explanations: explanationsOf(cell, reported, difference, rolled) });
  }
  return { equal, differences: ranked(found), open };
}

function openReason(
  { state, missing, otherForm }: RolledUpCell,
  awaited: readonly UnitName[],
  counted: readonly UnitName[],
): Pick<OpenCell, 'reason' | 'units'> | null {
  if (state === 'not-comparable') return { reason: 'not_comparable', units: otherForm };
  if (state === 'incomplete') return { reason: 'incomplete', units: missing };
  return awaited.length > 0 || counted.length === 0 ? { reason: 'units_awaited', units: awaited } : null;
}

function explanationsOf(
  cell: RolledUpCell,
  reported: string,
  difference: string,
  { leftOut }: RollUp,
): readonly Explanation[] {
  const { contributions, sum } = cell;
  const lacking = isNegative(difference);
  const amount = lacking ? difference.slice(1) : difference;
  const own = contributions.filter(({ unit, value }) => unit.kind === 'own-office' && value === reported);
  const fitting = contributions.filter(({ value }) => value === amount);
  return [
    ...own.map((one) => explanation('own_office_only', one)),
    ...fitting.map((one) => explanation(lacking ? 'unit_missing' : 'unit_twice', one)),
    ...(lacking ? [] : figuresLeftOut(leftOut, cell).filter(({ value }) => value === amount)).map((one) =>
      explanation('left_out_counted', one),
    ),
    ...(areSwapped(reported, sum) ? [{ kind: 'digits_swapped', unit: null, figure: sum, cells: 1 } as const] : []),
    ...contributions
      .filter(({ value }) => hasSwap(value, difference))
      .map((one) => explanation('unit_digits_swapped', one)),
  ];
}

function explanation(kind: Explanation['kind'], { unit, value }: Contribution): Explanation {
  return { kind, unit, figure: value, cells: 1 };
}

function figuresLeftOut(leftOut: readonly LeftOutUnit[], cell: RolledUpCell): readonly Contribution[] {
  return leftOut.flatMap(({ unit }): Contribution[] => {
    const value = unit.report === null ? null : figureOf(unit.report, cell.places);
    return value === null || value === '0' ? [] : [{ unit, value }];
  });
}

/** Two figures that differ by two digits having changed places: 12 and 21, 1043 and 1340. */
function areSwapped(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false;
  const at = Array.from(one).flatMap((digit, index) => (digit === other[index] ? [] : [index]));
  const [first = 0, second = 0] = at;
  return at.length === 2 && one[first] === other[second] && one[second] === other[first];
}

/** True when a unit's figure with two digits changed would take the difference away. */
function hasSwap(value: string, difference: string): boolean {
  return value.length > 1 && areSwapped(value, differenceOf(value, `-${difference}`.replace('--', '')));
}

/** The unit that explains most differences comes first in each of them. */
function ranked(differences: readonly Difference[]): readonly Difference[] {
  const key = ({ kind, unit }: Explanation): string => `${kind} ${unit?.organ ?? ''}`;
  const counts = new Map<string, number>();
  for (const one of differences.flatMap(({ explanations }) => explanations))
    counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return differences.map((difference) => ({
    ...difference,
    explanations: difference.explanations
      .map((one) => ({ ...one, cells: counts.get(key(one)) ?? 1 }))
      .toSorted((a, b) => b.cells - a.cells),
  }));
}
