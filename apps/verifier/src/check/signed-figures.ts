import { printCell } from '#report/cell-text';
import { cellName, cellsOf, formatById } from '#report/format';
import type { AnnualReport } from '#report/model';

/** One figure that was signed. `text`: as the form prints it. */
export interface SignedFigure {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** Every figure of the report in the order of the form; of a format not known here, every cell by its id. */
export function figuresOf(report: AnnualReport): readonly SignedFigure[] {
  const format = formatById(report.format);
  if (format === null)
    return Object.values(report.tables)
      .flatMap((table) => Object.entries(table))
      .map(([id, cell]) => ({ id, name: id, text: cell.original }));
  return format.tables.flatMap(cellsOf).flatMap((place) => {
    const cell = report.tables[place.table.id]?.[place.id];
    return cell === undefined
      ? []
      : [{ id: place.id, name: cellName(place), text: printCell(place.column.kind, cell) }];
  });
}

/** A figure that a page shows otherwise than it was signed; null: it is not there. */
export interface ShownDifference {
  readonly id: string;
  readonly name: string;
  readonly signed: string | null;
  readonly shown: string | null;
}

const plain = (text: string): string => text.replace(/[\t\n\f\r ]+/g, ' ').trim();

/** Compares the figures a page shows with the signed ones: every difference, also what is missing and what was never signed. */
export function differencesOf(
  figures: readonly SignedFigure[],
  shown: readonly { readonly id: string; readonly text: string }[],
): readonly ShownDifference[] {
  const onPage = new Map(shown.map(({ id, text }) => [id, plain(text)]));
  const signed = new Set(figures.map(({ id }) => id));
  const unlike = figures.flatMap(({ id, name, text }) => {
    const seen = onPage.get(id) ?? null;
    return seen === plain(text) ? [] : [{ id, name, signed: text, shown: seen }];
  });
  const unsigned = [...onPage].filter(([id]) => !signed.has(id));
  return [...unlike, ...unsigned.map(([id, text]) => ({ id, name: id, signed: null, shown: text }))];
}

/** What a page tells of an act: every reason and mark it shows. */
export interface ToldOnPage {
  readonly reasons: readonly string[];
  readonly marks: readonly string[];
}

/** What a page must tell and does not, or tells otherwise: the reason that was signed, and the mark of what has become of the edition. */
export function toldDifferencesOf(
  signed: { readonly reason: string | null; readonly mark: string | null },
  { reasons, marks }: ToldOnPage,
): readonly ShownDifference[] {
  const reason = signed.reason === null ? null : plain(signed.reason);
  const shown = reasons.map(plain);
  const shownMarks = marks.filter((mark) => mark !== 'superseded');
  const isReasonSo = reason === null ? shown.length === 0 : shown.length === 1 && shown[0] === reason;
  const isMarkSo = signed.mark === null ? shownMarks.length === 0 : shownMarks.join() === signed.mark;
  return [
    ...(isReasonSo ? [] : [{ id: 'reason', name: '理由 reason', signed: reason, shown: shown.join(' / ') || null }]),
    ...(isMarkSo
      ? []
      : [{ id: 'mark', name: '标记 mark', signed: signed.mark, shown: shownMarks.join(' / ') || null }]),
  ];
}
