import type { CellPlace, FormatDefinition, FormatId } from '../format-definition.js';
import type { AnnualReport, Cell } from '../model.js';
import type { Message, Place, Revealed, Severity } from '../place.js';
import type { CheckContext } from './check-context.js';

/**
 * What a rule says about one place. `formula`: the rule with the report's numbers filled in; `fix`: text that would satisfy it, offered, never
 * applied; `severity` only where it differs from the rule's own; `reveals` where what stands there may be confidential.
 */
export interface Outcome {
  readonly status: 'pass' | 'fail' | 'not-assessable';
  readonly place: Place;
  readonly message: Message;
  readonly severity?: Severity;
  readonly expected?: string;
  readonly found?: string;
  readonly formula?: string;
  readonly fix?: string;
  readonly reveals?: Revealed;
}

/** What a rule looks at. `format` is the definition of `report.format`. */
export interface Subject {
  readonly report: AnnualReport;
  readonly format: FormatDefinition;
  readonly context: CheckContext;
}

/**
 * One entry of the catalogue. `formats`: where it applies; `overridable`: an authorised person may override a failure in writing; `version`
 * rises when the rule would judge a report differently than before; `scope`: whose rule it is; `years`: report years it holds for, all when
 * absent; `source`: article, form or notice.
 */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly overridable: boolean;
  readonly formats: readonly FormatId[] | 'all';
  readonly version: number;
  readonly scope: 'national' | 'province' | 'tenant';
  readonly years?: { readonly from: number; readonly to: number | null };
  readonly source: string;
  readonly check: (subject: Subject) => readonly Outcome[];
}

/** Every statutory format, those to come included. */
export const ALL_FORMATS = 'all';

/** An outcome that says all is well. */
export function passed(place: Place, zh: string, en: string): Outcome {
  return { status: 'pass', place, message: { zh, en } };
}

/** The place of a cell. */
export function placeOf(at: CellPlace): Place {
  return { table: at.table.id, block: at.block.id, row: at.row.id, column: at.column.id, cell: at.id };
}

/** A cell of the report; unfilled when the report lacks it, so that no rule takes absence for zero. */
export function cellAt(report: AnnualReport, at: CellPlace): Cell {
  return report.tables[at.table.id]?.[at.id] ?? { state: 'unfilled', original: '' };
}

/** The whole number in a cell; null when it holds none. */
export function wholeAt(report: AnnualReport, at: CellPlace): bigint | null {
  const cell = cellAt(report, at);
  return cell.state === 'value' && /^-?\d+$/.test(cell.value) ? BigInt(cell.value) : null;
}
