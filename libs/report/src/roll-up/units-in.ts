import { formatById } from '../format.js';
import type { AnnualReport } from '../model.js';
import type { RolledUpUnit } from '../rules/check-context.js';

/**
 * Why a unit's figures are not in the sums. `contained`: in the report of a unit that is; `container_missing`: in one that is not, so that they are
 * nowhere; `exempt`: with a recorded ground; `listed_twice`: it counts where it stands first.
 */
export type LeftOutReason =
  'no_report' | 'exempt' | 'contained' | 'container_missing' | 'listed_twice' | 'other_year' | 'unknown_form';

/** A unit that is not in the sums; with its report, because a difference may be exactly its figure. */
export interface LeftOutUnit {
  readonly unit: RolledUpUnit;
  readonly reason: LeftOutReason;
}

/** Reasons for which figures are still to come: without them no sum is whole. */
const AWAITED: ReadonlySet<LeftOutReason> = new Set(['no_report', 'container_missing', 'other_year', 'unknown_form']);

/** True when figures of this unit are due and not in the sums. */
export function isAwaited({ reason }: LeftOutUnit): boolean {
  return AWAITED.has(reason);
}

type ReportingUnit = RolledUpUnit & { readonly report: AnnualReport };

/** Parts the units that count from those that do not. A ground of blanks is no exemption. */
export function partUnits(
  units: readonly RolledUpUnit[],
  year: number | undefined,
): { readonly counted: readonly ReportingUnit[]; readonly leftOut: readonly LeftOutUnit[] } {
  const byOrgan = new Map<string, RolledUpUnit>();
  for (const unit of units) if (!byOrgan.has(unit.organ)) byOrgan.set(unit.organ, unit);
  const counted: ReportingUnit[] = [];
  const leftOut: LeftOutUnit[] = [];
  for (const unit of units) {
    const reason = byOrgan.get(unit.organ) === unit ? reasonOf(unit, byOrgan, year) : 'listed_twice';
    if (reason !== null) leftOut.push({ unit, reason });
    else if (unit.report !== null) counted.push({ ...unit, report: unit.report });
  }
  return { counted, leftOut };
}

function reasonOf(
  unit: RolledUpUnit,
  byOrgan: ReadonlyMap<string, RolledUpUnit>,
  year: number | undefined,
): LeftOutReason | null {
  if (unit.containedIn !== undefined) return isHeld(unit, byOrgan, year) ? 'contained' : 'container_missing';
  if (isExempt(unit)) return 'exempt';
  return reportReason(unit.report, year);
}

function reportReason(report: AnnualReport | null, year: number | undefined): LeftOutReason | null {
  if (report === null) return 'no_report';
  if (year !== undefined && report.year !== year) return 'other_year';
  return formatById(report.format) === null ? 'unknown_form' : null;
}

function isExempt({ exemption = '' }: RolledUpUnit): boolean {
  return exemption.trim() !== '';
}

/** Follows the units a unit is contained in to one that counts; a circle or an unknown unit holds nothing. */
function isHeld(unit: RolledUpUnit, byOrgan: ReadonlyMap<string, RolledUpUnit>, year: number | undefined): boolean {
  const seen = new Set<string>();
  let holder: RolledUpUnit | undefined = unit;
  while (holder?.containedIn !== undefined) {
    if (seen.has(holder.organ)) return false;
    seen.add(holder.organ);
    holder = byOrgan.get(holder.containedIn);
  }
  return holder !== undefined && !isExempt(holder) && reportReason(holder.report, year) === null;
}
