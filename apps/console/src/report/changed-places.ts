import type { Segment } from '#report/comparison/compare-texts';
import { printCell } from '#report/cell-text';
import { cellsOf, formatById } from '#report/format';
import { type AnnualReport, type Cell, chapterHeading } from '#report/model';
import type { Difference } from '../api/answers.js';

/** One place that changed, in the order of the form: a figure, or a passage of text. */
export type ChangedPlace =
  | { readonly kind: 'figure'; readonly cell: string; readonly before: string | null; readonly after: string | null }
  | { readonly kind: 'text'; readonly where: string; readonly moved: boolean; readonly segments: readonly Segment[] };

const isChanged = (segments: readonly Segment[]): boolean => segments.some(({ kind }) => kind !== 'same');

/** Every place in which a report differs from what one signed before. */
export function changedPlaces(
  report: AnnualReport,
  comparison: NonNullable<Difference['comparison']>,
  names: { readonly title: string; readonly preface: string },
): readonly ChangedPlace[] {
  const places = new Map((formatById(report.format)?.tables ?? []).flatMap(cellsOf).map((place) => [place.id, place]));
  const printed = (id: string, cell: Cell | null): string | null =>
    cell && printCell(places.get(id)?.column.kind ?? 'count', cell);
  const parts = [
    { where: names.title, moved: false, segments: comparison.title },
    { where: names.preface, moved: false, segments: comparison.preface },
    ...comparison.chapters.flatMap(({ no, title, paragraphs }) => {
      const chapter = report.chapters.find((one) => one.no === no);
      const where = chapterHeading({ no, title: chapter?.title ?? '' });
      return [{ where, moved: false, segments: title }, ...paragraphs.map((one) => ({ where, ...one }))];
    }),
  ];
  return [
    ...comparison.cells.flatMap(({ id, kind, before, after }): ChangedPlace[] =>
      kind === 'same' ? [] : [{ kind: 'figure', cell: id, before: printed(id, before), after: printed(id, after) }],
    ),
    ...parts.flatMap(({ where, moved, segments }): ChangedPlace[] =>
      moved || isChanged(segments) ? [{ kind: 'text', where, moved, segments }] : [],
    ),
  ];
}
