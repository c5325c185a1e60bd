import { cellName, cellsOf, formatById, tableOf } from '../format.js';
import type { CellPlace, FormatDefinition } from '../format-definition.js';
import type { AnnualReport } from '../model.js';
import type { Place } from '../place.js';
import { placeOf, wholeAt, type Outcome } from './rule.js';

/** A cell of a report, by its id; undefined when its format has no such cell. */
export function placeById(format: FormatDefinition, id: string): CellPlace | undefined {
  const table = format.tables.find((candidate) => id.startsWith(`${candidate.id}.`));
  return table === undefined ? undefined : cellsOf(table).find((place) => place.id === id);
}

/** The whole number in a cell of a report; null when it holds none or its format has no such cell. */
export function wholeById(report: AnnualReport, id: string): bigint | null {
  const format = formatById(report.format);
  const place = format === null ? undefined : placeById(format, id);
  return place === undefined ? null : wholeAt(report, place);
}

/** All cells of a table of the form. */
export function tablePlaces(format: FormatDefinition, table: string): readonly CellPlace[] {
  return format.tables.some(({ id }) => id === table) ? cellsOf(tableOf(format, table)) : [];
}

/** Numbers that were compared, as people see them. */
export interface Compared {
  readonly expected: string;
  readonly found: string;
  readonly formula: string;
}

/** A pass or a failure with the numbers that decided it. */
export function judged(
  holds: boolean,
  place: Place,
  compared: Compared,
  say: { readonly pass: { zh: string; en: string }; readonly fail: { zh: string; en: string } },
  extra: Partial<Outcome> = {},
): Outcome {
  return holds
    ? { status: 'pass', place, ...compared, message: say.pass }
    : { status: 'fail', place, ...compared, ...extra, message: say.fail };
}

/** What a rule answers when something it needs is missing; never a pass. */
export function notAssessable(place: Place, zh: string, en: string): Outcome {
  return { status: 'not-assessable', place, message: { zh: `${zh}，无法核对`, en: `${en}: cannot be checked` } };
}

/** A cell that holds no number cannot be compared. */
export function unfilled(at: CellPlace): Outcome {
  return notAssessable(placeOf(at), `${cellName(at)}未填或未读出`, `${cellName(at)} holds no number`);
}
