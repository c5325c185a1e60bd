import { printCell } from '#report/cell-text';
import type { EditionDocument } from '#report/edition';
import { cellId, formatById } from '#report/format';
import type { BlockDefinition, FormatDefinition } from '#report/format-definition';
import { type AnnualReport, chapterHeading } from '#report/model';
import { foldWords } from './folded-words.js';

/** A stretch of published text that is searched as a whole. `chapter`: null before the first one; `heading`: of that chapter as printed. */
export interface SearchedPassage {
  readonly kind: 'organ' | 'title' | 'text' | 'row';
  readonly chapter: number | null;
  readonly heading: string | null;
  readonly text: string;
}

/** Everything written in an edition, in its order, without its tables: names, title, preface, headings and paragraphs, a line each. */
export function writtenPassages({ organ, report }: EditionDocument): readonly SearchedPassage[] {
  const before = { chapter: null, heading: null };
  return [
    { kind: 'organ', ...before, text: organ.name },
    { kind: 'title', ...before, text: report.title },
    ...lines(report.preface).map((text) => ({ kind: 'text', ...before, text }) as const),
    ...report.chapters.flatMap((chapter): SearchedPassage[] => {
      const heading = chapterHeading(chapter);
      const within = { kind: 'text', chapter: chapter.no, heading } as const;
      return [heading, ...chapter.paragraphs.flatMap(lines)].map((text) => ({ ...within, text }));
    }),
  ];
}

/** The rows of an edition's tables with their labels and figures. */
export function rowPassages({ report }: Pick<EditionDocument, 'report'>): readonly SearchedPassage[] {
  const format = formatById(report.format);
  if (format === null) throw new RangeError(`no format ${report.format}`);
  const rows = rowsOf(format, (table, id, kind) => {
    const cell = report.tables[table]?.[id];
    return cell === undefined ? '' : printCell(kind, cell);
  });
  // An office may have headed its chapters in its own words.
  return rows.map((row) => ({ ...row, heading: headingOf(report, row.chapter) ?? row.heading }));
}

const labels = new WeakMap<FormatDefinition, readonly string[]>();

/** The labels of a format's tables, folded, a row each: what stands in every report of the format, whatever its figures are. */
export function foldedLabels(format: FormatDefinition): readonly string[] {
  const known = labels.get(format) ?? rowsOf(format, () => '').map(({ text }) => foldWords(text).text);
  labels.set(format, known);
  return known;
}

type FigureOf = (table: string, id: string, kind: BlockDefinition['columns'][number]['kind']) => string;

function rowsOf(format: FormatDefinition, figureOf: FigureOf): readonly SearchedPassage[] {
  return format.chapters.flatMap((chapter) => {
    const table = format.tables.find(({ id }) => id === chapter.table);
    if (table === undefined) return [];
    return table.blocks.flatMap((block) =>
      block.rows.map(({ id: row, labels: own }): SearchedPassage => {
        const figures = block.columns.map(
          ({ id, name, kind }) => `${name} ${figureOf(table.id, cellId(table.id, block.id, row, id), kind)}`,
        );
        const names = [...(block.heading === null ? [] : [block.heading]), ...own];
        const text = [...(names.length === 0 ? [] : [names.join(' › ')]), figures.join('；')].join('：');
        return { kind: 'row', chapter: chapter.no, heading: chapterHeading(chapter), text };
      }),
    );
  });
}

function headingOf({ chapters }: AnnualReport, no: number | null): string | undefined {
  const chapter = chapters.find((one) => one.no === no);
  return chapter && chapterHeading(chapter);
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
