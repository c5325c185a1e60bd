import { cellsOf, formatById } from '#report/format';
import { type AnnualReport, chapterHeading } from '#report/model';
import type { CellSource } from '#report/readers/table-cells';

/** Part of what was read, taken over or left as a whole: what stands before chapter one, the prose of a chapter, a table. */
export type ReadPart =
  | { readonly key: string; readonly kind: 'front' }
  | {
      readonly key: string;
      readonly kind: 'prose';
      readonly chapter: number;
      readonly name: string;
      readonly count: number;
    }
  | {
      readonly key: string;
      readonly kind: 'table';
      readonly table: string;
      readonly name: string;
      /** Cells by how they were read: a value without doubt, with doubt, and no value. */
      readonly certain: number;
      readonly doubtful: number;
      readonly none: number;
    };

/** The parts of a report as read; `withTables` false where no figure is taken over at all. */
export function partsOf(
  report: AnnualReport,
  sources: Readonly<Record<string, CellSource>>,
  withTables: boolean,
): readonly ReadPart[] {
  const chapters = report.chapters.flatMap((chapter): ReadPart[] => {
    const { no, paragraphs } = chapter;
    if (paragraphs.length === 0) return [];
    return [
      { key: `chapter-${no}`, kind: 'prose', chapter: no, name: chapterHeading(chapter), count: paragraphs.length },
    ];
  });
  const tables = (formatById(report.format)?.tables ?? []).map((table): ReadPart => {
    const cells = cellsOf(table).map(({ id }) => ({ cell: report.tables[table.id]?.[id], source: sources[id] }));
    const values = cells.filter(({ cell }) => cell?.state === 'value');
    const certain = values.filter(({ source }) => source?.sure === 'certain').length;
    return {
      key: table.id,
      kind: 'table',
      table: table.id,
      name: table.name,
      certain,
      doubtful: values.length - certain,
      none: cells.length - values.length,
    };
  });
  return [{ key: 'front', kind: 'front' }, ...chapters, ...(withTables ? tables : [])];
}

/** The report with only the parts taken over; everything else stays as it is in `blank`. */
export function takenOver(read: AnnualReport, blank: AnnualReport, taken: ReadonlySet<string>): AnnualReport {
  const front = taken.has('front') ? read : { ...blank, organName: read.organName };
  const { contact, ...rest } = front;
  return {
    ...rest,
    format: read.format,
    year: read.year,
    ...(contact === undefined ? {} : { contact }),
    chapters: read.chapters.map((chapter) => {
      if (taken.has(`chapter-${chapter.no}`)) return chapter;
      return { ...chapter, paragraphs: [], ...(chapter.tableAt === undefined ? {} : { tableAt: 0 }) };
    }),
    tables: Object.fromEntries(
      Object.entries(read.tables).map(([id, cells]) => [
        id,
        taken.has(id)
          ? cells
          : Object.fromEntries(Object.keys(cells).map((cell) => [cell, { state: 'unfilled', original: '' } as const])),
      ]),
    ),
  };
}
